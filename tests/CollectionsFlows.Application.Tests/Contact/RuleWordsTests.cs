using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.LocalTime;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>Each kind of rule says what it counts.</summary>
public class RuleWordsTests
{
    private static readonly RuleBook Book = new(PackCatalogue.Shipped());

    private static string Say(string id, int part = 0) => RuleWords.Describe(Book.Find(id)[part].Rule);

    [Fact]
    public void every_kind_of_rule_has_words_that_say_what_it_counts()
    {
        var kinds = Book.All.Select(entry => entry.Kind).Distinct().ToList();
        Assert.Equal(16, kinds.Count); // all kinds there are stand in a shipped pack
        Assert.All(Book.All, entry =>
        {
            var words = RuleWords.Describe(entry.Rule);
            Assert.DoesNotContain("A rule of the kind", words, StringComparison.Ordinal);
            Assert.EndsWith(".", words, StringComparison.Ordinal);
            Assert.DoesNotContain("  ", words, StringComparison.Ordinal);
            Assert.True(words.Contains("ount", StringComparison.Ordinal) || entry.Rule is DutyRule or OptOutRule, $"{entry.Rule.Id}: {words}");
        });
    }

    [Theory]
    [InlineData("US-REGF-7IN7", "At most 7 calls about one debt in any 7 days in a row of the borrower's zone")]
    [InlineData("US-REGF-7IN7", "An unanswered call about several debts counts to the first it names, any other to each.")]
    [InlineData("US-REGF-7AFTER", "no call about it for 7 days in the borrower's zone, the day of the conversation the first")]
    [InlineData("CN-CALLS-3", "At most 3 contacts to one borrower over all debts in a calendar day of the borrower's zone")]
    [InlineData("CN-ATTEMPTS-6", "to one number or address")]
    [InlineData("US-MA-2IN7", "in any 7 days of 24 hours back from the contact")]
    [InlineData("US-WA-3WEEK", "in a calendar week of the borrower's zone (begun on Sunday)")]
    [InlineData("CN-NIGHT", "Monday to Friday 08:00 to 22:00 (that instant blocked)")]
    [InlineData("CN-NIGHT", "The borrower may agree to other hours (flag night-agreed).")]
    [InlineData("AU-HOURS", "public holidays never. Calendars: au-national for AU; a year without one is blocked and cited as AU-CALENDAR-MISSING.")]
    [InlineData("HOUSE-3ON-2OFF", "After 3 days in a row with phone contact, 2 days without.")]
    [InlineData("CEASE", "While the flag cease holds, contact by any medium stops. Spared: confirmation messages and notice messages.")]
    [InlineData("GB-BREATHING", "for 60 days where it names no end")]
    [InlineData("THIRD-PARTY", "in CN only if unreachable, deceased or incapacitated; in US, 1 time a person")]
    [InlineData("US-SCRA", "A duty, not a block; the gate does not enforce it")]
    public void the_words_carry_the_numbers(string id, string words) => Assert.Contains(words, Say(id), StringComparison.Ordinal);

    [Fact]
    public void a_changed_number_is_said()
    {
        var rule = new LocalHoursRule { Id = "X", Title = "t", Source = "s", Channels = [Channel.Phone], Weekdays = new LocalWindow(new(9, 30), new(18, 0)), NeverAnswer = true };
        Assert.Equal("Contact by phone in every zone the borrower may be in: Monday to Friday 09:30 to 18:00, Saturday and Sunday never. Letters are not bound. Counts nothing.", RuleWords.Describe(rule));
    }

    [Fact]
    public void all_parts_of_a_rule_are_explained_with_source_date_and_status()
    {
        var lines = RuleBook.Explain(Book.Find("au-hours")).ToList();
        Assert.Equal("AU-HOURS, pack AU@1 (Australia)", lines[0]);
        Assert.Equal(["part 1 of 3", "part 2 of 3", "part 3 of 3"], lines.Where(line => line.StartsWith("part", StringComparison.Ordinal)));
        Assert.Equal(3, lines.Count(line => line == "  source:     ACCC/ASIC RG 96"));
        Assert.Equal(3, lines.Count(line => line == "  status:     T, the primary text was read"));
        Assert.Equal(3, lines.Count(line => line == "  binds:      creditors and collectors"));
    }

    [Fact]
    public void an_override_says_by_whom_and_why()
    {
        var book = new RuleBook(PackCatalogue.Shipped().With(LenderRules.Pack("CN", LenderRules.Night(7, 23, LenderRules.Override), version: 2)));
        var lines = RuleBook.Explain(book.Find("CN-NIGHT")).ToList();
        Assert.Equal("CN-NIGHT, pack CN@1+lender.2 (Ours)", lines[0]);
        Assert.Contains("  override:   by A. Example: pilot", lines);
    }

    [Fact]
    public void a_mistyped_id_finds_its_neighbour()
    {
        Assert.Empty(Book.Find("US-REGF-7IN"));
        Assert.Equal("US-REGF-7IN7", Book.Nearest("US-REGF-7IN"));
        Assert.Null(Book.Nearest("COMPLETELY-DIFFERENT"));
    }
}

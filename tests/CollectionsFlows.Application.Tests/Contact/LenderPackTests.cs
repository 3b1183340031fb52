using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;
using static CollectionsFlows.Application.Tests.Contact.Given;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>What a lender may put in the place of a shipped rule or calendar, and under what name it is recorded.</summary>
public class LenderPackTests
{
    private static List<string> ErrorsOf(string pack)
    {
        var errors = new List<string>();
        Assert.Null(PackCatalogue.Shipped().With(pack, errors));
        return errors;
    }

    [Fact]
    public void a_changed_pack_is_never_recorded_under_a_shipped_name()
    {
        var changed = PackCatalogue.Shipped().With(LenderRules.Pack("CN", LenderRules.Night(9, 20), version: 3)).Packs.Single(pack => pack.Id == "CN");
        Assert.Equal("CN@1+lender.3", changed.Label);
        Assert.Equal("CN@1", PackCatalogue.Shipped().Packs.Single(pack => pack.Id == "CN").Label);
    }

    [Theory]
    [InlineData("CN@2")]
    [InlineData("US@1")]
    [InlineData("")]
    public void a_pack_written_against_another_version_is_looked_at_again(string supersedes) =>
        Assert.Contains("expected \"supersedes\": \"CN@1\"", Assert.Single(ErrorsOf(LenderRules.Pack("CN", LenderRules.Night(9, 20), supersedes: supersedes))), StringComparison.Ordinal);

    [Fact]
    public void two_files_do_not_change_one_pack()
    {
        var once = PackCatalogue.Shipped().With(LenderRules.Pack("CN", LenderRules.Night(9, 20)));
        Assert.Contains("two files", Assert.Throws<FormatException>(() => once.With(LenderRules.Pack("CN", LenderRules.Night(9, 19)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void nobody_writes_the_products_own_version() =>
        Assert.Contains("no 'lenderVersion'", Assert.Single(ErrorsOf(LenderRules.Pack("CN", LenderRules.Night(9, 20)).Replace("\"version\":1", "\"version\":1,\"lenderVersion\":1", StringComparison.Ordinal))), StringComparison.Ordinal);

    [Fact]
    public void an_override_that_binds_others_would_not_be_seen_and_is_refused()
    {
        var error = Assert.Single(ErrorsOf(LenderRules.Pack("CN", LenderRules.Night(7, 23, ""","binds":"creditor" """ + LenderRules.Override))));
        Assert.Contains("\"binds\"", error, StringComparison.Ordinal);
        Assert.Contains("CN-NIGHT", error, StringComparison.Ordinal);
    }

    [Fact]
    public void every_error_of_a_pack_is_named_by_rule_with_what_was_expected()
    {
        const string Wrong = """
            {"$type":"visit","id":"A","title":"t","source":"s","minPersons":2,"minPerson":3},
            {"$type":"visit","id":"B","title":"t","source":"s"},
            {"$type":"vist","id":"C","title":"t","source":"s"},
            {"id":"D","title":"t","source":"s"},
            {"$type":"visit","id":"E","title":"t","source":"s","minPersons":"two"},
            {"$type":"visit","id":"F","title":"t","source":"s","minPersons":2,"binds":"everybody"},
            {"$type":"rest-after-phone-days","id":"G","title":"t","source":"s","runDays":32,"restDays":1},
            {"$type":"calls-per-debt","id":"H","title":"t","source":"s","limit":7,"window":{"unit":"local-days","length":0}},
            {"$type":"local-hours","id":"I","title":"t","source":"s","weekdays":{"from":"21:00:00","to":"09:00:00"}},
            7
            """;
        var errors = ErrorsOf(LenderRules.Pack("US", Wrong));
        (string Rule, string Expected)[] expected =
        [
            ("rule 1 (A)", "'minPersons'"), ("rule 2 (B)", "minPersons"), ("rule 3 (C)", "one of local-hours"), ("rule 4 (D)", "$type"), ("rule 5 (E)", "a whole number"),
            ("rule 6 (F)", "both, creditor, collector"), ("rule 7 (G)", "at most 31"), ("rule 8 (H)", "'length' of 1"), ("rule 9 (I)", "'from' is not after 'to'"), ("rule 10", "expected"),
        ];
        Assert.Equal(expected.Length, errors.Count);
        Assert.All(expected.Zip(errors), pair =>
        {
            Assert.StartsWith(pair.First.Rule, pair.Second, StringComparison.Ordinal);
            Assert.Contains(pair.First.Expected, pair.Second, StringComparison.Ordinal);
            Assert.DoesNotContain("System.", pair.Second, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', pair.Second);
        });
    }

    [Theory]
    [InlineData("", "line 1")]
    [InlineData("[]", "expected an object")]
    [InlineData("""{"id":"US","title":"t","version":"one","rules":[]}""", "a whole number")]
    [InlineData("""{"id":"US","id":"US","title":"t","version":1,"rules":[]}""", "not a pack")]
    [InlineData("""{"id":"FR","title":"t","version":1,"rules":[]}""", "expected one of common, CN")]
    public void what_is_no_pack_is_refused_in_one_sentence(string text, string expected) => Assert.Contains(expected, Assert.Single(ErrorsOf(text)), StringComparison.Ordinal);

    [Fact]
    public void a_rule_that_takes_the_place_of_two_stands_in_the_first_ones_once()
    {
        const string Own = """{"$type":"stop-flag","id":"ATTORNEY","title":"t","source":"s","flag":"attorney","supersedes":["CEASE"],"override":{"by":"A. Example","reason":"r"}}""";
        var rules = PackCatalogue.Shipped().With(LenderRules.Pack("common", Own)).Packs[0].Rules;
        Assert.Equal("ATTORNEY", rules[0].Id);
        Assert.Single(rules, rule => rule.Id == "ATTORNEY");
        Assert.DoesNotContain(rules, rule => rule.Id == "CEASE");
    }

    [Fact]
    public void next_years_calendar_opens_the_year_and_is_recorded_under_a_name_of_its_own()
    {
        var request = To("CN", Channel.Phone, Shanghai) with { HouseRules = true };
        var shipped = PackCatalogue.Shipped();
        Assert.Equal("HOUSE-CALENDAR-MISSING", ContactGate.Judge(request, [], ContactProfile.Empty, shipped.Packs, At("2027-03-01T10:00:00+08:00")).Rule);
        // An invented year of which only New Year's Day is a holiday.
        var ours = shipped.WithCalendar(LenderRules.Calendar("cn", "\"years\": [", "\"years\": [ {\"year\":2027,\"source\":\"s\",\"holidays\":[\"2027-01-01\"],\"workdays\":[]},"));
        ContactGate.Judge(request, [], ContactProfile.Empty, ours.Packs, At("2027-03-01T10:00:00+08:00")).Allows(); // a Monday
        Assert.Equal("HOUSE-HOURS", ContactGate.Judge(request, [], ContactProfile.Empty, ours.Packs, At("2027-01-01T10:00:00+08:00")).Rule);
        Assert.Equal(["common@1", "CN@1", "house@1", "calendar:cn@1+lender.1"], RecordedPacks.For(ours.Packs, request));
    }

    [Fact]
    public void a_lender_may_name_a_calendar_of_its_own()
    {
        const string Own = """{"id":"our-days","title":"t","source":"s","version":4,"holidays":[{"name":"Founders' day","month":5,"day":4}]}""";
        const string Hours = """{"$type":"local-hours","id":"HOUSE-HOURS","title":"t","source":"s","weekdays":{"from":"09:00:00","to":"21:00:00"},"calendars":{"CN":"our-days"},"calendarMissingId":"HOUSE-CALENDAR-MISSING"}""";
        var ours = PackCatalogue.Shipped().WithCalendar(Own).With(LenderRules.Pack("house", Hours));
        Assert.Equal("calendar:our-days@0+lender.4", ours.Calendars["our-days"].Label);
        var request = To("CN", Channel.Phone, Shanghai) with { HouseRules = true };
        Assert.Equal("HOUSE-HOURS", ContactGate.Judge(request, [], ContactProfile.Empty, ours.Packs, At("2026-05-04T10:00:00+08:00")).Rule);
    }

    [Fact]
    public void a_holiday_a_statutory_rule_spares_is_taken_away_only_by_name_and_seen()
    {
        var refusal = Assert.Throws<FormatException>(() => PackCatalogue.Shipped().WithCalendar(LenderRules.Calendar("au-national", "\"2026-12-28\"", "\"2026-12-26\""))).Message;
        Assert.Contains("2026-12-28", refusal, StringComparison.Ordinal);
        Assert.Contains("AU-HOURS", refusal, StringComparison.Ordinal);
        var text = LenderRules.Calendar("au-national", "\"2026-12-28\"", "\"2026-12-26\"").Replace("\"years\"", "\"override\":{\"by\":\"A. Example\",\"reason\":\"pilot\"},\"years\"", StringComparison.Ordinal);
        var ours = PackCatalogue.Shipped().WithCalendar(text);
        var verdict = ContactGate.Judge(To("AU", Channel.Phone, "Australia/Sydney"), [], ContactProfile.Empty, ours.Packs, At("2026-12-28T10:00:00+11:00"));
        Assert.Equal(VerdictKind.Allow, verdict.Kind);
        Assert.Equal(["AU-HOURS"], verdict.Overrides);
    }

    [Fact]
    public void a_calendar_only_the_house_keeps_is_the_lenders_to_change() =>
        Assert.Equal(DayKind.Working, PackCatalogue.Shipped().WithCalendar(LenderRules.Calendar("us-federal", "\"day\": 11", "\"day\": 12")).Calendars["us-federal"].Kind(new DateOnly(2026, 11, 11)));

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 0", "your own \"version\"")]
    [InlineData("cn@1", "cn@7", "\"supersedes\": \"cn@1\"")]
    [InlineData("\"2026-01-04\"", "\"2026-02-30\"", "2026-02-30")]
    [InlineData("\"year\": 2025", "\"year\": 2024", "2024 appears twice")]
    public void a_wrong_calendar_says_what_was_expected(string from, string to, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => PackCatalogue.Shipped().WithCalendar(LenderRules.Calendar("cn", from, to))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"name":"never","month":2,"day":29}""")]
    [InlineData("""{"name":"never","month":13,"day":1}""")]
    [InlineData("""{"name":"never","month":1,"nth":6,"weekday":"Monday"}""")]
    [InlineData("""{"name":"never","month":4,"day":31}""")]
    public void a_holiday_that_not_every_year_has_is_refused(string rule) =>
        Assert.Throws<FormatException>(() => PackCatalogue.Parse([], [$$"""{"id":"x","title":"t","source":"s","holidays":[{{rule}}]}"""]));

    [Fact]
    public void a_calendars_id_is_no_path() =>
        Assert.Contains("letters, digits", Assert.Throws<FormatException>(() => PackCatalogue.Shipped().WithCalendar("""{"id":"../x","title":"t","source":"s","version":1,"holidays":[]}""")).Message, StringComparison.Ordinal);
}

using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>A contact is judged again by the versions that judged it, whatever is in force today; what is not at hand is named.</summary>
public class ProofOfVersionsTests
{
    private const string Night = "CN-NIGHT";

    /// <summary>The journal of a Chinese loan that nobody pays, under some rules: reminders from January to March 2025.</summary>
    private static async Task<IReadOnlyList<JournalEntry>> JournalAsync(PackCatalogue rules)
    {
        var office = new Office("2025-01-02T01:00:00Z", rules.Packs);
        await office.EnrolAsync(LegalCase.Terms(), office.Details("Zhang Example", "zh-CN", (Channel.Sms, LegalCase.Phone)), "cn-consumer");
        await office.UntilAsync(LegalCase.LoanId, "2025-03-10T02:00:00Z");
        return await office.Store.JournalAsync(LegalCase.LoanId, 0, 1000);
    }

    private static string? Verify(IEnumerable<JournalEntry> journal, PackArchive archive)
    {
        var verifier = new JournalVerifier(archive);
        var problem = journal.Select(entry => verifier.Check(entry.Line)).FirstOrDefault(found => found is not null);
        Assert.True(problem is not null || verifier.Contacts > 3, $"{verifier.Contacts} contacts");
        return problem;
    }

    private static PackArchive Shipped(params IEnumerable<PackCatalogue> lenders)
    {
        var archive = PackArchive.Shipped();
        foreach (var kept in lenders.SelectMany(PackArchive.KeptOf))
            archive.Add(kept.Label.StartsWith(RecordedPacks.CalendarPrefix, StringComparison.Ordinal) ? [] : [kept.Text], kept.Label.StartsWith(RecordedPacks.CalendarPrefix, StringComparison.Ordinal) ? [kept.Text] : []);
        return archive;
    }

    /// <summary>The same facts, changed, in a chain whose every hash is right.</summary>
    private static List<JournalEntry> Rewrite(IEnumerable<JournalEntry> journal, Func<ContactAttempt, ContactAttempt> change)
    {
        var rewritten = new List<JournalEntry>();
        foreach (var entry in journal)
        {
            var (loanId, recorded, _, _) = JournalLine.Read(entry.Line);
            var fact = recorded.Fact is CaseFact.ContactAttempted { Attempt: { Judged: not null } attempt } ? new CaseFact.ContactAttempted(change(attempt)) : recorded.Fact;
            rewritten.Add(JournalLine.Write(loanId, recorded with { Fact = fact }, rewritten.Count == 0 ? JournalLine.NoPredecessor : rewritten[^1].Hash));
        }

        return rewritten;
    }

    private static ContactAttempt With(ContactAttempt attempt, params IReadOnlyList<string> packs) => attempt with { Judged = attempt.Judged! with { Packs = packs } };

    private static IEnumerable<ContactAttempt> Attempts(IEnumerable<JournalEntry> journal) =>
        journal.Select(entry => JournalLine.Read(entry.Line).Fact.Fact).OfType<CaseFact.ContactAttempted>().Select(fact => fact.Attempt).Where(attempt => attempt.Judged is not null);

    public static TheoryData<string> OtherContacts => ["begun by the borrower", "about another loan", "a notice", "another text", "to a third party", "by another medium", "nothing"];

    [Theory, MemberData(nameof(OtherContacts))] // The gate allows each of them: it is that another contact was made which must be found.
    public async Task a_contact_for_which_the_gate_was_asked_about_another_one_is_not_proven(string other)
    {
        var journal = Rewrite(await JournalAsync(PackCatalogue.Shipped()), attempt => attempt.Result != ContactResult.Sent ? attempt : other switch
        {
            "begun by the borrower" => Asked(attempt, request => request with { Direction = Direction.Inbound }),
            "about another loan" => Asked(attempt, request => request with { DebtId = "L-0" }),
            "a notice" => Asked(attempt, request => request with { Purpose = Purpose.Notice }),
            "another text" => Asked(attempt, request => request with { TextSha256 = new string('0', 64) }),
            "to a third party" => Asked(attempt, request => request with { Recipient = Recipient.Guarantor }),
            "by another medium" => Asked(attempt, request => request with { Channel = Channel.Letter }),
            _ => attempt with { Judged = null },
        });

        Assert.NotNull(Verify(journal, PackArchive.Shipped()));
    }

    private static ContactAttempt Asked(ContactAttempt attempt, Func<ContactRequest, ContactRequest> change) =>
        attempt with { Judged = attempt.Judged! with { Request = change(attempt.Judged.Request) } };

    [Fact]
    public async Task a_contact_names_its_packs_and_calendars_and_is_proven()
    {
        var journal = await JournalAsync(PackCatalogue.Shipped());
        Assert.All(Attempts(journal), attempt => Assert.Equal(["common@1", "CN@1", "house@1", "calendar:cn@1"], attempt.Judged!.Packs));
        Assert.All(Attempts(journal), attempt => Assert.Null(attempt.Overrides));
        Assert.Null(Verify(journal, Shipped()));
    }

    [Fact]
    public async Task a_fact_from_before_calendars_had_versions_rests_on_the_first_of_each()
    {
        var old = Rewrite(await JournalAsync(PackCatalogue.Shipped()), attempt => With(attempt, "common@1", "CN@1", "house@1"));
        Assert.Null(Verify(old, Shipped()));
    }

    [Fact]
    public async Task a_former_shipped_version_still_proves_what_it_judged()
    {
        // A later release: CN-NIGHT ends at 21:00, and the year 2025 has a holiday more.
        var release = PackCatalogue.Parse(
            ShippedRules.Packs().Select(text => text.Contains("\"id\": \"CN\"", StringComparison.Ordinal) ? text.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal).Replace("22:00:00", "21:00:00", StringComparison.Ordinal) : text),
            ShippedRules.Calendars().Select(text => text.Contains("\"id\": \"cn\"", StringComparison.Ordinal) ? text.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal).Replace("\"2025-01-01\"", "\"2025-01-01\", \"2025-01-16\"", StringComparison.Ordinal) : text));
        var (before, after) = (await JournalAsync(PackCatalogue.Shipped()), await JournalAsync(release));
        Assert.Contains("calendar:cn@2", Attempts(after).First().Judged!.Packs);

        var archive = new PackArchive();
        archive.Add(release);
        Assert.Contains("CN@1", Verify(before, archive), StringComparison.Ordinal); // Forgotten: said exactly.
        Assert.Contains("calendar:cn@1", Verify(before, archive), StringComparison.Ordinal);
        archive.Add(ShippedRules.Packs().Where(text => text.Contains("\"id\": \"CN\"", StringComparison.Ordinal)), ShippedRules.Calendars().Where(text => text.Contains("\"id\": \"cn\"", StringComparison.Ordinal)));
        Assert.Null(Verify(before, archive));
        Assert.Null(Verify(after, archive));
    }

    [Fact]
    public async Task a_lenders_version_is_needed_by_name_and_proves_what_it_judged()
    {
        var first = PackCatalogue.Shipped().With(LenderRules.Pack("CN", LenderRules.Night(9, 20), version: 1));
        var second = PackCatalogue.Shipped().With(LenderRules.Pack("CN", LenderRules.Night(12, 20), version: 2));
        var (early, late) = (await JournalAsync(first), await JournalAsync(second));
        Assert.NotEqual(Attempts(early).First().Until, Attempts(late).First().Until); // 10:00 is night under the second.
        Assert.Null(Verify(early, Shipped(first, second)));
        Assert.Null(Verify(late, Shipped(first, second)));
        var missing = Verify(late, Shipped(first))!;
        Assert.Contains("was judged by CN@1+lender.2, which is not at hand; at hand are CN@1, CN@1+lender.1", missing, StringComparison.Ordinal);
        Assert.NotNull(Verify(Rewrite(late, attempt => With(attempt, "common@1", "CN@1+lender.1", "house@1", "calendar:cn@1")), Shipped(first, second)));
    }

    [Fact]
    public async Task a_changed_calendar_does_not_change_what_was_judged_by_another()
    {
        var holiday = PackCatalogue.Shipped().WithCalendar(LenderRules.Calendar("cn", "\"2025-01-01\"", "\"2025-01-01\",\"2025-01-15/2025-01-17\""));
        var (plain, moved) = (await JournalAsync(PackCatalogue.Shipped()), await JournalAsync(holiday));
        Assert.Null(Verify(plain, Shipped(holiday)));
        Assert.Null(Verify(moved, Shipped(holiday)));
        Assert.Contains("calendar:cn@1+lender.1, which is not at hand; at hand are calendar:cn@1", Verify(moved, Shipped()), StringComparison.Ordinal);
        Assert.NotNull(Verify(Rewrite(moved, attempt => With(attempt, "common@1", "CN@1", "house@1", "calendar:cn@1")), Shipped(holiday)));
    }

    [Theory]
    [InlineData("common@1", "house@1", "calendar:cn@1")] // the law left out
    [InlineData("CN@1", "common@1", "house@1", "calendar:cn@1")] // in another order of citation
    [InlineData("common@1", "CN@1", "house@1", "calendar:us-federal@1")] // another country's days
    [InlineData("common@1", "CN@1", "house@1", "calendar:cn@1", "calendar:us-federal@1")]
    [InlineData("common@1", "CN@1", "house@1", "house@1", "calendar:cn@1")]
    [InlineData]
    public async Task a_fact_cannot_choose_the_rules_it_is_judged_by(params string[] packs) =>
        Assert.NotNull(Verify(Rewrite(await JournalAsync(PackCatalogue.Shipped()), attempt => With(attempt, packs)), Shipped()));

    [Fact]
    public async Task an_override_is_in_every_fact_it_took_part_in_and_cannot_be_hidden()
    {
        var loose = PackCatalogue.Shipped().With(LenderRules.Pack("CN", LenderRules.Night(7, 23, LenderRules.Override)));
        var journal = await JournalAsync(loose);
        Assert.All(Attempts(journal), attempt => Assert.Equal([Night], attempt.Overrides));
        Assert.Null(Verify(journal, Shipped(loose)));
        Assert.Contains("overridden rules CN-NIGHT, recorded are none", Verify(Rewrite(journal, attempt => attempt with { Overrides = null }), Shipped(loose)), StringComparison.Ordinal);
        var honest = await JournalAsync(PackCatalogue.Shipped());
        Assert.Contains("overridden rules none, recorded are CN-NIGHT", Verify(Rewrite(honest, attempt => attempt with { Overrides = [Night] }), Shipped()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_override_is_said_in_the_journals_words()
    {
        var loose = PackCatalogue.Shipped().With(LenderRules.Pack("CN", LenderRules.Night(7, 23, LenderRules.Override)));
        var fact = (await JournalAsync(loose)).Select(entry => JournalLine.Read(entry.Line).Fact).First(recorded => recorded.Fact is CaseFact.ContactAttempted);
        Assert.EndsWith("Rules the lender loosened took part: CN-NIGHT.", FactWords.Describe(fact, Core.Loans.Currency.Parse("CNY")), StringComparison.Ordinal);
    }

    [Fact]
    public void one_version_never_has_two_contents()
    {
        var archive = PackArchive.Shipped();
        var changed = ShippedRules.Packs().Select(text => text.Replace("22:00:00", "21:00:00", StringComparison.Ordinal));
        Assert.Contains("CN@1", Assert.Throws<FormatException>(() => archive.Add(changed, [])).Message, StringComparison.Ordinal);
        var moved = ShippedRules.Calendars().Select(text => text.Replace("2026-02-28", "2026-03-01", StringComparison.Ordinal));
        Assert.Contains("calendar:cn@1", Assert.Throws<FormatException>(() => archive.Add([], moved)).Message, StringComparison.Ordinal);
        archive.Add(ShippedRules.Packs(), ShippedRules.Calendars()); // The same again changes nothing.
    }

    [Fact]
    public void what_is_kept_reads_back_the_same()
    {
        var ours = PackCatalogue.Shipped().With(LenderRules.Pack("CN", LenderRules.Night(7, 23, LenderRules.Override)))
            .WithCalendar(LenderRules.Calendar("cn", "\"2025-01-01\"", "\"2025-01-01\",\"2025-01-15\""));
        var kept = PackArchive.KeptOf(ours).ToList();
        Assert.Equal(["CN@1+lender.1", "calendar:cn@1+lender.1"], kept.Select(each => each.Label));
        Assert.All(kept, each => Assert.True(PackArchive.AreSame(each.Label, each.Text + "\n", each.Text)));
        Assert.False(PackArchive.AreSame(kept[0].Label, kept[0].Text.Replace("23:00:00", "22:30:00", StringComparison.Ordinal), kept[0].Text));
    }
}

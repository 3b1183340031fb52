using System.Reflection;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Tests.Journal;

public sealed class FactWordsTests
{
    private static readonly Currency Yuan = Currency.Parse("CNY");

    [Fact]
    public void every_type_of_fact_has_words()
    {
        var kinds = typeof(CaseFact).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(CaseFact))).ToList();
        Assert.Equal(FactTypes.Names.Count(), kinds.Count);
        Assert.All(kinds, kind =>
        {
            var words = Say(AnyFacts.Of(kind));
            Assert.Matches(@"^[A-Z0-9a-z].{10,}\.$", words);
            Assert.DoesNotContain("CollectionsFlows", words, StringComparison.Ordinal);
            Assert.DoesNotContain("{", words, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void a_payment_says_its_amount_its_use_and_what_is_left() =>
        Assert.Equal(
            "Payment P-1 of CNY 1,500.00 arrived by transfer, valued on 2026-02-03, 1 day past due. It paid CNY 1,380.00 principal, CNY 100.00 interest; "
                + "CNY 20.00 was more than is owed and is held as credit. Overdue after it: CNY 0.00.",
            Say(new CaseFact.PaymentPosted("P-1", 1500m, Yuan, "transfer", new(2026, 2, 3), DateTimeOffset.UnixEpoch, new Breakdown(0m, 0m, 100m, 1380m), 20m, 1, 0m)));

    [Fact]
    public void a_deferred_contact_says_until_when_and_by_which_rule()
    {
        var attempt = new ContactAttempt
        {
            CommandId = "L-1:9", Number = 2, Template = "late-notice", Result = ContactResult.Deferred, Channel = Core.Contact.Channel.Sms,
            Rule = "CN-NIGHT", Until = new DateTimeOffset(2026, 2, 4, 8, 0, 0, TimeSpan.FromHours(8)), Citations = ["CN-NIGHT", "HOUSE-HOURS"],
        };
        Assert.Equal(
            "The message late-notice by SMS (command L-1:9, attempt 2) was deferred by CN-NIGHT until 2026-02-04 00:00 UTC (also blocked by HOUSE-HOURS).",
            Say(new CaseFact.ContactAttempted(attempt)));
    }

    [Fact]
    public void a_reason_of_several_lines_stays_one_line() =>
        Assert.Equal(
            "chair refused the write-off (approval L-1:4): not yet; see minutes.",
            Say(new CaseFact.ApprovalDecided("L-1:4", Core.Policies.ApprovalSubject.WriteOff, false, "chair", "not yet;\nsee minutes.")));

    private static string Say(CaseFact fact) => FactWords.Describe(new RecordedFact(7, DateTimeOffset.UnixEpoch, fact), Yuan);
}

using System.Text.Json;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Local.Hosting;

namespace CollectionsFlows.Local.Tests.Hosting;

/// <summary>Snapshots written before texts were remembered are no difference; a text that no fact knows is.</summary>
public sealed class SnapshotVerificationTests
{
    private static readonly SentText First = Text("L-1:7");
    private static readonly SentText Second = Text("L-1:12");

    [Fact]
    public void a_snapshot_of_a_former_version_knows_fewer_texts_than_the_facts_and_is_the_same() => Assert.True(IsSame(State(null), State([First, Second])));

    [Fact]
    public void one_that_goes_on_from_there_knows_those_since() => Assert.True(IsSame(State([Second]), State([First, Second])));

    [Fact]
    public void one_that_goes_on_from_there_may_keep_a_text_whose_report_it_never_heard() => Assert.True(IsSame(State([First, Second]), State([Second])));

    [Fact]
    public void a_text_beyond_the_facts_stays_a_difference() => Assert.False(IsSame(State([Text("L-1:99")]), State([First])));

    [Fact]
    public void a_text_of_another_loan_stays_a_difference() => Assert.False(IsSame(State([Text("L-2:7")]), State([First])));

    [Fact]
    public void a_text_that_says_something_else_than_the_facts_stays_a_difference() =>
        Assert.False(IsSame(State([First with { Report = new CarrierReport(Delivered: true) }]), State([First])));

    private static bool IsSame(CaseState snapshot, CaseState folded)
    {
        var (left, right) = StoreVerification.WithCommonTexts(snapshot, folded);
        return JsonSerializer.Serialize(left, CaseJson.Default.CaseState) == JsonSerializer.Serialize(right, CaseJson.Default.CaseState);
    }

    private static SentText Text(string commandId) =>
        new(new CaseCommand.SendNotification(commandId, "friendly-reminder", "friendly-reminder", Purpose.Collect, [Channel.Sms]));

    private static CaseState State(IReadOnlyList<SentText>? texts) => new()
    {
        Terms = new LoanTerms
        {
            LoanId = "L-1", BorrowerId = "B-1", Product = "personal", CreditorRole = CreditorRole.Creditor, Jurisdiction = "US", TimeZones = ["America/Chicago"],
            Currency = Currency.Parse("USD"), PenaltyAnnualRate = 0m, Instalments = [new Instalment(1, new DateOnly(2026, 4, 20), 100m, 5m, 0m)],
        },
        Policy = new PolicyReference("us-creditor", 1), Sequence = 20, OpenedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch, Texts = texts,
    };
}

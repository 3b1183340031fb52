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
    public void a_snapshot_of_a_former_version_knows_fewer_texts_than_the_facts_and_is_the_same() =>
        Assert.Null(StoreVerification.KnownTo(State(null), State([First, Second])).Texts);

    [Fact]
    public void one_that_goes_on_from_there_knows_those_since() =>
        Assert.Equal([Second], StoreVerification.KnownTo(State([Second]), State([First, Second])).Texts!);

    [Fact]
    public void a_text_the_facts_do_not_know_stays_a_difference() =>
        Assert.Null(StoreVerification.KnownTo(State([Text("L-1:99")]), State([First])).Texts);

    [Fact]
    public void a_text_that_says_something_else_than_the_facts_stays_a_difference()
    {
        var changed = First with { Report = new CarrierReport(Delivered: true) };
        Assert.Equal([First], StoreVerification.KnownTo(State([changed]), State([First])).Texts!);
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

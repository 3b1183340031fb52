using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Evidence;

/// <summary>Everything a dossier is made of, as of one instant.</summary>
internal sealed record DossierSources(
    CaseState State, IReadOnlyList<RecordedFact> Facts, string HeadHash, Policy Policy, LenderProfile Lender, BorrowerRecord? Borrower,
    IReadOnlyList<StoredMessage> Messages, IReadOnlyList<StoredText> Texts, DateTimeOffset Now)
{
    /// <summary>The borrower's local date.</summary>
    public DateOnly Today { get; } = new BorrowerClock(State.Terms.TimeZones).DateAt(Now);

    public IEnumerable<(RecordedFact Recorded, T Fact)> FactsOf<T>()
        where T : CaseFact
    {
        foreach (var recorded in Facts)
        {
            if (recorded.Fact is T fact)
            {
                yield return (recorded, fact);
            }
        }
    }

    /// <summary>The instant on every clock the borrower may live by.</summary>
    public IReadOnlyList<LocalInstant> Local(DateTimeOffset instant) =>
        [.. State.Terms.TimeZones.Select(zone => new LocalInstant(zone, new BorrowerClock([zone]).Local(instant)))];
}

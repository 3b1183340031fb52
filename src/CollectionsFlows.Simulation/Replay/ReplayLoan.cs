using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Simulation.Replay;

/// <summary>One loan of a replay: what still has to happen to it, and what has come of it.</summary>
internal sealed class ReplayLoan
{
    private readonly IReadOnlyList<OutsideEvent> events;
    private readonly DateTimeOffset end;
    private int nextEvent;

    public ReplayLoan(ImportedLoan imported, ReplayRequest request)
    {
        Imported = imported;
        Policy = request.PolicyOf(imported.Terms);
        Clock = new BorrowerClock(imported.Terms.TimeZones);
        Start = Clock.StartOf(request.From);
        end = Clock.StartOf(request.Until.AddDays(1));
        events = request.Events.Of(LoanId);
    }

    public ImportedLoan Imported { get; }

    public string LoanId => Imported.Terms.LoanId;

    public LoanTerms Terms => Imported.Terms;

    public Policy Policy { get; }

    public BorrowerClock Clock { get; }

    public DateTimeOffset Start { get; }

    public bool IsEnrolled { get; private set; }

    public DateTimeOffset? Wake { get; set; }

    /// <summary>The case when it was last looked at.</summary>
    public CaseState? State { get; private set; }

    /// <summary>Every contact tried, with the number and instant of its fact.</summary>
    public List<RecordedFact> Contacts { get; } = [];

    /// <summary>Facts that figures are made of.</summary>
    public ReplayMeasures Measures { get; } = new();

    public int Duplicates { get; private set; }

    public int EventsAfterEnd => events.Count - nextEvent;

    /// <summary>When something happens to it next, inside the window; null: nothing more.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            if (!IsEnrolled)
            {
                return Start;
            }

            DateTimeOffset? next = nextEvent < events.Count ? Later(events[nextEvent].At, Start) : null;
            next = Wake is { } wake && (next is null || wake < next) ? wake : next;
            return next < end ? next : null;
        }
    }

    public void Enrolled() => IsEnrolled = true;

    /// <summary>The next event that has happened by now; an event from before the window happens at its start.</summary>
    public OutsideEvent? TakeEvent(DateTimeOffset now) => nextEvent < events.Count && Later(events[nextEvent].At, Start) <= now ? events[nextEvent++] : null;

    public void CountEvent(InboxResult result) => Duplicates += result == InboxResult.Stored ? 0 : 1;

    public void Observe(AdvancedCase advanced)
    {
        State = advanced.State;
        foreach (var fact in advanced.NewFacts)
        {
            if (fact.Fact is CaseFact.ContactAttempted)
            {
                Contacts.Add(fact);
            }

            Measures.Add(fact);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}

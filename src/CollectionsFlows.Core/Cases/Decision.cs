using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>A decision in the making: each recorded fact is folded in at once, so that the next thought sees it.</summary>
internal sealed class Decision
{
    private readonly List<RecordedFact> facts = [];
    private CaseState? state;
    private BorrowerClock? clock;
    private AccountPosition? position;
    private IReadOnlyList<NoticeDuty>? duties;

    public Decision(CaseState? state, Policy policy, DateTimeOffset now)
    {
        this.state = state;
        Policy = policy;
        Now = now.ToUniversalTime();
    }

    public Policy Policy { get; }

    /// <summary>The instant of the decision, UTC.</summary>
    public DateTimeOffset Now { get; }

    public bool Exists => state is not null;

    public CaseState State => state ?? throw new InvalidOperationException("the case is not open");

    public IReadOnlyList<RecordedFact> Facts => facts;

    public BorrowerClock Clock => clock ??= new BorrowerClock(State.Terms.TimeZones);

    /// <summary>The borrower's local date.</summary>
    public DateOnly Today => Clock.DateAt(Now);

    /// <summary>The account today.</summary>
    public AccountPosition Position => position ??= CaseAccount.Position(State, Policy, Today);

    /// <summary>The notices the law wants of this loan's creditor.</summary>
    public IReadOnlyList<NoticeDuty> Duties => duties ??= [.. Policy.Notices.Where(duty => duty.BindsLoan(State.Terms))];

    /// <summary>The day on which the ladder goes on after something that suspended it ended: the day after.</summary>
    public DateOnly Tomorrow => Today.AddDays(1);

    /// <summary>When something happened, by its sender, but never later than now: a clock that is fast must not reach into the future.</summary>
    public DateTimeOffset NotAfterNow(DateTimeOffset at) => at < Now ? at.ToUniversalTime() : Now;

    /// <summary>The id that the next fact's command, task or approval will have.</summary>
    public string NextId => $"{State.Terms.LoanId}:{State.Sequence + 1}";

    public void Record(CaseFact fact)
    {
        var before = state;
        var recorded = new RecordedFact((before?.Sequence ?? 0) + 1, Now, fact);
        state = CaseEvolution.Evolve(before, recorded);
        facts.Add(recorded);
        if (fact is CaseFact.TermsUpdated)
        {
            clock = null;
            duties = null;
        }

        // Most facts leave the account as it is, and computing it is most of the work of a decision.
        if (before is null || !CaseAccount.IsSame(before, state))
        {
            position = null;
        }
    }

    /// <summary>Announces a changed status, once the decision is made.</summary>
    public CaseDecision Finish()
    {
        if (state is not null && state.Status != state.AnnouncedStatus)
        {
            Record(new CaseFact.StatusChanged(state.AnnouncedStatus, state.Status, Position.DaysPastDue, Position.Overdue.Total));
        }

        return new CaseDecision(state, facts);
    }
}

/// <summary>What was decided: the new facts and the state with them; no facts, nothing changed.</summary>
public sealed record CaseDecision(CaseState? State, IReadOnlyList<RecordedFact> Facts)
{
    /// <summary>Why no case was opened for an enrolment: without a case there is no journal to say it in. Null otherwise.</summary>
    public string? Refused { get; init; }
}

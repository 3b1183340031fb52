using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>Decides what becomes of an input or of the passing of time. Pure and total: any input in any state yields facts, never an exception.</summary>
public static class CaseDecider
{
    /// <summary>A case with this many timers due at one instant is broken; nothing lawful needs so many.</summary>
    private const int MostTimersAtOnce = 2000;

    /// <summary>Decides on an input from the inbox. A case that is not open knows only <see cref="CaseEvent.LoanEnrolled"/>; one that no account can be kept for is refused.</summary>
    public static CaseDecision Decide(CaseState? state, CaseInput input, Policy policy, DateTimeOffset now)
    {
        var decision = new Decision(state, policy, now);
        var problem = InputChecks.Problem(input.Event, state?.Terms.Currency);
        if (decision.Exists)
        {
            if (input.By is { } person)
            {
                decision.Record(new CaseFact.InputEntered(input.Id, EventNames.Of(input.Event), person)); // S15, S25: who did it
            }

            if (problem is null)
            {
                Apply(decision, input);
            }
            else
            {
                Ignore(decision, input, problem);
            }
        }
        else if (input.Event is CaseEvent.LoanEnrolled enrolled)
        {
            if (problem is not null)
            {
                return new CaseDecision(State: null, []) { Refused = problem };
            }

            decision.Record(new CaseFact.CaseOpened(enrolled.Terms, enrolled.Policy, enrolled.Channels));
            PaymentDecisions.Consequences(decision);
        }

        return decision.Finish();
    }

    /// <summary>Lets every timer act that is due at <paramref name="now"/>.</summary>
    /// <exception cref="InvalidOperationException">A timer does not go away by acting: a defect, which must suspend the case.</exception>
    public static CaseDecision Wake(CaseState state, Policy policy, DateTimeOffset now)
    {
        var decision = new Decision(state, policy, now);
        for (var acted = 0; CaseTimers.FirstDue(decision) is { } timer; acted++)
        {
            if (acted == MostTimersAtOnce)
            {
                throw new InvalidOperationException($"case {state.Terms.LoanId}: the timer {timer.Kind} {timer.Reference} does not go away");
            }

            TimerDecisions.Act(decision, timer);
        }

        return decision.Finish();
    }

    /// <summary>When the case wants to be woken: the first timer, or the first command the gate deferred; <paramref name="now"/> when a command waits. Null: never.</summary>
    public static DateTimeOffset? NextWake(CaseState state, Policy policy, DateTimeOffset now)
    {
        var next = CaseTimers.Next(new Decision(state, policy, now))?.At;
        foreach (var command in state.Commands)
        {
            var at = command.NotBefore ?? now;
            next = next is null || at < next ? at : next;
        }

        return next;
    }

    private static void Apply(Decision decision, CaseInput input)
    {
        switch (input.Event)
        {
            case CaseEvent.LoanEnrolled: Ignore(decision, input, "the case is open already"); break;
            case CaseEvent.PaymentPosted posted: PaymentDecisions.Posted(decision, input, posted); break;
            case CaseEvent.PaymentReversed reversed: PaymentDecisions.Reversed(decision, input, reversed); break;
            case CaseEvent.PromiseMade made: PromiseDecisions.Made(decision, input, made); break;
            case CaseEvent.PromiseCancelled cancelled: PromiseDecisions.Cancelled(decision, input, cancelled); break;
            case CaseEvent.PlanAccepted accepted: PlanDecisions.Accepted(decision, input, accepted); break;
            case CaseEvent.PlanCancelled cancelled: PlanDecisions.Cancelled(decision, input, cancelled); break;
            case CaseEvent.ReplyReceived reply: ContactDecisions.Replied(decision, reply); break;
            case CaseEvent.ContactReported made: ContactDecisions.Reported(decision, made); break;
            case CaseEvent.DeliveryReported report: ContactDecisions.Delivered(decision, input, report); break;
            case CaseEvent.ProfileChanged changed: decision.Record(new CaseFact.ProfileChanged(changed.Change, changed.Channel)); break;
            case CaseEvent.TrackStarted started: TrackDecisions.Started(decision, input, started); break;
            case CaseEvent.TrackAdvanced advanced: TrackDecisions.Advanced(decision, input, advanced); break;
            case CaseEvent.TrackEnded ended: TrackDecisions.Ended(decision, input, ended); break;
            case CaseEvent.TaskCompleted completed: WorkDecisions.TaskCompleted(decision, input, completed); break;
            case CaseEvent.ApprovalDecided decided: WorkDecisions.ApprovalDecided(decision, input, decided); break;
            case CaseEvent.PlacementRecalled: LifeDecisions.PlacementRecalled(decision, input); break;
            case CaseEvent.LoanUpdated updated: LifeDecisions.Updated(decision, input, updated); break;
            case CaseEvent.LoanWithdrawn withdrawn: LifeDecisions.Withdrawn(decision, input, withdrawn); break;
            case CaseEvent.ContactAttempted attempted: ContactDecisions.Attempted(decision, input, attempted.Attempt); break;
            case CaseEvent.MessageComposed composed: ContactDecisions.Composed(decision, input, composed); break;
            case CaseEvent.DossierArchived archived: LifeDecisions.DossierArchived(decision, input, archived); break;
            default: Ignore(decision, input, "this version does not know the event"); break;
        }
    }

    /// <summary>Keeps an event that does not fit, with the reason: never a silent drop.</summary>
    internal static void Ignore(Decision decision, CaseInput input, string why) =>
        decision.Record(new CaseFact.InputIgnored(input.Id, EventNames.Of(input.Event), why));
}

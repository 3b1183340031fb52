using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>When the steps of the ladder fall due, and the care steps before it.</summary>
internal static class LadderTimers
{
    /// <summary>Whether something stands in the ladder's way: a hold, a live promise, a running plan, a write-off, a notice that is missing.</summary>
    public static bool IsSuspended(CaseState state) =>
        state.IsHeld || state.HasLivePromise || state.Plan is not null || state.WrittenOffOn is not null || state.Stopping(NoticeStop.Collection) is not null;

    /// <summary>The next occurrence of every step of the ladder that is not used up.</summary>
    public static void AddSteps(List<CaseTimer> timers, Decision decision)
    {
        var state = decision.State;
        if (state.Delinquency is not { } delinquency || IsSuspended(state))
        {
            return;
        }

        foreach (var step in decision.Policy.Steps)
        {
            if (step.At.DaysPastDue is not < 0 && NextOccurrence(decision, delinquency, step) is { } timer)
            {
                timers.Add(timer);
            }
        }
    }

    /// <summary>The day a given occurrence of a step falls due by itself; null while that cannot be said or it is used up.</summary>
    public static DateOnly? DueOn(Decision decision, Delinquency delinquency, LadderStep step, int occurrence)
    {
        if (occurrence > 1 + (step.Repeat?.Times ?? 0))
        {
            return null;
        }

        var first = delinquency.Steps.TryGetValue(step.Id, out var progress) ? progress.FirstDueOn : FirstDueOn(decision, delinquency, step);
        return first?.AddDays((occurrence - 1) * (step.Repeat?.EveryDays ?? 0));
    }

    /// <summary>For every care step, the next unsettled instalment it has not been taken for (S2).</summary>
    public static void AddCare(List<CaseTimer> timers, Decision decision)
    {
        var state = decision.State;
        if (state.Delinquency is not null || IsSuspended(state))
        {
            return;
        }

        var opened = decision.Clock.DateAt(state.OpenedAt);
        foreach (var step in decision.Policy.Steps)
        {
            if (step.At.DaysPastDue is { } days and < 0)
            {
                var through = state.CareThrough.GetValueOrDefault(step.Id);
                foreach (var instalment in decision.Position.Instalments)
                {
                    var date = instalment.DueOn.AddDays(days);

                    // A care step that fell due before the case opened, or whose due date has come, is not made up for.
                    if (instalment.SettledOn is null && instalment.Number > through && date >= opened && instalment.DueOn >= decision.Today)
                    {
                        timers.Add(new CaseTimer(TimerKind.CareStep, Later(date, state.LadderResumesOn), decision.Policy.StepsAt, step.Id)
                        {
                            Step = step, Occurrence = 1, StepDueOn = date, Instalment = instalment.Number,
                        });
                        break;
                    }
                }
            }
        }
    }

    private static CaseTimer? NextOccurrence(Decision decision, Delinquency delinquency, LadderStep step)
    {
        var occurrence = (delinquency.Steps.TryGetValue(step.Id, out var progress) ? progress.Occurrences : 0) + 1;
        if (DueOn(decision, delinquency, step, occurrence) is not { } due)
        {
            return null;
        }

        // GB-DEFAULT-14, EU-FORBEARANCE: a suit waits for its notices, and is asked for on the first day they leave open.
        var suit = step.Do.Approval?.Subject == ApprovalSubject.Legal ? EnforcementNotices.Of(decision) : EnforcementNotices.None;
        return !suit.IsWaiting
            ? new CaseTimer(TimerKind.Step, Later(Later(due, decision.State.LadderResumesOn), suit.From), decision.Policy.StepsAt, step.Id)
            {
                Step = step, Occurrence = occurrence, StepDueOn = due,
            }
            : null;
    }

    private static DateOnly? FirstDueOn(Decision decision, Delinquency delinquency, LadderStep step)
    {
        if (step.At.DaysPastDue is { } days)
        {
            return DaysPastDue.Reaches(delinquency.DueOn, Math.Max(1, days), decision.State.Pauses);
        }

        return step.At.After is { } after && delinquency.Steps.TryGetValue(after, out var followed) && followed.LastTakenAt is { } taken
            ? decision.Clock.DateAt(taken).AddDays(step.At.DelayDays ?? 0)
            : null;
    }

    public static DateOnly Later(DateOnly date, DateOnly? other) => other is { } day && day > date ? day : date;
}

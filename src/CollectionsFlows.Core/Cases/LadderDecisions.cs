using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>Taking a step of the ladder: conditions, stage, action.</summary>
internal static class LadderDecisions
{
    public static void Take(Decision decision, CaseTimer timer)
    {
        var step = timer.Step!;
        RiskDecisions.Assess(decision);
        if (Superseded(decision, timer) is { } by)
        {
            Skip(decision, timer, $"{by} is due as well and goes further", superseded: true);
            return;
        }

        if (StepConditions.Unmet(decision, step) is { } unmet)
        {
            Skip(decision, timer, unmet);
            return;
        }

        if (decision.State.Stage != step.Stage)
        {
            decision.Record(new CaseFact.StageEntered(step.Stage, decision.Position.DaysPastDue));
        }

        decision.Record(new CaseFact.StepTaken(step.Id, timer.Occurrence, timer.StepDueOn, decision.Position.DaysPastDue));
        Do(decision, step, Purpose.Collect);
    }

    public static void Care(Decision decision, CaseTimer timer)
    {
        var step = timer.Step!;
        if (Superseded(decision, timer) is { } by)
        {
            Skip(decision, timer, $"{by} is due as well and is closer to the due date", superseded: true);
        }
        else if (StepConditions.Unmet(decision, step) is { } unmet)
        {
            Skip(decision, timer, unmet);
        }
        else
        {
            decision.Record(new CaseFact.StepTaken(step.Id, 1, timer.StepDueOn, 0, timer.Instalment));
            Do(decision, step, Purpose.Care);
        }
    }

    /// <summary>When several steps of one kind are due at once (an old debt imported, a long hold) only the one that goes furthest is taken.</summary>
    private static string? Superseded(Decision decision, CaseTimer timer)
    {
        if (decision.State.Delinquency is { } delinquency
            && LadderTimers.DueOn(decision, delinquency, timer.Step!, timer.Occurrence + 1) is { } repeat
            && CaseTimers.IsDue(decision, timer with { Date = repeat }))
        {
            return timer.Step!.Id;
        }

        var others = new List<CaseTimer>();
        LadderTimers.AddSteps(others, decision);
        LadderTimers.AddCare(others, decision);
        var found = false;
        foreach (var other in others)
        {
            if (other.Step == timer.Step)
            {
                found = true;
            }
            else if (other.Kind == timer.Kind && SameAction(other.Step!.Do, timer.Step!.Do) && CaseTimers.IsDue(decision, other)
                && (other.StepDueOn > timer.StepDueOn || (other.StepDueOn == timer.StepDueOn && found && other.Kind == TimerKind.CareStep)))
            {
                return other.Step!.Id;
            }
        }

        return null;
    }

    private static bool SameAction(StepAction left, StepAction right) =>
        (left.Notify is not null && right.Notify is not null)
        || (left.Task is not null && right.Task is not null)
        || (left.Approval is not null && right.Approval?.Subject == left.Approval.Subject);

    private static void Skip(Decision decision, CaseTimer timer, string why, bool superseded = false) =>
        decision.Record(new CaseFact.StepSkipped(timer.Step!.Id, timer.Occurrence, timer.StepDueOn, why, timer.Instalment, superseded ? true : null));

    private static void Do(Decision decision, LadderStep step, Purpose purpose)
    {
        var team = decision.Policy.Stages.First(stage => stage.Name == step.Stage).Team;
        if (step.Do.Notify is { } notify)
        {
            decision.Record(new CaseFact.NotificationRequested(step.Id, notify.Template, purpose, notify.Channels));
        }
        else if (step.Do.Task is { } task)
        {
            WorkDecisions.Open(decision, task.Kind, WorkOrigin.Ladder, task.DueWithinDays, $"step {step.Id}", task.Team ?? team);
        }
        else if (step.Do.Approval is { } approval)
        {
            WorkDecisions.Ask(decision, approval.Subject, approval.Team ?? team);
        }
    }
}

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
        if (LastDueRepeat(decision, timer) is { } last && last > timer.Occurrence)
        {
            Skip(decision, timer with { Occurrence = last - 1 }, $"{step.Id} is due again by now");
        }
        else if (Superseded(decision, timer) is { } by)
        {
            Skip(decision, timer, $"{by} is due as well and goes further", superseded: true);
        }
        else if ((StepConditions.Unmet(decision, step) ?? WhyNotAsk(decision, step)) is { } unmet)
        {
            Skip(decision, timer, unmet);
        }
        else if (step.Do.Approval?.Subject == ApprovalSubject.Legal && NoticeDecisions.RequestForEnforcement(decision))
        {
            // The step waits: it falls due again when the notices have had their time.
        }
        else
        {
            EnterStage(decision, step);
            decision.Record(new CaseFact.StepTaken(step.Id, timer.Occurrence, timer.StepDueOn, decision.Position.DaysPastDue));
            Do(decision, step, Purpose.Collect);
        }
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

    /// <summary>The last occurrence of the step that is due by now: of repeats slept through only the last is taken.</summary>
    private static int? LastDueRepeat(Decision decision, CaseTimer timer)
    {
        int? last = null;
        for (var occurrence = timer.Occurrence + 1; LadderTimers.DueOn(decision, decision.State.Delinquency!, timer.Step!, occurrence) is { } day; occurrence++)
        {
            if (!CaseTimers.IsDue(decision, timer with { Date = day }))
            {
                break;
            }

            last = occurrence;
        }

        return last;
    }

    /// <summary>When several steps of one kind are due at once (an old debt imported, a long hold) only the one that goes furthest is taken: of those whose conditions hold.</summary>
    private static string? Superseded(Decision decision, CaseTimer timer)
    {
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
            else if (other.Kind == timer.Kind && other.Instalment == timer.Instalment && SameAction(other.Step!.Do, timer.Step!.Do)
                && (other.StepDueOn > timer.StepDueOn || (other.StepDueOn == timer.StepDueOn && found && other.Kind == TimerKind.CareStep))
                && CaseTimers.IsDue(decision, other) && StepConditions.Unmet(decision, other.Step) is null)
            {
                return other.Step.Id;
            }
        }

        return null;
    }

    /// <summary>A case moves forward through the stages: a repeat of an earlier stage's step does not take it back.</summary>
    private static void EnterStage(Decision decision, LadderStep step)
    {
        if (PlaceOf(decision, step.Stage) > PlaceOf(decision, decision.State.Stage))
        {
            decision.Record(new CaseFact.StageEntered(step.Stage, decision.Position.DaysPastDue));
            RetryDecisions.Overtaken(decision, step);
        }
    }

    /// <summary>Whether a case has gone on to a later stage than a step's; false of what is no step.</summary>
    public static bool IsBehind(Decision decision, string stepId) =>
        decision.Policy.Steps.FirstOrDefault(step => step.Id == stepId) is { } step && PlaceOf(decision, step.Stage) < PlaceOf(decision, decision.State.Stage);

    private static int PlaceOf(Decision decision, string? stage)
    {
        var stages = decision.Policy.Stages;
        for (var place = 0; place < stages.Count; place++)
        {
            if (stages[place].Name == stage)
            {
                return place;
            }
        }

        return -1;
    }

    private static string? WhyNotAsk(Decision decision, LadderStep step) =>
        step.Do.Approval is { } approval ? WorkDecisions.WhyNotAsk(decision.State, approval.Subject) : null;

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
            // The step says more than the notice of a broken promise that was to go out the same morning.
            DelinquencyDecisions.Withdraw(decision, send => send.Step == NoticeNames.PromiseBroken, $"step {step.Id} says more");
            RetryDecisions.Overtaken(decision, step);
            decision.Record(new CaseFact.NotificationRequested(step.Id, notify.Template, purpose, notify.Channels));
        }
        else if (step.Do.Task is { } task && !NoticeDecisions.IsOwn(decision, task.Kind))
        {
            WorkDecisions.Open(decision, task.Kind, WorkOrigin.Ladder, task.DueWithinDays, $"step {step.Id}", task.Team ?? team);
        }
        else if (step.Do.Approval is { } approval)
        {
            WorkDecisions.Ask(decision, approval.Subject, approval.Team ?? team);
        }
    }
}

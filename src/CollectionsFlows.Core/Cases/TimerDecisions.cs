namespace CollectionsFlows.Core.Cases;

/// <summary>What a timer does when its time has come. Every act makes its timer go away or move on.</summary>
internal static class TimerDecisions
{
    public static void Act(Decision decision, CaseTimer timer)
    {
        switch (timer.Kind)
        {
            case TimerKind.PromiseDeadline: PromiseDecisions.Break(decision, timer.Reference); break;
            case TimerKind.PlanDeadline: PlanDecisions.CheckDeadline(decision); break;
            case TimerKind.TrackEnd: TrackDecisions.End(decision, timer.Track!.Track, timer.Track.Reference, "time is over"); break;
            case TimerKind.Entry: DelinquencyDecisions.Begin(decision); break;
            case TimerKind.NoticeDeadline: NoticeDecisions.Miss(decision, timer); break;
            case TimerKind.Notice: NoticeDecisions.Request(decision, timer.Duty!, timer.NoticeReference, timer.NoticeDueOn); break;
            case TimerKind.Step: LadderDecisions.Take(decision, timer); break;
            case TimerKind.CareStep: LadderDecisions.Care(decision, timer); break;
            case TimerKind.PromiseReminder: PromiseDecisions.Remind(decision, timer.Reference); break;
            case TimerKind.PlanReview: PlanDecisions.Review(decision); break;
            case TimerKind.Review: Review(decision); break;
            default: throw new InvalidOperationException($"no such timer: {timer.Kind}");
        }
    }

    private static void Review(Decision decision)
    {
        decision.Record(new CaseFact.Reviewed(decision.Today, decision.Position.DaysPastDue, decision.Position.Overdue.Total));
        RiskDecisions.Assess(decision);
        PaymentDecisions.Consequences(decision);
    }
}

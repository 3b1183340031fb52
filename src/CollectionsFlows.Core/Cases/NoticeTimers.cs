using CollectionsFlows.Core.Contact.Notices;

namespace CollectionsFlows.Core.Cases;

/// <summary>When the notices the law wants fall due, read off the state: whatever else stands still, a promise, a plan or a dispute does not take the duty away.</summary>
internal static class NoticeTimers
{
    public static void Add(List<CaseTimer> timers, Decision decision)
    {
        var state = decision.State;
        if (decision.Duties.Count == 0 || state.WrittenOffOn is not null)
        {
            return;
        }

        AddDeadlines(timers, state);
        foreach (var track in state.Tracks)
        {
            if (!ExceptionTracks.SparesNotices(track.Track))
            {
                return;
            }
        }

        foreach (var duty in decision.Duties)
        {
            if (Next(decision, duty) is { } timer)
            {
                timers.Add(timer);
            }
        }
    }

    /// <summary>A notice not gone out by the end of its last day is missing from then on, whatever the reason.</summary>
    private static void AddDeadlines(List<CaseTimer> timers, CaseState state)
    {
        foreach (var notice in state.AllNotices())
        {
            if (notice is { SentOn: null, Missing: null, DueOn: { } dueOn })
            {
                timers.Add(new CaseTimer(TimerKind.NoticeDeadline, dueOn.AddDays(1), TimeOnly.MinValue, notice.Rule)
                {
                    NoticeDueOn = dueOn, NoticeReference = notice.Reference,
                });
            }
        }
    }

    private static CaseTimer? Next(Decision decision, NoticeDuty duty)
    {
        var reference = duty.At == NoticeTrigger.PlanAccepted ? decision.State.Plan?.PlanId : null;
        return decision.State.Notice(duty.Id, reference) switch
        {
            null => First(decision, duty, reference),
            { SentOn: { } sentOn } => Repeat(decision, duty, sentOn),
            var tried when decision.State.IsPending(tried) || decision.State.Tasks.Any(task => task.Kind == duty.Task) => null,
            var tried => At(decision, duty, decision.Today, TimeOnly.MinValue, tried.DueOn, reference), // The last try came to nothing.
        };
    }

    private static CaseTimer? First(Decision decision, NoticeDuty duty, string? reference) => duty.At switch
    {
        NoticeTrigger.FirstCollection when HasCommunicated(decision.State) =>
            At(decision, duty, decision.Today, TimeOnly.MinValue, decision.Today.AddDays(duty.WithinDays ?? 0), reference),
        NoticeTrigger.InstalmentsUnpaid when ShortFrom(decision, duty) is { } day =>
            At(decision, duty, day, decision.Policy.StepsAt, day.AddDays(duty.WithinDays ?? 0), reference),
        NoticeTrigger.PlanAccepted when decision.State.Plan is { } plan && decision.Clock.DateAt(plan.AcceptedAt).AddDays(duty.WithinDays ?? 0) is var due && decision.Today <= due =>
            At(decision, duty, decision.Today, TimeOnly.MinValue, due, reference),
        _ => null,
    };

    /// <summary>Soon enough before the last day that the repeat can be late and still in time.</summary>
    private static CaseTimer? Repeat(Decision decision, NoticeDuty duty, DateOnly sentOn)
    {
        if (duty.RepeatMonths is not { } months || decision.Position.Overdue.Total <= decision.Policy.Exit.CuredAtOverdue)
        {
            return null;
        }

        var due = sentOn.AddMonths(months);
        return At(decision, duty, due.AddDays(-(duty.WithinDays ?? 0)), decision.Policy.StepsAt, due, reference: null);
    }

    private static CaseTimer At(Decision decision, NoticeDuty duty, DateOnly date, TimeOnly time, DateOnly? dueOn, string? reference) =>
        new(TimerKind.Notice, date, time, duty.Id) { Duty = duty, NoticeDueOn = dueOn, NoticeReference = reference };

    /// <summary>Whether this delinquency's debt has been spoken of: a step was taken, or a person was in contact.</summary>
    private static bool HasCommunicated(CaseState state) => state.Delinquency is { } delinquency
        && (delinquency.Steps.Values.Any(progress => progress.LastTakenAt is not null) || state.LastContactAt >= delinquency.BeganAt);

    /// <summary>The first day on which so many instalments are unpaid if nothing more is paid; not before the case began. Null: there are not so many.</summary>
    internal static DateOnly? ShortFrom(Decision decision, NoticeDuty duty)
    {
        var missing = duty.Instalments ?? 1;
        foreach (var instalment in decision.Position.Instalments)
        {
            if (instalment.SettledOn is null && --missing == 0)
            {
                return LadderTimers.Later(instalment.DueOn.AddDays(1), decision.Clock.DateAt(decision.State.OpenedAt));
            }
        }

        return null;
    }
}

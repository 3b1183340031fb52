using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>What a timer is for. Of timers due at one instant the earlier kind acts first: deadlines before new steps.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(Json.KebabCaseEnumConverter<TimerKind>))]
public enum TimerKind
{
    PromiseDeadline,
    PlanDeadline,
    TrackEnd,
    Entry,

    /// <summary>The last day for a notice the law wants is over.</summary>
    NoticeDeadline,

    /// <summary>A notice the law wants falls due.</summary>
    Notice,
    Step,
    CareStep,
    PromiseReminder,
    PlanReview,
    Review,
}

/// <summary>Something the case will do at a local time of the borrower if nothing happens before.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Date">Local date.</param>
/// <param name="Time">Local time.</param>
/// <param name="Reference">The promise, plan, track or step.</param>
internal sealed record CaseTimer(TimerKind Kind, DateOnly Date, TimeOnly Time, string Reference)
{
    /// <summary>The step, for <see cref="TimerKind.Step"/> and <see cref="TimerKind.CareStep"/>.</summary>
    public LadderStep? Step { get; init; }

    /// <summary>Which repeat of the step, 1 for the first.</summary>
    public int Occurrence { get; init; }

    /// <summary>The day the step fell due by itself, before any suspension.</summary>
    public DateOnly StepDueOn { get; init; }

    /// <summary>The instalment a care step is about.</summary>
    public int? Instalment { get; init; }

    /// <summary>The track, for <see cref="TimerKind.TrackEnd"/>.</summary>
    public ActiveTrack? Track { get; init; }

    /// <summary>The duty, for <see cref="TimerKind.Notice"/>.</summary>
    public NoticeDuty? Duty { get; init; }

    /// <summary>The last day on which the notice is in time, for <see cref="TimerKind.Notice"/> and <see cref="TimerKind.NoticeDeadline"/>.</summary>
    public DateOnly? NoticeDueOn { get; init; }

    /// <summary>What the notice is about, where there may be several (a plan).</summary>
    public string? NoticeReference { get; init; }
}

/// <summary>Reads a case's timers off its state: nothing is ever scheduled, so nothing has to be cancelled.</summary>
internal static class CaseTimers
{
    /// <summary>The first timer that is due now; null: none.</summary>
    public static CaseTimer? FirstDue(Decision decision) =>
        Next(decision) is { } next && next.At <= decision.Now ? next.Timer : null;

    /// <summary>The earliest timer and its instant, UTC; null for a case that needs no waking any more.</summary>
    public static (CaseTimer Timer, DateTimeOffset At)? Next(Decision decision)
    {
        CaseTimer? first = null;
        foreach (var timer in Of(decision))
        {
            if (first is null || Before(timer, first))
            {
                first = timer;
            }
        }

        return first is null ? null : (first, decision.Clock.At(first.Date, first.Time));
    }

    /// <summary>Whether a timer is due now.</summary>
    public static bool IsDue(Decision decision, CaseTimer timer) => decision.Clock.At(timer.Date, timer.Time) <= decision.Now;

    private static bool Before(CaseTimer left, CaseTimer right)
    {
        var order = left.Date.CompareTo(right.Date);
        order = order == 0 ? left.Time.CompareTo(right.Time) : order;
        order = order == 0 ? left.Kind.CompareTo(right.Kind) : order;
        return order < 0;
    }

    private static List<CaseTimer> Of(Decision decision)
    {
        var timers = new List<CaseTimer>();
        var state = decision.State;
        if (state.ClosedReason is not null)
        {
            return timers;
        }

        foreach (var promise in state.Promises)
        {
            if (promise.Status == PromiseStatus.Active)
            {
                timers.Add(Morning(TimerKind.PromiseDeadline, promise.DueOn.AddDays(decision.Policy.Promise.GraceDays + 1), promise.PromiseId));
                AddReminder(timers, decision, promise);
            }
        }

        foreach (var track in state.Tracks)
        {
            if (track.Until is { } until)
            {
                timers.Add(Morning(TimerKind.TrackEnd, until, track.Track.ToString()) with { Track = track });
            }
        }

        AddPlan(timers, decision);
        AddEntry(timers, decision);
        NoticeTimers.Add(timers, decision);
        LadderTimers.AddSteps(timers, decision);
        LadderTimers.AddCare(timers, decision);
        if (timers.Count == 0 || state.Status != CaseStatus.Watching || decision.Position.Overdue.Total > 0m)
        {
            // So many days after anything was last decided: nothing is ever forgotten, nothing is looked at for no reason.
            var last = decision.Clock.DateAt(state.UpdatedAt);
            timers.Add(new CaseTimer(TimerKind.Review, last.AddDays(decision.Policy.ReviewEveryDays), decision.Policy.StepsAt, "review"));
        }

        return timers;
    }

    /// <summary>Once per promise, on a day before the promised one; not when that time was over as the promise was made, nor while a hold asks for silence.</summary>
    private static void AddReminder(List<CaseTimer> timers, Decision decision, PromiseToPay promise)
    {
        var state = decision.State;
        if (decision.Policy.Promise.ReminderTemplate is null || promise.IsReminded || state.IsHeld || state.WrittenOffOn is not null
            || state.Stopping(NoticeStop.Collection) is not null)
        {
            return;
        }

        var date = LadderTimers.Later(promise.DueOn.AddDays(-decision.Policy.Promise.ReminderDaysBefore), state.LadderResumesOn);
        if (date <= promise.DueOn && decision.Today <= promise.DueOn && decision.Clock.At(date, decision.Policy.StepsAt) > promise.MadeAt)
        {
            timers.Add(new CaseTimer(TimerKind.PromiseReminder, date, decision.Policy.StepsAt, promise.PromiseId));
        }
    }

    private static void AddPlan(List<CaseTimer> timers, Decision decision)
    {
        if (decision.State.Plan is not { } plan)
        {
            return;
        }

        // Instalments met need no deadline; the first one neither met nor looked at has the next.
        var next = Math.Max(plan.CheckedThrough, plan.Met);
        if (next < plan.Instalments.Count)
        {
            var deadline = plan.Instalments[next].DueOn.AddDays(decision.Policy.Plan.GraceDays + 1);
            timers.Add(Morning(TimerKind.PlanDeadline, deadline, plan.PlanId));
        }

        timers.Add(new CaseTimer(TimerKind.PlanReview, plan.ReviewedOn.AddDays(decision.Policy.Plan.ReviewEveryDays), decision.Policy.StepsAt, plan.PlanId));
    }

    /// <summary>The first day on which the entry rules hold if nothing more is paid.</summary>
    private static void AddEntry(List<CaseTimer> timers, Decision decision)
    {
        var state = decision.State;
        var position = decision.Position;
        if (state.Delinquency is not null || state.WrittenOffOn is not null || position.OldestUnpaidDueOn is not { } oldest
            || DaysPastDue.Reaches(oldest, Math.Max(1, decision.Policy.Entry.MinDaysPastDue), state.Pauses) is not { } oldEnough)
        {
            return;
        }

        foreach (var instalment in position.Instalments)
        {
            if (instalment.SettledOn is null && DaysPastDue.Reaches(instalment.DueOn, 1, state.Pauses) is { } overdueFrom)
            {
                var day = overdueFrom > oldEnough ? overdueFrom : oldEnough;
                if (EnoughIsOverdue(decision, day))
                {
                    timers.Add(Morning(TimerKind.Entry, day, "entry"));
                    return;
                }
            }
        }
    }

    private static bool EnoughIsOverdue(Decision decision, DateOnly day)
    {
        if (decision.Policy.Entry.MinOverdue == 0m && decision.Policy.Exit.CuredAtOverdue == 0m)
        {
            return true;
        }

        var position = day <= decision.Today ? decision.Position : CaseAccount.Position(decision.State, decision.Policy, day);
        return position.Overdue.Total >= decision.Policy.Entry.MinOverdue && position.Overdue.Total > decision.Policy.Exit.CuredAtOverdue;
    }

    private static CaseTimer Morning(TimerKind kind, DateOnly date, string reference) => new(kind, date, TimeOnly.MinValue, reference);
}

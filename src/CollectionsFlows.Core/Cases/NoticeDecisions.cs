using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Notices;

namespace CollectionsFlows.Core.Cases;

/// <summary>Notices the law wants: asked for by the case itself, sent or done by people, missed, over. What waits for them waits.</summary>
internal static class NoticeDecisions
{
    /// <summary>Whether a message is a notice the law wants.</summary>
    public static bool IsNotice(Decision decision, CaseCommand.SendNotification send) =>
        send.Purpose == Purpose.Notice && decision.State.AllNotices().Any(notice => notice.CommandId == send.Id);

    /// <summary>Whether a kind of work is a notice that the case sends itself: a ladder need not ask people for it.</summary>
    public static bool IsOwn(Decision decision, string kind) => decision.Duties.Any(duty => duty.Task == kind);

    public static void Request(Decision decision, NoticeDuty duty, string? reference, DateOnly? dueOn) =>
        decision.Record(new CaseFact.NotificationRequested(
            duty.Id, duty.Template, Purpose.Notice, duty.Channels, Rule: duty.Id, Reference: reference, DueOn: dueOn));

    /// <summary>Asks for the notices a suit needs and nobody asked for yet; false when there are none.</summary>
    public static bool RequestForEnforcement(Decision decision)
    {
        var missing = EnforcementNotices.Of(decision).Missing;
        foreach (var duty in missing)
        {
            Request(decision, duty, reference: null, duty.WithinDays is { } days ? decision.Today.AddDays(days) : null);
        }

        return missing.Count > 0;
    }

    /// <summary>Why a missing notice refers nobody to court.</summary>
    public static string IsMissing(NoticeRecord notice) => $"{notice.Rule}: a notice is missing, nothing is enforced until it has gone out";

    /// <summary>Asks whether somebody may be referred to court: null when no notice stands in the way, else why not. A notice that nobody asked for yet is asked for.</summary>
    public static string? AskForSuit(Decision decision)
    {
        if (decision.State.Stopping(NoticeStop.Enforcement) is { } stopping)
        {
            return IsMissing(stopping);
        }

        _ = RequestForEnforcement(decision);
        var notices = EnforcementNotices.Of(decision);
        return notices switch
        {
            { IsWaiting: true } => $"{string.Join(", ", Ids(decision))}: a notice has to go out first",
            { From: { } day } when day > decision.Today => $"{string.Join(", ", Ids(decision))}: not before {day:yyyy-MM-dd}",
            _ => null,
        };
    }

    /// <summary>What became of a try.</summary>
    public static void Attempted(Decision decision, ContactAttempt attempt, bool isRetry)
    {
        if (decision.State.AllNotices().FirstOrDefault(notice => notice.CommandId == attempt.CommandId && (isRetry || notice.SentOn is null)) is not { } notice)
        {
            return;
        }

        if (attempt.Result is ContactResult.Sent or ContactResult.Unknown)
        {
            Sent(decision, notice, attempt.CommandId, decision.Clock.DateAt(attempt.Judged?.Now ?? decision.Now));
        }
        else if (attempt.Result != ContactResult.Deferred)
        {
            var why = $"the notice could not be sent{(attempt.Rule is { } rule ? $" ({rule})" : "")}";
            Returned(decision, attempt.CommandId, why);
            if (decision.State.ClosedReason is null)
            {
                OpenTask(decision, notice, $"{notice.Rule}: {why}");
            }
        }
    }

    /// <summary>A message finally did not arrive. A notice the law wants is then not served: no period runs, nobody is referred to court, and people send it.</summary>
    public static void Returned(Decision decision, string commandId, string why)
    {
        if (decision.State.AllNotices().FirstOrDefault(notice => notice.CommandId == commandId && notice is { SentOn: not null, Returned: not true }) is not { } notice)
        {
            return;
        }

        decision.Record(new CaseFact.NoticeReturned(notice.Rule, notice.Reference, commandId, notice.SentOn!.Value, why));
        var state = decision.State;
        if (state.ClosedReason is null && state.WrittenOffOn is null && state.Tracks.All(track => ExceptionTracks.SparesNotices(track.Track)))
        {
            OpenTask(decision, notice, $"{notice.Rule}: {why}");
            if (notice.EnforceableFrom is not null)
            {
                WorkDecisions.HoldReferral(decision, $"{notice.Rule}: {why}");
            }
        }
    }

    /// <summary>People have done what they were asked to: the notice is out, or is tried again.</summary>
    public static void TaskCompleted(Decision decision, OpenTask task, string outcome)
    {
        var duty = decision.Duties.FirstOrDefault(duty => duty.Task == task.Kind);
        if (duty is not null && outcome is "sent" or "done" && decision.State.AllNotices().FirstOrDefault(notice => notice.Rule == duty!.Id && notice.SentOn is null) is { } notice)
        {
            DelinquencyDecisions.Withdraw(decision, send => send.Id == notice.CommandId, "people have sent it");
            Sent(decision, notice, task.Id, decision.Today);
        }
    }

    /// <summary>The last day is over.</summary>
    public static void Miss(Decision decision, CaseTimer timer)
    {
        var notice = decision.State.Notice(timer.Reference, timer.NoticeReference)!;
        var duty = decision.Duties.FirstOrDefault(duty => duty.Id == notice.Rule);
        var stops = duty?.WhileMissing ?? [];
        decision.Record(new CaseFact.NoticeMissed(
            notice.Rule, notice.Reference, timer.NoticeDueOn!.Value, stops, stops.Contains(NoticeStop.Interest) ? timer.NoticeDueOn.Value.AddDays(1) : null));
        OpenTask(decision, notice, $"{notice.Rule}: the notice is missing");
        if (stops.Contains(NoticeStop.Collection))
        {
            DelinquencyDecisions.WithdrawNotifications(decision, Purpose.Collect, $"{notice.Rule}: a notice is missing");
        }

        if (stops.Contains(NoticeStop.Enforcement))
        {
            WorkDecisions.HoldReferral(decision, $"{notice.Rule}: a notice is missing");
        }
    }

    /// <summary>Ends the notices whose reason is gone: the arrears they were about are paid, or the plan has ended. New arrears need new notices.</summary>
    public static void Lapse(Decision decision)
    {
        foreach (var notice in decision.State.AllNotices())
        {
            var duty = decision.Duties.FirstOrDefault(duty => duty.Id == notice.Rule);
            if (WhyOver(decision, duty, notice) is not { } why)
            {
                continue;
            }

            DelinquencyDecisions.Withdraw(decision, send => send.Id == notice.CommandId, why);
            foreach (var task in decision.State.Tasks.Where(task => task.Kind == duty?.Task).ToList())
            {
                decision.Record(new CaseFact.TaskCancelled(task.Id, why));
            }

            decision.Record(new CaseFact.NoticeLapsed(notice.Rule, notice.Reference, decision.Today, why));
        }
    }

    /// <summary>The rule of law that stops collection while a dispute is open: a written one, received before the validation period is over (US-VALIDATION).</summary>
    public static string? StoppingRule(Decision decision, CaseInput input, CaseEvent.TrackStarted started)
    {
        if (started is not { Track: ExceptionTrack.Dispute, Detail: "written" }
            || decision.Duties.FirstOrDefault(duty => duty.Period is not null) is not { } duty)
        {
            return null;
        }

        // Before the notice has gone out the period has no end yet.
        var received = decision.Clock.DateAt(decision.NotAfterNow(input.At));
        return decision.State.Notice(duty.Id)?.PeriodEndsOn is { } end && received > end ? null : duty.Id;
    }

    /// <summary>Why a plan runs longer than the law lets it (CN-CARD-PLAN); null: it does not.</summary>
    public static string? PlanTooLong(Decision decision, CaseInput input, CaseEvent.PlanAccepted accepted)
    {
        var on = decision.Clock.DateAt(decision.NotAfterNow(input.At));
        return decision.Duties.FirstOrDefault(duty => duty.PlanMaxMonths is { } months && accepted.Instalments[^1].DueOn > on.AddMonths(months)) is { } duty
            ? $"{duty.Id}: the plan runs until {accepted.Instalments[^1].DueOn:yyyy-MM-dd}, {duty.PlanMaxMonths} months end on {on.AddMonths(duty.PlanMaxMonths!.Value):yyyy-MM-dd}"
            : null;
    }

    private static void Sent(Decision decision, NoticeRecord notice, string by, DateOnly sentOn)
    {
        var duty = decision.Duties.FirstOrDefault(duty => duty.Id == notice.Rule);
        var period = duty?.Period?.From(sentOn);
        decision.Record(new CaseFact.NoticeSent(
            notice.Rule, notice.Reference, by, sentOn, period?.ReceivedOn, period?.EndsOn, duty?.EnforceableFrom(sentOn)));
        foreach (var task in decision.State.Tasks.Where(task => task.Kind == duty?.Task && task.Id != by).ToList())
        {
            decision.Record(new CaseFact.TaskCancelled(task.Id, "the notice has gone out"));
        }
    }

    private static void OpenTask(Decision decision, NoticeRecord notice, string why)
    {
        if (decision.Duties.FirstOrDefault(duty => duty.Id == notice.Rule) is not { } duty || decision.State.Tasks.Any(task => task.Kind == duty.Task))
        {
            return;
        }

        // The statutory day where it lies ahead; at once where it is over or none is set.
        var days = notice.DueOn is { } dueOn ? Math.Max(0, dueOn.DayNumber - decision.Today.DayNumber) : 1;
        WorkDecisions.Open(decision, duty.Task, WorkOrigin.Case, days, why);
    }

    private static string? WhyOver(Decision decision, NoticeDuty? duty, NoticeRecord notice)
    {
        var state = decision.State;
        var settled = state.Delinquency is null && decision.Position.Overdue.Total <= decision.Policy.Exit.CuredAtOverdue;
        return duty?.At switch
        {
            NoticeTrigger.FirstCollection => settled && notice.SentOn is null ? "nothing is overdue any more" : null,
            NoticeTrigger.InstalmentsUnpaid when settled => "nothing is overdue any more",
            NoticeTrigger.InstalmentsUnpaid => notice.SentOn is null && !(NoticeTimers.ShortFrom(decision, duty) <= decision.Today) ? "fewer instalments are unpaid" : null,
            NoticeTrigger.Enforcement when settled => "nothing is overdue any more",
            NoticeTrigger.Enforcement => notice.SentOn is { } sentOn && !(decision.Position.OldestUnpaidDueOn < sentOn) ? "what was overdue when it was sent is paid" : null,
            NoticeTrigger.PlanAccepted => notice.SentOn is null && state.Plan?.PlanId != notice.Reference ? "the plan ended" : null,
            _ => null,
        };
    }

    private static IEnumerable<string> Ids(Decision decision) => decision.Duties.Where(duty => duty.At == NoticeTrigger.Enforcement).Select(duty => duty.Id);
}

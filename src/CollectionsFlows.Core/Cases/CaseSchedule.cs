using System.Globalization;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>What a case will do next if nothing happens before: a word, an instant, a sentence.</summary>
public sealed record ScheduledAction(string Kind, DateTimeOffset At, string Why);

/// <summary>Tells people what a case will do next and why.</summary>
public static class CaseSchedule
{
    /// <summary>The next action; null for a closed case.</summary>
    public static ScheduledAction? Next(CaseState state, Policy policy, DateTimeOffset now)
    {
        ScheduledAction? next = null;
        foreach (var pending in state.Commands)
        {
            var action = Waiting(state, pending, now);
            next = next is null || action.At < next.At ? action : next;
        }

        if (CaseTimers.Next(new Decision(state, policy, now)) is { } timer && (next is null || timer.At < next.At))
        {
            next = new ScheduledAction(Json.KebabCase.Of(timer.Timer.Kind), timer.At, Why(timer.Timer, state));
        }

        return next;
    }

    private static ScheduledAction Waiting(CaseState state, PendingCommand pending, DateTimeOffset now) => pending.Command switch
    {
        CaseCommand.SendNotification send => new("contact", pending.NotBefore ?? now, pending switch
        {
            { Attempt: 1 } when send.Retry is { } retry => $"send {send.Template} again: the carrier could not deliver it before (retry {retry} of {RetryDecisions.MostRetries})",
            { NotBefore: null } => $"send {send.Template} by {string.Join(" or ", send.Channels).ToLowerInvariant()}",
            { Attempt: 1 } => $"send {send.Template}: the ladder resumes then",
            _ => $"send {send.Template}: the contact rules allow it from then on",
        } + Due(state, send.Id)),
        CaseCommand.ReferToLegal => new("legal", pending.NotBefore ?? now, "refer to court: the approval was given"),
        _ => new("write-off", pending.NotBefore ?? now, "write off: the approval was given"),
    };

    /// <summary>"; US-VALIDATION wants it by 2026-03-06" for a notice the law wants, nothing for others.</summary>
    private static string Due(CaseState state, string commandId) => state.AllNotices().FirstOrDefault(notice => notice.CommandId == commandId) switch
    {
        { DueOn: { } dueOn, Rule: var rule } => $"; {rule} wants it by {Date(dueOn)}",
        { Rule: var rule } => $"; {rule} wants it first",
        null => "",
    };

    private static string Why(CaseTimer timer, CaseState state) => timer.Kind switch
    {
        TimerKind.PromiseDeadline => $"promise {timer.Reference} is broken unless enough arrives before",
        TimerKind.PlanDeadline => $"the next instalment of plan {timer.Reference} is missed unless it arrives before",
        TimerKind.TrackEnd => $"{Spoken(timer.Reference)} ends",
        TimerKind.Entry => "the loan falls behind unless what is due is paid before",
        TimerKind.NoticeDeadline => $"the notice of {timer.Reference} is missing unless it goes out before: due by {Date(timer.NoticeDueOn!.Value)}",
        TimerKind.Notice => $"the notice {timer.Duty!.Template} falls due ({timer.Reference}{(timer.NoticeDueOn is { } day ? $", by {Date(day)}" : "")})",
        TimerKind.Step => $"step {timer.Reference} of {state.Policy.Name}, due on {Date(timer.StepDueOn)}",
        TimerKind.CareStep => $"care step {timer.Reference} for instalment {timer.Instalment}",
        TimerKind.PromiseReminder => $"reminder of promise {timer.Reference}",
        TimerKind.PlanReview => $"review of plan {timer.Reference}",
        _ => "regular review of an open case",
    };

    private static string Spoken(string track) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(track).Replace('-', ' ');

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Journal;

/// <summary>Words for contacts, answers and what the borrower allows.</summary>
internal static class ContactWords
{
    /// <summary>Null: the fact is about something else.</summary>
    public static string? Of(CaseFact fact) => fact switch
    {
        CaseFact.NotificationRequested { Rule: not null } => null, // NoticeWords
        CaseFact.NotificationRequested requested =>
            $"{Again(requested)}Step {requested.Step} asks for the message {requested.Template} ({Words.Name(requested.Purpose)}) by {string.Join(" or ", requested.Channels.Select(channel => Words.Name(channel)))}"
            + $"{Words.Also(requested.PromiseId, " about promise ")}{(requested.NotBefore is { } from ? $", not before {Words.Instant(from)}" : "")}.",
        CaseFact.NotificationWithdrawn withdrawn => $"The message of command {withdrawn.CommandId} was withdrawn before it was sent: {withdrawn.Why}.",
        CaseFact.ContactAttempted attempted => Attempted(attempted.Attempt),
        CaseFact.DeliveryReported { Delivered: true } delivered => $"The carrier reported the message of command {delivered.CommandId} as delivered{Words.Also(delivered.Code, ", code ")}.",
        CaseFact.DeliveryReported failed => $"The carrier reported the message of command {failed.CommandId} as not delivered{Words.Also(failed.Code, ", code ")}.",
        CaseFact.ContactReported reported => Reported(reported),
        CaseFact.ReplyReceived reply => $"The borrower wrote by {Words.Name(reply.Channel)}{(reply.OptOut ? " and opted out of messages by that channel" : "")}.",
        CaseFact.ProfileChanged changed => $"What the borrower allows changed: {changed.Change}{(changed.Channel is { } channel ? $", {Words.Name(channel)}" : "")}.",
        _ => null,
    };

    /// <summary>Of a message asked for again: why. Nothing for others.</summary>
    internal static string Again(CaseFact.NotificationRequested requested) => requested is { RetryOf: { } failed, Retry: { } retry }
        ? $"The message of command {failed} did not get through for a reason that passes; it is tried again (retry {retry}). "
        : "";

    private static string Attempted(ContactAttempt attempt)
    {
        var message = $"The message {attempt.Template}{(attempt.Channel is { } channel ? $" by {Words.Name(channel)}" : "")} (command {attempt.CommandId}, attempt {attempt.Number})";
        return Result(attempt, message) + (attempt.Overrides is { Count: > 0 } loosened ? $" Rules the lender loosened took part: {string.Join(", ", loosened)}." : "");
    }

    private static string Result(ContactAttempt attempt, string message) => attempt.Result switch
    {
        ContactResult.Sent => $"{message} was allowed and sent{Sized(attempt)}.",
        ContactResult.Deferred when attempt is { Rule: ContactDecisions.CarrierLater, Code: ContactDecisions.NotArchived } =>
            $"{message} was not handed over: no evidence of it could be kept; it is tried again{(attempt.Until is { } soon ? $" from {Words.Instant(soon)}" : "")} ({attempt.Rule}).",
        ContactResult.Deferred when attempt.Rule == ContactDecisions.CarrierLater =>
            $"{message} was not taken by the carrier{Words.Also(attempt.Code, ": ")}; it is tried again{(attempt.Until is { } again ? $" from {Words.Instant(again)}" : "")} ({attempt.Rule}).",
        ContactResult.Deferred => $"{message} was deferred by {attempt.Rule}{(attempt.Until is { } until ? $" until {Words.Instant(until)}" : "")}{Others(attempt)}.",
        ContactResult.Forbidden when attempt.Rule == ContactDecisions.NoAddress => $"{message} could not be sent: the borrower has no address for any channel of the step ({attempt.Rule}).",
        ContactResult.Forbidden when attempt.Content is { Count: > 0 } rules => $"{message} was not sent: its text breaks {string.Join(", ", rules)}.",
        ContactResult.Forbidden => $"{message} was forbidden by {attempt.Rule}{Others(attempt)} and not sent.",
        ContactResult.Failed => $"{message} failed{Words.Also(attempt.Code, ", code ")}.",
        ContactResult.Unknown => $"{message} may have gone out: the carrier's answer was lost. It counts as sent and is not sent again.",
        _ => $"{message} was dropped before it was sent{Words.Also(attempt.Rule, ": ")}.",
    };

    private static string Sized(ContactAttempt attempt) =>
        attempt is { Channel: Channel.Sms, Segments: { } segments } ? $" in {Words.Count(segments, "segment")}" : "";

    private static string Others(ContactAttempt attempt)
    {
        var others = attempt.Citations.Where(rule => rule != attempt.Rule).ToList();
        return others.Count == 0 ? "" : $" (also blocked by {string.Join(", ", others)})";
    }

    private static string Reported(CaseFact.ContactReported reported)
    {
        var who = reported.Direction == Direction.Inbound ? "from the borrower" : "by a person";
        var with = reported.Recipient is { } recipient and not Recipient.Debtor ? $" with the {Words.Name(recipient)}" : "";
        var persons = reported.Persons is { } count ? $", {Words.Count(count, "person")} present" : "";
        return $"A contact {who}{with} by {Words.Name(reported.Channel)} was reported: {Words.Name(reported.Outcome)}{persons}.";
    }
}

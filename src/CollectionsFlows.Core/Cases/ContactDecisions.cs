using System.Globalization;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Core.Cases;

/// <summary>What follows from a contact that was tried.</summary>
public static class ContactDecisions
{
    /// <summary>The rule id of a contact that could not be made because no address is known (S16, S26).</summary>
    public const string NoAddress = "NO-ADDRESS";

    /// <summary>The rule id of a message whose words are no longer there, or are not those that were accepted.</summary>
    public const string TextGone = "TEXT-GONE";

    /// <summary>The rule id of a message the gate allowed and the carrier had no room for: deferred, not sent.</summary>
    public const string CarrierLater = "CARRIER-LATER";

    /// <summary>The code of a message that waits because no evidence of it could be kept: nothing leaves without.</summary>
    public const string NotArchived = "not-archived";

    /// <summary>An agent wrote. Whether and when it goes out is the gate's, and what it says is judged again then.</summary>
    internal static void Composed(Decision decision, CaseInput input, CaseEvent.MessageComposed composed)
    {
        if (decision.State.ClosedReason is not null && composed.Purpose == Purpose.Collect)
        {
            CaseDecider.Ignore(decision, input, "the case is closed: nothing is asked for any more");
            return;
        }

        decision.Record(new CaseFact.NotificationRequested(
            NoticeNames.AgentMessage, NoticeNames.AgentMessage, composed.Purpose, [composed.Channel], MessageId: input.Id, TextSha256: composed.TextSha256));
    }

    /// <summary>The borrower wrote. An opt-out is confirmed once, by the medium it came in; the gate sees to it that there is never a second one (<c>OPT-OUT</c>).</summary>
    internal static void Replied(Decision decision, CaseEvent.ReplyReceived reply)
    {
        decision.Record(new CaseFact.ReplyReceived(reply.Channel, reply.OptOut, reply.TextSha256));
        RetryDecisions.Answered(decision);
        if (reply.OptOut && reply.Channel is Channel.Sms or Channel.Email && decision.State.ClosedReason is null && !decision.State.Commands.Any(IsConfirmation))
        {
            decision.Record(new CaseFact.NotificationRequested(
                NoticeNames.OptOutConfirmation, NoticeNames.OptOutConfirmation, Purpose.Confirmation, [reply.Channel]));
        }

        bool IsConfirmation(PendingCommand pending) =>
            pending.Command is CaseCommand.SendNotification { Step: NoticeNames.OptOutConfirmation } send && send.Channels.Contains(reply.Channel);
    }

    /// <summary>A contact outside: by telephone, in person.</summary>
    internal static void Reported(Decision decision, CaseEvent.ContactReported made)
    {
        var reported = new CaseFact.ContactReported(made.Channel, made.Direction, made.Outcome, made.Persons, made.Recipient);
        decision.Record(reported);
        if (ContactEvolution.IsAnswer(reported))
        {
            RetryDecisions.Answered(decision);
        }
    }

    internal static void Attempted(Decision decision, CaseInput input, ContactAttempt attempt)
    {
        var pending = decision.State.Commands.FirstOrDefault(command => command.Command is CaseCommand.SendNotification && command.Command.Id == attempt.CommandId);
        if (pending is null && !WentOutAllTheSame(decision.State, attempt))
        {
            CaseDecider.Ignore(decision, input, $"no message {attempt.CommandId} waits for a result");
            return;
        }

        if (attempt.Result == ContactResult.Deferred && attempt.Number < pending!.Attempt)
        {
            CaseDecider.Ignore(decision, input, $"try {attempt.Number} of {attempt.CommandId} is over");
            return;
        }

        var send = pending?.Command as CaseCommand.SendNotification;
        var overtaken = decision.State.Text(attempt.CommandId)?.Report;
        decision.Record(new CaseFact.ContactAttempted(WithEnd(decision, attempt)));
        if (attempt.Result == ContactResult.Deferred && pending!.Command is CaseCommand.SendNotification { Step: NoticeNames.OptOutConfirmation })
        {
            // 47 CFR 64.1200(a)(12): within minutes it is a confirmation, the next morning it is one message too many.
            decision.Record(new CaseFact.NotificationWithdrawn(attempt.CommandId, "an opt-out is confirmed at once or not at all"));
        }

        if (decision.State.ClosedReason is null)
        {
            NotReached(decision, attempt, send, overtaken);
            ReviewText(decision, attempt);
        }

        NoticeDecisions.Attempted(decision, attempt, send?.Retry is not null);
        if (attempt.Result is ContactResult.Sent or ContactResult.Unknown && send is not null && overtaken is { Delivered: false, Code: var code })
        {
            RetryDecisions.Failed(decision, send, code); // The report was faster than the news that it was handed over.
        }
    }

    /// <summary>The carrier's word: a message that did not arrive means an address that may be wrong (S16).</summary>
    internal static void Delivered(Decision decision, CaseInput input, CaseEvent.DeliveryReported report)
    {
        if (!IsOurs(decision.State, report.CommandId))
        {
            CaseDecider.Ignore(decision, input, $"no message {report.CommandId} was ever asked for");
            return;
        }

        var text = decision.State.Text(report.CommandId);
        decision.Record(new CaseFact.DeliveryReported(report.CommandId, report.Delivered, report.Code));
        if (report.Delivered)
        {
            RetryDecisions.Arrived(decision, report.CommandId);
        }
        else if (text is { Report.Delivered: true })
        {
            // It arrived, or what it was sent in place of did: a notice stays served, yet an address that does not work is somebody's work.
            if (!RetryDecisions.IsPassing(report.Code))
            {
                VerifyDetails(decision, "a message did not arrive: verify the details");
            }
        }
        else if (!RetryDecisions.IsPassing(report.Code))
        {
            RetryDecisions.GiveUp(decision, report.CommandId);
        }
        else if (text is { Report: null })
        {
            RetryDecisions.Failed(decision, text.Command, report.Code);
        }
        else if (text is null && !(ContactEvolution.Asked(decision.State, report.CommandId) is { } waiting && RetryDecisions.IsAskedAgain(waiting)))
        {
            RetryDecisions.NotAskedAgain(decision, report.CommandId);
        }
    }

    /// <summary>An address that may be wrong is somebody's work (S16).</summary>
    internal static void VerifyDetails(Decision decision, string why)
    {
        if (decision.State.ClosedReason is null && decision.State.Tasks.All(task => task.Kind != "verify-details"))
        {
            WorkDecisions.Open(decision, "verify-details", WorkOrigin.Ladder, 5, why);
        }
    }

    /// <summary>A message that went out is on the record even when its command was withdrawn meanwhile.</summary>
    private static bool WentOutAllTheSame(CaseState state, ContactAttempt attempt) =>
        attempt.Result is ContactResult.Sent or ContactResult.Unknown && state.WithdrawnCommands.Contains(attempt.CommandId);

    /// <summary>Command ids are <c>{loanId}:{seq}</c>.</summary>
    private static bool IsOurs(CaseState state, string commandId) =>
        commandId.StartsWith($"{state.Terms.LoanId}:", StringComparison.Ordinal)
        && int.TryParse(commandId.AsSpan(state.Terms.LoanId.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
        && sequence >= 1 && sequence <= state.Sequence;

    /// <summary>
    /// A contact deferred to no time, or to one that was over when it was judged, would be tried for ever. One that is over only by the time
    /// its result arrives stays as the gate said it, for that is what it is proven by: the contact is judged anew at once.
    /// </summary>
    private static ContactAttempt WithEnd(Decision decision, ContactAttempt attempt) =>
        attempt.Result == ContactResult.Deferred && !(attempt.Until > (attempt.Judged?.Now ?? decision.Now))
            ? attempt with { Until = decision.Clock.At(decision.Tomorrow, decision.Policy.StepsAt) }
            : attempt;

    private static void NotReached(Decision decision, ContactAttempt attempt, CaseCommand.SendNotification? send, CarrierReport? report)
    {
        var code = attempt.Code ?? (report is { Delivered: false } ? report.Code : null); // A repeated run may have lost what the report says.
        if (attempt is { Result: ContactResult.Failed, Channel: Channel.Sms } && RetryDecisions.IsPassing(code))
        {
            if (send is not null && report is not { Delivered: true })
            {
                RetryDecisions.Failed(decision, send, code, atOnce: true);
            }
        }
        else if (attempt is { Result: ContactResult.Forbidden, Rule: NoAddress } or { Result: ContactResult.Failed })
        {
            VerifyDetails(decision, "the borrower could not be reached: verify the details");
        }
    }

    /// <summary>A text that breaks a rule is somebody's work: it was not sent, and nobody would write it anew by itself.</summary>
    private static void ReviewText(Decision decision, ContactAttempt attempt)
    {
        if (attempt is { Result: ContactResult.Forbidden, Content: { Count: > 0 } rules } && decision.State.Tasks.All(task => task.Kind != "review-message"))
        {
            WorkDecisions.Open(decision, "review-message", WorkOrigin.Case, 3, $"the message {attempt.Template} was not sent: its text breaks {string.Join(", ", rules)}");
        }
    }
}

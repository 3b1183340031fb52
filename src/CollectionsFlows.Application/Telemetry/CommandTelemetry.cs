using System.Diagnostics;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Telemetry;

/// <summary>What is told of commands and of messages handed over.</summary>
internal static class CommandTelemetry
{
    public const string RunActivity = "command.run";
    public const string HandOverActivity = "message.hand-over";
    private const string KindTag = "collections.command.kind";
    private const string OutcomeTag = "collections.command.outcome";

    public static Activity? Start(CaseState state, PendingCommand pending) =>
        EngineTelemetry.Start(RunActivity, state.Terms.LoanId)?
            .SetTag(KindTag, Kind(pending.Command)).SetTag("collections.command.id", pending.Command.Id).SetTag("collections.command.attempt", pending.Attempt);

    public static void Ended(Activity? activity, CaseCommand command, CaseEvent result)
    {
        var outcome = result is CaseEvent.ContactAttempted contact ? StepTelemetry.Word(contact.Attempt.Result) : "archived";
        activity?.SetTag(OutcomeTag, outcome);
        EngineTelemetry.Commands.Add(1, new(KindTag, Kind(command)), new(OutcomeTag, outcome));
    }

    /// <summary>For an exception filter: catches nothing.</summary>
    public static bool Failed(Activity? activity, CaseCommand command, Exception problem)
    {
        EngineTelemetry.Commands.Add(1, new(KindTag, Kind(command)), new(OutcomeTag, "error"), new(EngineTelemetry.ErrorType, problem.GetType().Name));
        return EngineTelemetry.Failed(activity, problem);
    }

    public static Activity? StartHandOver(StoredMessage message) =>
        EngineTelemetry.Start(HandOverActivity, message.LoanId, ActivityKind.Client)?
            .SetTag("collections.command.id", message.CommandId).SetTag("collections.channel", Word(message.Channel));

    /// <summary>The carrier's word. Its code is not told: what a carrier puts into it is not ours to know.</summary>
    public static void HandedOver(Activity? activity, Handover handover) => activity?.SetTag("collections.message.status", Word(handover.Status));

    private static string Kind(CaseCommand command) => command switch
    {
        CaseCommand.SendNotification => "send-notification",
        CaseCommand.ReferToLegal => "refer-to-legal",
        CaseCommand.WriteOff => "write-off",
        _ => "other",
    };

    private static string Word(Channel channel) => channel switch
    {
        Channel.Sms => "sms",
        Channel.Email => "email",
        Channel.Phone => "phone",
        Channel.Visit => "visit",
        _ => "letter",
    };

    private static string Word(MessageStatus status) => status switch
    {
        MessageStatus.Sent => "sent",
        MessageStatus.Delivered => "delivered",
        MessageStatus.Failed => "failed",
        MessageStatus.Unknown => "unknown",
        MessageStatus.Later => "later",
        _ => "reserved",
    };
}

using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>Texts that certainly failed for a reason that passes: the case asks for the same again later, as a new command through the gate.</summary>
/// <remarks>
/// Nothing is ever re-sent blindly: what counts is the carrier's word that the text failed. A demand is asked for again only while nothing has
/// overtaken it: <see cref="SentTextEvolution"/> forgets the text when something has, and what withdraws demands withdraws the new one too.
/// </remarks>
internal static class RetryDecisions
{
    /// <summary>Twice: a telephone that was off yesterday and today is no passing reason any more.</summary>
    public const int MostRetries = 2;

    /// <summary>Unreachable: the telephone is off or has no reception; by then it may be on again, and the day's text is still the day's.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromHours(4);

    /// <summary>The same time of another day: what stood in the way in these hours may not do so then.</summary>
    private static readonly TimeSpan SecondWait = TimeSpan.FromHours(24);

    /// <summary>regulation.md, "SMS provider": 4006 unreachable, 4008 rate, 5001 and 5002 temporary. Not 4004, 4005 and 4007: those numbers stay as they are.</summary>
    public static bool IsPassing(string? code) => code is "4006" or "4008" or "5001" or "5002";

    /// <summary>What would be asked for again: demands and the notices the law wants. Care is no duty, an opt-out is confirmed at once or not at all, and what a person wrote is a person's to repeat.</summary>
    public static bool IsAskedAgain(CaseCommand.SendNotification send) =>
        send.Purpose is Purpose.Collect or Purpose.Notice && send.Step != NoticeNames.AgentMessage;

    /// <summary>A text certainly failed: it is asked for again when its reason passes and nothing has overtaken it. After the last try people verify the details.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="send">What asked for it.</param>
    /// <param name="code">The carrier's.</param>
    /// <param name="atOnce">The carrier did not even take it: nobody was tried to be reached.</param>
    public static void Failed(Decision decision, CaseCommand.SendNotification send, string? code, bool atOnce = false)
    {
        if (!IsPassing(code) || send.Retry >= MostRetries)
        {
            GiveUp(decision, send.Id);
        }
        else if (IsAskedAgain(send) && StillStands(decision, send))
        {
            var retry = (send.Retry ?? 0) + 1;
            var notice = NoticeOf(decision.State, send);
            decision.Record(new CaseFact.NotificationRequested(
                send.Step, send.Template, send.Purpose, send.Channels, send.PromiseId, decision.Now + (retry == 1 ? FirstWait : SecondWait),
                notice?.Rule, notice?.Reference, notice?.DueOn, RetryOf: send.Id, Retry: retry, FirstOf: send.FirstOf ?? send.RetryOf,
                Untried: atOnce && (send.Retry is null || send.Untried == true) ? true : null));
        }
        else
        {
            NotAskedAgain(decision, send.Id);
        }
    }

    /// <summary>A message did not arrive, and nothing is asked for again by itself.</summary>
    public static void GiveUp(Decision decision, string commandId)
    {
        ContactDecisions.VerifyDetails(decision, "a message did not arrive: verify the details");
        NoticeDecisions.Returned(decision, commandId, "the notice did not arrive");
    }

    /// <summary>A message did not arrive for a passing reason and is not asked for again: somebody is told, unless something newer is on its way.</summary>
    public static void NotAskedAgain(Decision decision, string commandId)
    {
        NoticeDecisions.Returned(decision, commandId, "the notice did not arrive");
        var number = SentTextEvolution.SequenceOf(commandId);
        var state = decision.State;
        if (!state.Commands.Any(pending => IsNewer(pending.Command)) && state.Texts?.Any(text => IsNewer(text.Command)) != true)
        {
            ContactDecisions.VerifyDetails(decision, "a message did not arrive: verify the details");
        }

        bool IsNewer(CaseCommand command) => command is CaseCommand.SendNotification send && SentTextEvolution.SequenceOf(send.Id) > number
            && (send.IsInPlaceOf(commandId) || send is { Purpose: Purpose.Collect, Step: not NoticeNames.AgentMessage });
    }

    /// <summary>A message arrived: what was to be sent in its place is not, and a notice keeps its day.</summary>
    public static void Arrived(Decision decision, string commandId)
    {
        foreach (var pending in decision.State.Commands)
        {
            if (pending.Command is CaseCommand.SendNotification send && send.IsInPlaceOf(commandId))
            {
                decision.Record(new CaseFact.NotificationWithdrawn(send.Id, "the message arrived after all"));
            }
        }
    }

    /// <summary>A step that goes further takes the place of a demand that is to be asked for again.</summary>
    public static void Overtaken(Decision decision, LadderStep step) =>
        DelinquencyDecisions.Withdraw(decision, send => send is { Retry: not null, Purpose: Purpose.Collect }, $"step {step.Id} goes further");

    /// <summary>Who answered knows of the demand: no machine repeats it.</summary>
    public static void Answered(Decision decision) =>
        DelinquencyDecisions.Withdraw(decision, send => send is { Retry: not null, Purpose: Purpose.Collect }, "the borrower answered");

    private static bool StillStands(Decision decision, CaseCommand.SendNotification send)
    {
        var state = decision.State;
        if (state.ClosedReason is not null || state.WrittenOffOn is not null)
        {
            return false;
        }

        return send.Purpose == Purpose.Notice
            ? NoticeOf(state, send) is not null && state.Tracks.All(track => ExceptionTracks.SparesNotices(track.Track))
            : state.Delinquency is not null && !LadderTimers.IsSuspended(state) && !state.Commands.Any(IsDemand) && !LadderDecisions.IsBehind(decision, send.Step);
    }

    /// <summary>Whether another demand is on its way: it says what is owed by then.</summary>
    private static bool IsDemand(PendingCommand pending) =>
        pending.Command is CaseCommand.SendNotification { Purpose: Purpose.Collect, Step: not NoticeNames.AgentMessage };

    private static NoticeRecord? NoticeOf(CaseState state, CaseCommand.SendNotification send) =>
        state.AllNotices().FirstOrDefault(notice => notice.CommandId == send.Id);
}

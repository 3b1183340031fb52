using System.Globalization;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Notices;

namespace CollectionsFlows.Core.Cases;

/// <summary>Folds which texts would be asked for again if the carrier said now that they failed.</summary>
/// <remarks>Of demands that is the last one at most, and none once it is overtaken: then a late report finds nothing, and so does one that comes twice.</remarks>
internal static class SentTextEvolution
{
    /// <summary>The state with what the fact means for texts.</summary>
    /// <param name="before">Before the fact: its commands.</param>
    /// <param name="after">With everything else the fact says.</param>
    /// <param name="fact">The fact.</param>
    public static CaseState Apply(CaseState before, CaseState after, CaseFact fact) => fact switch
    {
        CaseFact.ContactAttempted attempted => Attempted(before, after, attempted.Attempt),
        CaseFact.DeliveryReported reported => Reported(after, reported),
        _ when after.Texts is null => after,
        CaseFact.NotificationWithdrawn withdrawn => Without(after, send => send.Id == withdrawn.CommandId),
        CaseFact.NotificationRequested { Purpose: Purpose.Collect, Step: not NoticeNames.AgentMessage } => WithoutDemands(after), // It says more, or says it anew.
        CaseFact.StageEntered or CaseFact.DelinquencyCured or CaseFact.PromiseMade or CaseFact.PlanAccepted or CaseFact.ReplyReceived => WithoutDemands(after),
        CaseFact.ContactReported made when ContactEvolution.IsAnswer(made) => WithoutDemands(after),
        CaseFact.TrackStarted started when ExceptionTracks.StopsLadder(started.Track) => WithoutDemands(after),
        CaseFact.NoticeMissed missed when missed.Stops.Contains(NoticeStop.Collection) => WithoutDemands(after),
        CaseFact.DelinquencyMoved moved => Without(after, send => moved.StepsOpenAgain.Contains(send.Step)),
        CaseFact.NoticeLapsed lapsed => Without(after, send => send.Id == before.Notice(lapsed.Rule, lapsed.Reference)?.CommandId),
        CaseFact.CaseClosed or CaseFact.WrittenOff => after with { Texts = null },
        _ => after,
    };

    private static CaseState Attempted(CaseState before, CaseState after, ContactAttempt attempt)
    {
        if (attempt.Result == ContactResult.Deferred)
        {
            return after;
        }

        var wentOut = attempt.Result is ContactResult.Sent or ContactResult.Unknown;
        var known = before.Text(attempt.CommandId);
        if (wentOut && known is { Report.Delivered: true })
        {
            return after;
        }

        var others = Without(after, send => send.Id == attempt.CommandId);
        return known is null && wentOut && attempt.Channel == Channel.Sms
            && ContactEvolution.Asked(before, attempt.CommandId) is { } send && RetryDecisions.IsAskedAgain(send) ? With(others, send) : others;
    }

    /// <summary>
    /// The report of a text whose handing over is not on record yet waits for that. Reports come in any order: what was delivered once was delivered,
    /// and with it whatever was sent in its place.
    /// </summary>
    private static CaseState Reported(CaseState state, CaseFact.DeliveryReported reported)
    {
        var known = state.Text(reported.CommandId);
        if (known?.Report is { Delivered: true })
        {
            return state;
        }

        var waiting = ContactEvolution.Asked(state, reported.CommandId);
        var others = Without(reported.Delivered ? WithArrived(state, reported.CommandId) : state, send => send.Id == reported.CommandId);
        return (waiting ?? (reported.Delivered ? known?.Command : null)) is { } send && RetryDecisions.IsAskedAgain(send)
            ? others with { Texts = [.. others.Texts ?? [], new SentText(send, new CarrierReport(reported.Delivered, reported.Code))] }
            : others;
    }

    private static CaseState WithArrived(CaseState state, string commandId) => state.Texts?.Any(text => text.Command.IsInPlaceOf(commandId)) == true
        ? state with
        {
            Texts = [.. state.Texts.Select(text => text.Command.IsInPlaceOf(commandId) ? text with { Report = new CarrierReport(Delivered: true) } : text)],
        }
        : state;

    /// <summary>Of demands only the one asked for last.</summary>
    private static CaseState With(CaseState state, CaseCommand.SendNotification send)
    {
        if (send.Purpose != Purpose.Collect)
        {
            return state with { Texts = [.. state.Texts ?? [], new SentText(send)] };
        }

        if ((state.Texts ?? []).Any(text => text.Command.Purpose == Purpose.Collect && SequenceOf(text.Command.Id) > SequenceOf(send.Id)))
        {
            return state;
        }

        var others = WithoutDemands(state);
        return others with { Texts = [.. others.Texts ?? [], new SentText(send)] };
    }

    /// <summary>Command ids are <c>{loanId}:{seq}</c>.</summary>
    internal static int SequenceOf(string commandId) => int.Parse(commandId.AsSpan(commandId.LastIndexOf(':') + 1), CultureInfo.InvariantCulture);

    private static CaseState WithoutDemands(CaseState state) => Without(state, send => send.Purpose == Purpose.Collect);

    /// <summary>None left is null, as if there had never been one.</summary>
    private static CaseState Without(CaseState state, Func<CaseCommand.SendNotification, bool> which)
    {
        if (state.Texts is not { } texts)
        {
            return state;
        }

        var left = texts.Where(text => !which(text.Command)).ToList();
        return left.Count == texts.Count ? state : state with { Texts = left.Count == 0 ? null : left };
    }
}

using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Core.Cases;

/// <summary>Folds contacts and answers.</summary>
internal static class ContactEvolution
{
    /// <summary>The state with the fact; null when the fact is about something else.</summary>
    public static CaseState? Apply(CaseState state, RecordedFact recorded) => recorded.Fact switch
    {
        CaseFact.ContactAttempted attempted => Attempted(state, attempted.Attempt, recorded.At),
        CaseFact.DeliveryReported => state,
        CaseFact.ContactReported { Recipient: Recipient.ThirdParty } => state, // Somebody else was asked where the borrower is: the borrower was neither tried nor heard of.
        CaseFact.ContactReported made when IsAnswer(made) => Answered(Contacted(state, made.Direction, recorded.At), recorded.At),
        CaseFact.ContactReported { Outcome: ContactOutcome.WrongParty or ContactOutcome.NotInService or ContactOutcome.Failed } => state,
        CaseFact.ContactReported made => Contacted(state, made.Direction, recorded.At),
        CaseFact.ReplyReceived => Answered(state, recorded.At),
        _ => null,
    };

    /// <summary>Whether the borrower spoke: "no" is an answer too; that of somebody else is none.</summary>
    public static bool IsAnswer(CaseFact.ContactReported made) =>
        made is { Outcome: ContactOutcome.Conversation or ContactOutcome.Refused } and not { Recipient: Recipient.ThirdParty };

    /// <summary>A sign of life: the count of tries begins anew.</summary>
    public static CaseState Answered(CaseState state, DateTimeOffset at) => state with
    {
        LastAnswerAt = state.LastAnswerAt is { } known && known > at ? known : at,
        TriesWithoutAnswer = 0,
    };

    private static CaseState Attempted(CaseState state, ContactAttempt attempt, DateTimeOffset at) => attempt.Result switch
    {
        ContactResult.Sent or ContactResult.Unknown => LadderEvolution.Done(HandedOver(state, attempt, at), attempt.CommandId) with
        {
            ContactsSent = state.ContactsSent + 1,
            WithdrawnCommands = state.WithdrawnCommands.Contains(attempt.CommandId)
                ? [.. state.WithdrawnCommands.Where(id => id != attempt.CommandId)]
                : state.WithdrawnCommands,
        },
        ContactResult.Deferred => state with
        {
            Commands =
            [
                .. state.Commands.Select(pending => pending.Command.Id == attempt.CommandId
                    ? pending with { Attempt = attempt.Number + 1, NotBefore = attempt.Until }
                    : pending),
            ],
        },
        _ => LadderEvolution.Done(state, attempt.CommandId),
    };

    /// <summary>
    /// A confirmation of an opt-out asks for no answer: it is no try to reach somebody. A text asked for again is the same try once more: conditions
    /// that count tries do not come sooner because a telephone was off; unless the carrier had refused it at once: then it is the first try.
    /// </summary>
    private static CaseState HandedOver(CaseState state, ContactAttempt attempt, DateTimeOffset at) => Asked(state, attempt.CommandId) switch
    {
        { Purpose: Purpose.Confirmation } => state,
        { Retry: not null, Untried: not true } => Contacted(state, Direction.Outbound, at) with { TriesWithoutAnswer = state.TriesWithoutAnswer },
        _ => Contacted(state, Direction.Outbound, at),
    };

    /// <summary>The message that a command still waiting asks for.</summary>
    internal static CaseCommand.SendNotification? Asked(CaseState state, string commandId)
    {
        foreach (var pending in state.Commands)
        {
            if (pending.Command.Id == commandId)
            {
                return pending.Command as CaseCommand.SendNotification;
            }
        }

        return null;
    }

    private static CaseState Contacted(CaseState state, Direction direction, DateTimeOffset at) => state with
    {
        FirstContactAt = state.FirstContactAt ?? at,
        LastContactAt = at,
        TriesWithoutAnswer = state.TriesWithoutAnswer + (direction == Direction.Outbound ? 1 : 0),
    };
}

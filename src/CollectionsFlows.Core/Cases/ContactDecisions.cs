namespace CollectionsFlows.Core.Cases;

/// <summary>What follows from a contact that was tried.</summary>
public static class ContactDecisions
{
    /// <summary>The rule id of a contact that could not be made because no address is known (S16, S26).</summary>
    public const string NoAddress = "NO-ADDRESS";

    internal static void Attempted(Decision decision, CaseInput input, ContactAttempt attempt)
    {
        var isPending = decision.State.Commands.Any(pending => pending.Command.Id == attempt.CommandId);
        if (!isPending && attempt.Result is not (ContactResult.Sent or ContactResult.Unknown))
        {
            CaseDecider.Ignore(decision, input, $"no command {attempt.CommandId} waits for a result");
            return;
        }

        // A message that went out is on the record even when its command was withdrawn meanwhile.
        decision.Record(new CaseFact.ContactAttempted(attempt));
        if (attempt is { Result: ContactResult.Forbidden, Rule: NoAddress } or { Result: ContactResult.Failed }
            && decision.State.Tasks.All(task => task.Kind != "verify-details"))
        {
            WorkDecisions.Open(decision, "verify-details", WorkOrigin.Ladder, 5, "the borrower could not be reached: verify the details");
        }
    }
}

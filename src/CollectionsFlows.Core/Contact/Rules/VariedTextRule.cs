namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// Never the same SMS text twice running to one borrower (S14): the newest text sent, over all loans, counts. Waiting does not help,
/// another wording does.
/// </summary>
public sealed record VariedTextRule : ContactRule
{
    public override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t)
    {
        if (subject.Request is not { Channel: Channel.Sms, TextSha256: { } text })
            return t;
        PastContact? newest = null;
        for (var i = 0; i < subject.History.Length; i++)
        {
            var past = subject.History[i];
            if (past.Channel != Channel.Sms || past.Direction != Direction.Outbound || past.Outcome == ContactOutcome.Failed)
                continue;
            // Two of one instant have no order: either may have been the last.
            if (newest is null || past.At > newest.At || (past.At == newest.At && past.TextSha256 == text))
                newest = past;
        }

        return newest?.TextSha256 == text ? null : t;
    }
}

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// No call about a debt for some local days after a telephone conversation about it, whoever began it; the day of the conversation is the first
/// (<c>US-REGF-7AFTER</c>: spoken to on the 14th, next call on the 21st). Calls the consumer asked for since are not bound.
/// </summary>
public sealed record QuietAfterConversationRule : ContactRule
{
    public required int Days { get; init; }

    /// <summary>For how many local days a call may be made because the consumer asked for it, the day of asking included; 0: never.</summary>
    public int RequestedDays { get; init; }

    public override string? Fault => Days is < 0 or > CountingRule.LongestWindow ? $"expected 'days' of 0 to {CountingRule.LongestWindow}" : null;

    protected override bool Tightens(ContactRule other) =>
        other is QuietAfterConversationRule quiet && Days >= quiet.Days && RequestedDays <= quiet.RequestedDays;

    public override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t)
    {
        if (subject.Request.Channel != Channel.Phone)
            return t;
        DateTimeOffset? newest = null;
        for (var i = 0; i < subject.History.Length; i++)
            if (subject.History[i] is { Channel: Channel.Phone, Outcome: ContactOutcome.Conversation } past && past.IsAbout(subject.Request.DebtId) && !(past.At <= newest))
                newest = past.At;
        if (newest is not { } spoken || spoken.AddDays(Days + 2) < t)
            return t; // No local day is longer than the two days' slack.
        var free = new CountingWindow(WindowUnit.LocalDays, Days).End(subject, spoken).ToUniversalTime();
        if (free <= t)
            return t;
        return RequestedCalls.Next(subject, t, RequestedDays) is { } asked && asked < free ? asked : free;
    }
}

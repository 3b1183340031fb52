namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// At most so many calls about one debt in a window (<c>US-REGF-7IN7</c>). Counts outbound calls placed: unanswered ones and voicemails too;
/// not busy, not in service, wrong party or certainly not made; never texts or e-mails. An unanswered call about several debts counts to the
/// first it names, any other call to each. Calls the consumer asked for neither count nor are bound.
/// </summary>
public sealed record CallsPerDebtRule : CountingRule
{
    /// <summary>For how many local days a call may be made because the consumer asked for it, the day of asking included; 0: never.</summary>
    public int RequestedDays { get; init; }

    protected override bool Tightens(ContactRule other) => base.Tightens(other) && other is CallsPerDebtRule calls && RequestedDays <= calls.RequestedDays;

    protected override bool Applies(in ContactSubject subject) => subject.Request.Channel == Channel.Phone;

    protected override bool Counts(in ContactSubject subject, PastContact past)
    {
        if (past.Channel != Channel.Phone || past.Direction != Direction.Outbound
            || past.Outcome is ContactOutcome.Busy or ContactOutcome.NotInService or ContactOutcome.WrongParty or ContactOutcome.Failed)
            return false;
        var counted = past.Outcome == ContactOutcome.NoAnswer && past.DebtIds.Count > 0
            ? past.DebtIds[0] == subject.Request.DebtId
            : past.IsAbout(subject.Request.DebtId);
        return counted && !RequestedCalls.WasRequested(subject, past, RequestedDays);
    }

    protected override DateTimeOffset? NextExempt(in ContactSubject subject, DateTimeOffset t) => RequestedCalls.Next(subject, t, RequestedDays);
}

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// An e-mail only to an address the consumer used or consented to; or, outside work, one the creditor announced with time to opt out, or one
/// the immediately prior collector used (<c>US-REGF-EMAIL</c>). It counts nothing.
/// </summary>
public sealed record EmailPermissionRule : ContactRule
{
    /// <summary>The flag that records the creditor's notice, from the instant it was sent; of unknown start: long enough ago.</summary>
    public required string NoticeFlag { get; init; }

    /// <summary>Days the consumer has to opt out after the notice: times of 24 hours.</summary>
    public required int NoticeDays { get; init; }

    /// <summary>The flag that records that the immediately prior collector lawfully used the address.</summary>
    public required string PriorCollectorFlag { get; init; }

    public override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t)
    {
        if (subject.Request.Channel != Channel.Email)
            return t;
        var first = Permissions.First(subject, t);
        if (first == t || subject.Request.Place == Place.Work)
            return first;
        var flags = subject.Profile.Flags;
        for (var i = 0; i < flags.Count; i++)
            if (flags[i].IsAbout(subject.Request.Address) && Opens(flags[i], subject.Request.DebtId, t) is { } opens && !(opens >= first))
                first = opens;
        return first?.ToUniversalTime();
    }

    private DateTimeOffset? Opens(ProfileFlag flag, string debtId, DateTimeOffset t)
    {
        if (flag.Name != NoticeFlag && flag.Name != PriorCollectorFlag)
            return null;
        var from = flag.Name == NoticeFlag && flag.From > DateTimeOffset.MinValue ? flag.From.AddDays(NoticeDays) : flag.From;
        var opens = from > t ? from : t;
        return flag.IsActive(debtId, opens) ? opens : null;
    }
}

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// A text only where the consumer texted from the number or consented to texts, and within the past days texted again, renewed the consent,
/// or the number was checked clean against the reassigned-numbers database (<c>US-REGF-SMS-60</c>). It counts nothing.
/// </summary>
public sealed record TextPermissionRule : ContactRule
{
    /// <summary>How long a text, a consent or a check stays fresh: times of 24 hours, the last instant inside.</summary>
    public required int FreshDays { get; init; }

    /// <summary>The flag that records a clean check, from the instant of the check; a flag of unknown start is taken as fresh.</summary>
    public required string CheckedFlag { get; init; }

    public override string? Fault => FreshDays < 0 ? "expected 'freshDays' of 0 or more" : null;

    protected override bool Tightens(ContactRule other) => other is TextPermissionRule text && FreshDays <= text.FreshDays && CheckedFlag == text.CheckedFlag;

    public override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t)
    {
        if (subject.Request.Channel != Channel.Sms)
            return t;
        if (Permissions.Newest(subject, t) is { } newest)
        {
            if (t <= newest.AddDays(FreshDays) || IsChecked(subject, t))
                return t;
            return Earlier(Permissions.Next(subject, t), NextCheck(subject, t));
        }

        // A check alone permits nothing: first comes a text or a consent, which is fresh itself.
        return Permissions.Next(subject, t)?.ToUniversalTime();
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other?.ToUniversalTime() : one.Value.ToUniversalTime();

    private bool IsChecked(in ContactSubject subject, DateTimeOffset t)
    {
        var flags = subject.Profile.Flags;
        for (var i = 0; i < flags.Count; i++)
            if (flags[i].Name == CheckedFlag && flags[i].IsAbout(subject.Request.Address) && flags[i].IsActive(subject.Request.DebtId, t)
                && (flags[i].From == DateTimeOffset.MinValue || t <= flags[i].From.AddDays(FreshDays)))
                return true;
        return false;
    }

    private DateTimeOffset? NextCheck(in ContactSubject subject, DateTimeOffset t)
    {
        DateTimeOffset? next = null;
        var flags = subject.Profile.Flags;
        for (var i = 0; i < flags.Count; i++)
            if (flags[i].Name == CheckedFlag && flags[i].From > t && flags[i].IsAbout(subject.Request.Address) && flags[i].IsActive(subject.Request.DebtId, flags[i].From) && !(flags[i].From >= next))
                next = flags[i].From;
        return next;
    }
}

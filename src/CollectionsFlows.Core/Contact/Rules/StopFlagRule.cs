namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// A circumstance of the borrower that stops contact while it lasts: from the flag's instant, to its end if one is known. It counts nothing.
/// </summary>
public sealed record StopFlagRule : ContactRule
{
    /// <summary>The flag's name, as in the contract's case file.</summary>
    public required string Flag { get; init; }

    /// <summary>How long the circumstance lasts where the flag names no end, in times of 24 hours from its start; null: until lifted.</summary>
    public int? Days { get; init; }

    /// <summary>What may still be said, e.g. a confirmation or a notice the law demands.</summary>
    public IReadOnlyList<Purpose> Spares { get; init => field = value ?? []; } = [];

    /// <summary>Who may still be spoken to, e.g. the attorney.</summary>
    public IReadOnlyList<Recipient> SparesRecipients { get; init => field = value ?? []; } = [];

    /// <summary>The media stopped; left out: all.</summary>
    public IReadOnlyList<Channel>? Channels { get; init; }

    /// <summary>The places stopped; left out: all, known or not.</summary>
    public IReadOnlyList<Place>? Places { get; init; }

    public override string? Fault => Days < 0 ? "expected 'days' of 0 or more" : null;

    public override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t)
    {
        var flags = subject.Profile.Flags;
        if (flags.Count == 0 || !Applies(subject.Request))
            return t;
        for (var i = 0; i < flags.Count; i++)
        {
            var flag = flags[i];
            if (flag.Name != Flag || !(flag with { Until = End(flag) }).IsActive(subject.Request.DebtId, t))
                continue;
            if (End(flag) is not { } end)
                return null;
            (t, i) = (end.ToUniversalTime(), -1); // Another flag of the name may hold by then: start over.
        }

        return t;
    }

    // A flag of unknown start (the beginning of time) has no known end either.
    private DateTimeOffset? End(ProfileFlag flag) =>
        flag.Until ?? (Days is { } days && flag.From > DateTimeOffset.MinValue ? flag.From.AddDays(days) : null);

    private bool Applies(ContactRequest request) =>
        !Names(Spares, request.Purpose) && !Names(SparesRecipients, request.Recipient) && Names(Channels, request.Channel) && Names(Places, request.Place);
}

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// A circumstance of the borrower that stops contact while it lasts: from the flag's instant, to its end if one is known. It counts nothing.
/// </summary>
public sealed record StopFlagRule : ContactRule
{
    /// <summary>The flag's name, as in the contract's case file.</summary>
    public required string Flag { get; init; }

    /// <summary>What may still be said, e.g. a confirmation or a notice the law demands.</summary>
    public IReadOnlyList<Purpose> Spares { get; init => field = value ?? []; } = [];

    /// <summary>The media stopped; left out: all.</summary>
    public IReadOnlyList<Channel>? Channels { get; init; }

    /// <summary>The places stopped; left out: all, known or not.</summary>
    public IReadOnlyList<Place>? Places { get; init; }

    public override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t)
    {
        var request = subject.Request;
        if (Names(Spares, request.Purpose) || !Names(Channels, request.Channel) || !Names(Places, request.Place))
            return t;
        return subject.Profile.FreeOf(Flag, request.DebtId, t);
    }
}

using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>Whose contacts a limit counts together.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<CountedPer>))]
public enum CountedPer
{
    /// <summary>All of the borrower's, over every debt.</summary>
    Borrower,

    /// <summary>Those about the same debt; a contact about unknown debts counts for each.</summary>
    Debt,

    /// <summary>Those to the same number or address; an unknown one counts for each.</summary>
    Address,
}

/// <summary>
/// At most so many outbound contacts in a window: counts those of the listed media, places and outcomes, per borrower, debt or address, by
/// whomever they were made. A contact to a wrong party, or certainly not made, never counts unless its outcome is listed.
/// </summary>
public sealed record ContactLimitRule : CountingRule
{
    public required CountedPer Per { get; init; }

    /// <summary>The media bound and counted.</summary>
    public required IReadOnlyList<Channel> Channels { get; init; }

    /// <summary>The outcomes that count. What is unknown, or handed to the carrier with no answer yet, belongs in nearly every list.</summary>
    public required IReadOnlyList<ContactOutcome> Outcomes { get; init; }

    /// <summary>The places bound and counted; left out: all. A past contact at an unknown place always counts.</summary>
    public IReadOnlyList<Place>? Places { get; init; }

    /// <summary>Whether a contact at an unknown place is bound where <see cref="Places"/> are listed.</summary>
    public bool BindsUnknownPlace { get; init; }

    /// <summary>What may be said beyond the limit.</summary>
    public IReadOnlyList<Purpose> Spares { get; init => field = value ?? []; } = [];

    protected override bool Tightens(ContactRule other) =>
        base.Tightens(other) && other is ContactLimitRule limit && (Per == limit.Per || Per == CountedPer.Borrower)
        && Widens(Channels, limit.Channels) && Widens(Outcomes, limit.Outcomes) && Widens(Places, limit.Places)
        && (BindsUnknownPlace || !limit.BindsUnknownPlace || Places is null) && Widens(limit.Spares, Spares);

    protected override bool Applies(in ContactSubject subject)
    {
        var request = subject.Request;
        return Names(Channels, request.Channel) && !Names(Spares, request.Purpose)
            && (Names(Places, request.Place) || (BindsUnknownPlace && request.Place is null));
    }

    protected override bool Counts(in ContactSubject subject, PastContact past) =>
        past.Direction == Direction.Outbound && Names(Channels, past.Channel) && Names(Outcomes, past.Outcome)
        && (past.Place is null || Names(Places, past.Place)) && IsSame(subject.Request, past);

    private bool IsSame(ContactRequest request, PastContact past) => Per switch
    {
        CountedPer.Debt => past.IsAbout(request.DebtId),
        CountedPer.Address => past.Address is null || request.Address is null || past.Address == request.Address,
        _ => true,
    };
}

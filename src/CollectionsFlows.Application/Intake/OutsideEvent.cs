using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Intake;

/// <summary>An event as received and understood: what the case may know, and what belongs to the borrower.</summary>
public sealed record OutsideEvent
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string LoanId { get; init; }

    /// <summary>The contract's type, e.g. <c>payment.posted</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The event without personal data: it goes into the inbox.</summary>
    public required CaseEvent Event { get; init; }

    /// <summary>What it changes in the borrower's profile, ledger and texts; null when nothing. Applied before the inbox, once per event id.</summary>
    public BorrowerEffect? Borrower { get; init; }

    /// <summary>SHA-256 of the event's canonical body, lower-case hex.</summary>
    public required string BodySha256 { get; init; }
}

/// <summary>What an event changes for the borrower. Personal data (addresses, texts).</summary>
public sealed record BorrowerEffect
{
    /// <summary>The event's own words (a reply, a dispute, an attorney's address).</summary>
    public string? Text { get; init; }

    /// <summary>A number or address the event names, as sent; null: the borrower's only or every address of the channel.</summary>
    public string? Address { get; init; }

    public Channel? Channel { get; init; }

    /// <summary>Set or lifted flags, e.g. <c>cease</c>.</summary>
    public IReadOnlyList<ProfileFlag> FlagsSet { get; init; } = [];

    public IReadOnlyList<string> FlagsLifted { get; init; } = [];

    public bool OptsOut { get; init; }

    public bool Consents { get; init; }

    /// <summary>The new preferences; null: unchanged.</summary>
    public IReadOnlyList<BlockedTime>? Preferences { get; init; }

    /// <summary>A contact somebody made, for the ledger; null: none.</summary>
    public PastContact? Contact { get; init; }
}

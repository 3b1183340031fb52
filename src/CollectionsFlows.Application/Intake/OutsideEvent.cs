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

    /// <summary>Where <see cref="Address"/> reaches the borrower; null: nothing is said of it.</summary>
    public Place? Place { get; init; }

    /// <summary>Set or lifted flags, e.g. <c>cease</c>.</summary>
    public IReadOnlyList<ProfileFlag> FlagsSet { get; init; } = [];

    public IReadOnlyList<string> FlagsLifted { get; init; } = [];

    /// <summary>When they end; null: with the event.</summary>
    public DateTimeOffset? LiftedAt { get; init; }

    /// <summary>What the set or lifted flags belong to, where one loan can have several (a complaint's id).</summary>
    public string? Reference { get; init; }

    public bool OptsOut { get; init; }

    public bool Consents { get; init; }

    /// <summary>The new preferences; null: unchanged.</summary>
    public IReadOnlyList<BlockedTime>? Preferences { get; init; }

    /// <summary>A contact somebody made, for the ledger; null: none.</summary>
    public PastContact? Contact { get; init; }

    /// <summary>What the carrier said of a message; null: nothing.</summary>
    public MessageDelivery? Delivery { get; init; }

    /// <summary>New details of the borrower (<c>loan.updated</c>), addresses without keys; null: none.</summary>
    public BorrowerDetails? Details { get; init; }

    /// <summary>Whose <see cref="Details"/> these are, as the sender says.</summary>
    public string? DetailsOf { get; init; }
}

/// <summary>The carrier's word on a message.</summary>
/// <param name="CommandId">The message.</param>
/// <param name="Delivered">Delivered or failed.</param>
/// <param name="OptedOut">Whether the carrier refuses it because the borrower opted out there (code 4007: mark, never retry).</param>
/// <param name="Blocked">Whether the carrier delivers nothing to the number (code 4005).</param>
public sealed record MessageDelivery(string CommandId, bool Delivered, bool OptedOut, bool Blocked = false);

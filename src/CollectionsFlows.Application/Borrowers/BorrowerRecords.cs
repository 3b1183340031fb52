using System.Text.Json.Serialization;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Borrowers;

/// <summary>A borrower as loaded.</summary>
/// <param name="BorrowerId">The lender's id.</param>
/// <param name="Version">Grows by one with each change.</param>
/// <param name="Details">Who it is; null after erasure.</param>
/// <param name="Profile">What decides contacts.</param>
/// <param name="Ledger">Contacts of all loans, by time.</param>
/// <param name="AppliedEvents">Ids of events that have already changed this borrower.</param>
public sealed record BorrowerRecord(
    string BorrowerId, int Version, BorrowerDetails? Details, ContactProfile Profile, IReadOnlyList<LedgerEntry> Ledger, IReadOnlySet<string> AppliedEvents);

/// <summary>Who a borrower is. Personal data.</summary>
public sealed record BorrowerDetails
{
    public required string Name { get; init; }

    /// <summary>BCP 47; null: the policy's language.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<BorrowerAddress> Addresses { get; init => field = value ?? []; } = [];

    /// <summary>What else the lender sent about the borrower (extra columns that are no risk inputs).</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init => field = value ?? NoAttributes; } = NoAttributes;

    /// <summary>
    /// The IANA zones each of the borrower's loans was sent with, by loan; null: none noted. Where they conflict every one is plausible, for every
    /// loan (comment 6(b)(1)(i)-2): clocks are the borrower's, not the loan's.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? LoanZones { get; init; }

    private static IReadOnlyDictionary<string, string> NoAttributes { get; } = System.Collections.Frozen.FrozenDictionary<string, string>.Empty;
}

/// <summary>A number or address. Personal data.</summary>
/// <param name="Key">Opaque: a keyed hash of the value, the only form of it that leaves the borrower store.</param>
/// <param name="Channel"><see cref="Channel.Sms"/> for phones (they take calls too), <see cref="Channel.Email"/>, <see cref="Channel.Letter"/>.</param>
/// <param name="Value">E.164, an e-mail address, or a postal address.</param>
/// <param name="Place">Where it reaches the borrower.</param>
public sealed record BorrowerAddress(string Key, Channel Channel, string Value, Place? Place = null);

/// <summary>A contact in the ledger: reserved before it is made, settled after.</summary>
/// <param name="Id">The command id, or the id of the event that reported it.</param>
/// <param name="Contact">What the gate counts.</param>
public sealed record LedgerEntry(string Id, PastContact Contact);

/// <summary>Where a message stands.</summary>
public enum MessageStatus
{
    /// <summary>Intent: counted in the ledger, about to be handed over.</summary>
    Reserved,
    Sent,
    Delivered,
    Failed,

    /// <summary>Ambiguous; the delivery report will tell.</summary>
    Unknown,

    /// <summary>The carrier had no room and certainly did not take it: the reservation is given back, and the command's next try writes it anew.</summary>
    Later,
}

/// <summary>A message to a borrower, as rendered. Address, subject and text are personal data.</summary>
public sealed record StoredMessage(
    string CommandId, string LoanId, string BorrowerId, DateTimeOffset At, Channel Channel, string Address, string? Subject, string Text,
    string TextSha256, string Template, string Language, int Wording, int Segments, MessageStatus Status)
{
    /// <summary>The attempt as it will be reported when it succeeds: the intent, so that a repetition after a crash reports the same.</summary>
    public ContactAttempt? Attempt { get; init; }
}

/// <summary>Words that came with an event (a reply, a dispute, an attorney's address). Personal data.</summary>
public sealed record StoredText(string EventId, string LoanId, DateTimeOffset At, string Kind, string Text);

/// <summary>A change of one borrower, written at once. Null and empty fields change nothing; entries and messages replace those of the same id.</summary>
public sealed record BorrowerChange
{
    public required string BorrowerId { get; init; }

    /// <summary>The version loaded; 0 for a new borrower.</summary>
    public required int ExpectedVersion { get; init; }

    public BorrowerDetails? Details { get; init; }

    public ContactProfile? Profile { get; init; }

    public IReadOnlyList<LedgerEntry> Ledger { get; init => field = value ?? []; } = [];

    public IReadOnlyList<StoredMessage> Messages { get; init => field = value ?? []; } = [];

    public IReadOnlyList<StoredText> Texts { get; init => field = value ?? []; } = [];

    /// <summary>The event that causes the change; remembered, so that it is not applied twice.</summary>
    public string? AppliedEvent { get; init; }
}

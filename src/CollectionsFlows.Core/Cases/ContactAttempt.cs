using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Cases;

/// <summary>How a contact ended, as the contract's <c>contacts.csv</c> names it.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ContactResult>))]
public enum ContactResult
{
    Sent,
    Deferred,
    Forbidden,
    Failed,

    /// <summary>Ambiguous: it may have gone out. Counted as sent, never sent again; the delivery report settles it.</summary>
    Unknown,

    /// <summary>Dropped before it was sent: what it was about had been settled meanwhile.</summary>
    Withdrawn,
}

/// <summary>One try of one notification, with the inputs the gate used, so that it can be judged again. No personal data: the address is a key, the text a hash.</summary>
public sealed record ContactAttempt
{
    public required string CommandId { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Number { get; init; }

    public required string Template { get; init; }

    public required ContactResult Result { get; init; }

    /// <summary>Null when the borrower has no address for any of the step's channels.</summary>
    public Channel? Channel { get; init; }

    /// <summary>The rule that decided, e.g. <c>CN-NIGHT</c>; null when sent.</summary>
    public string? Rule { get; init; }

    /// <summary>When it may be tried again: only when deferred.</summary>
    public DateTimeOffset? Until { get; init; }

    public IReadOnlyList<string> Citations { get; init => field = value ?? []; } = [];

    /// <summary>Ids of the binding rules the lender had loosened; null when there are none.</summary>
    public IReadOnlyList<string>? Overrides { get; init; }

    /// <summary>What the gate was asked, in full; null where there was nothing to ask.</summary>
    public JudgedContact? Judged { get; init; }

    public string? Language { get; init; }

    public int? Wording { get; init; }

    public int? Segments { get; init; }

    /// <summary>SHA-256 of the rendered text, which is kept with the borrower.</summary>
    public string? TextSha256 { get; init; }

    /// <summary>
    /// The content rules the text breaks, the deciding one first, where the gate allowed the contact and the text forbids it; null otherwise.
    /// The text itself is not here: <see cref="TextSha256"/> says which it was.
    /// </summary>
    public IReadOnlyList<string>? Content { get; init; }

    /// <summary>The carrier's code, when it failed or had no room.</summary>
    public string? Code { get; init; }
}

/// <summary>The gate's inputs at one instant: enough for a stranger to judge again.</summary>
/// <param name="Now">The instant of dispatch.</param>
/// <param name="Request">The contact.</param>
/// <param name="Profile">The borrower's flags, opt-outs, consents and preferences at that instant.</param>
/// <param name="History">The borrower's ledger as far back as any rule looks.</param>
/// <param name="Packs">
/// The packs and versions that bound it, e.g. <c>US@3</c>, <c>US@3+lender.2</c> where the lender changed it; then the calendars they looked into,
/// e.g. <c>calendar:us-federal@1</c>. Older facts name no calendars: version 1 of each was all there was.
/// </param>
public sealed record JudgedContact(
    DateTimeOffset Now, ContactRequest Request, ContactProfile Profile, IReadOnlyList<PastContact> History, IReadOnlyList<string> Packs);

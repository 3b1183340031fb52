using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Contact;

/// <summary>The medium of a contact.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Channel>))]
public enum Channel
{
    Sms,
    Email,
    Phone,
    Visit,
    Letter,
}

/// <summary>Who began a contact.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Direction>))]
public enum Direction
{
    Outbound,
    Inbound,
}

/// <summary>Where an address reaches the borrower.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Place>))]
public enum Place
{
    Home,
    Mobile,
    Work,
}

/// <summary>What a message is for: rules that stop collection do not stop care, confirmations or notices the law demands.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Purpose>))]
public enum Purpose
{
    /// <summary>Before the due date, or help offered: no demand (S2).</summary>
    Care,

    /// <summary>Asks for money.</summary>
    Collect,

    /// <summary>Confirms what the borrower asked for, e.g. an opt-out; no demand.</summary>
    Confirmation,

    /// <summary>A notice the law requires.</summary>
    Notice,
}

/// <summary>Whom a contact addresses.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<Recipient>))]
public enum Recipient
{
    /// <summary>The borrower.</summary>
    Debtor,

    /// <summary>A guarantor, within law and contract.</summary>
    Guarantor,

    /// <summary>The attorney who represents the borrower.</summary>
    Attorney,

    /// <summary>Who settles a dead borrower's estate.</summary>
    Estate,

    /// <summary>Anybody else, e.g. a contact person the borrower named.</summary>
    ThirdParty,
}

/// <summary>One contact somebody or something is about to make. Addresses are opaque: equal strings are equal addresses.</summary>
public sealed record ContactRequest
{
    public required Channel Channel { get; init; }

    public Direction Direction { get; init; }

    public Purpose Purpose { get; init; } = Purpose.Collect;

    /// <summary>The borrower's jurisdiction, e.g. <c>US-MA</c>: its packs are <c>US</c> and <c>US-MA</c>.</summary>
    public required string Jurisdiction { get; init; }

    public required CreditorRole CreditorRole { get; init; }

    /// <summary>The debt it is about: the loan id.</summary>
    public required string DebtId { get; init; }

    /// <summary>An opaque key of the number or address to be used; null when the channel has none (a visit).</summary>
    public string? Address { get; init; }

    public Place? Place { get; init; }

    /// <summary>Every IANA zone the borrower may plausibly be in; never empty.</summary>
    public required IReadOnlyList<string> TimeZones { get; init; }

    /// <summary>Whether the lender's own <c>HOUSE-</c> rules bind too.</summary>
    public bool HouseRules { get; init; }

    /// <summary>SHA-256 of the message, where there is one (<c>HOUSE-VARY</c>).</summary>
    public string? TextSha256 { get; init; }

    /// <summary>Whom it addresses (<c>THIRD-PARTY</c>, <c>ATTORNEY</c>).</summary>
    public Recipient Recipient { get; init; }

    /// <summary>True only where a third party is asked for contact details and learns nothing of the debt.</summary>
    public bool AsksLocationOnly { get; init; }

    /// <summary>How many people make a visit (<c>VISIT-TWO</c>); null: not known yet.</summary>
    public int? Persons { get; init; }

    /// <summary>
    /// False where it answers nothing the borrower said: a message sent by schedule is no answer, whatever they wrote the hour before
    /// (US-REGF-INCONVENIENT). Null: it may be one.
    /// </summary>
    public bool? IsAnswer { get; init; }
}

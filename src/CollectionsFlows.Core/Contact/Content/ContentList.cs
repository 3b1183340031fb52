using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Contact.Content;

/// <summary>What a list of contents is for.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ContentKind>))]
public enum ContentKind
{
    /// <summary>None of its phrases may be in the message.</summary>
    Forbidden,

    /// <summary>Each of its groups must be said.</summary>
    Required,

    /// <summary>No link may lead to one of its domains.</summary>
    Domains,
}

/// <summary>A rule about the content of messages, as data: what it binds, and the words it looks for.</summary>
public sealed record ContentList
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Source { get; init; }

    /// <summary>When the source was read.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary><c>T</c> primary text read, <c>S</c> secondary source.</summary>
    public required string Status { get; init; }

    /// <summary>The id of the rule its findings cite.</summary>
    public required string Rule { get; init; }

    public required ContentKind Kind { get; init; }

    /// <summary>The messages it binds; empty: all.</summary>
    public ContentScope Binds { get; init => field = value ?? new(); } = new();

    public required IReadOnlyList<ContentGroup> Groups { get; init; }
}

/// <summary>Which messages a list binds. A member that is null restricts nothing.</summary>
public sealed record ContentScope
{
    /// <summary>Jurisdictions with their parts: <c>US</c> binds <c>US-MA</c>.</summary>
    public IReadOnlyList<string>? Jurisdictions { get; init; }

    public CreditorRole? Role { get; init; }

    public IReadOnlyList<Channel>? Channels { get; init; }

    public IReadOnlyList<Purpose>? Purposes { get; init; }

    public IReadOnlyList<Recipient>? Recipients { get; init; }

    /// <summary>Only first messages, or only later ones.</summary>
    public bool? First { get; init; }

    /// <summary>Only debts known to be time-barred.</summary>
    public bool? TimeBarred { get; init; }

    /// <summary>Whether a message is bound.</summary>
    public bool Covers(MessageContent message) =>
        (Jurisdictions is null || Jurisdictions.Any(jurisdiction => JurisdictionPack.Covers(jurisdiction, message.Jurisdiction)))
        && (Role is null || Role == message.CreditorRole)
        && (Channels is null || Channels.Contains(message.Channel))
        && (Purposes is null || Purposes.Contains(message.Purpose))
        && (Recipients is null || Recipients.Contains(message.Recipient))
        && (First is null || First == message.IsFirst)
        && (TimeBarred is null || TimeBarred == message.IsTimeBarred);
}

/// <summary>Phrases that say one thing.</summary>
/// <remarks>
/// A phrase is words in lower case. <c>{a|b}</c> stands for either, <c>{a|}</c> for a or nothing, <c>…</c> for up to four words
/// (eight Chinese characters) within the sentence, a <c>*</c> at the end of a word for any ending. Case, spacing, full-width, traditional
/// and invisible characters of the message make no difference.
/// </remarks>
public sealed record ContentGroup
{
    /// <summary>What is said, to complete "this is …" (forbidden) or "does not say …" (required).</summary>
    public required string Says { get; init; }

    public IReadOnlyList<string> Phrases { get; init => field = value ?? []; } = [];

    /// <summary>Phrases over the last word of a found one that make it harmless: "nobody will be arrested".</summary>
    public IReadOnlyList<string> Unless { get; init => field = value ?? []; } = [];

    /// <summary>Values of the message that say it as well (required) or give it away (forbidden).</summary>
    public IReadOnlyList<ContentValue> Values { get; init => field = value ?? []; } = [];

    /// <summary>What the product adds by itself where it is missing, by language (<c>en</c>, <c>zh</c>).</summary>
    public IReadOnlyDictionary<string, string>? Adds { get; init; }
}

/// <summary>A value a message may quote.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ContentValue>))]
public enum ContentValue
{
    LenderName,
    ServicePhone,
    PaymentLink,
    BorrowerName,

    /// <summary>One of the loan's amounts.</summary>
    Amount,

    /// <summary>Any sum of money at all.</summary>
    AnyMoney,
}

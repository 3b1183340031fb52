using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace CollectionsFlows.Core.Contact;

/// <summary>The rules of one jurisdiction (or of the house) as data: a list of rules with typed parameters.</summary>
public sealed record JurisdictionPack
{
    /// <summary>The pack that binds every contact.</summary>
    public const string CommonId = "common";

    /// <summary>The lender's own rules, which bind when the request says so.</summary>
    public const string HouseId = "house";

    private const string Union = "EU";

    // ISO 3166 codes of the member states, as of 2026.
    private static readonly FrozenSet<string> MembersOfUnion = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Members = MembersOfUnion.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary><c>common</c>, <c>house</c>, <c>CN</c>, <c>US</c>, <c>US-MA</c> …</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Grows with every change; recorded with each verdict.</summary>
    public required int Version { get; init; }

    /// <summary>The lender's own version where a lender changed the pack, which then still rests on <see cref="Version"/> as shipped; else null.</summary>
    public int? LenderVersion { get; init; }

    /// <summary>How the pack is named in a fact: <c>US@1</c>, or <c>US@1+lender.3</c>, which no shipped pack is ever called.</summary>
    [JsonIgnore]
    public string Label => RecordedPacks.Label(Id, Version, LenderVersion);

    /// <summary>The texts the pack rests on, in a word.</summary>
    public string? Source { get; init; }

    /// <summary>The day on which the sources were last read.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The pack this one takes the place of, as <c>id@version</c>.</summary>
    public string? Supersedes { get; init; }

    public required IReadOnlyList<ContactRule> Rules { get; init; }

    /// <summary>Whether the pack binds a contact: <c>US-MA</c> is bound by <c>US</c> and <c>US-MA</c>, the house pack only when asked for.</summary>
    public bool IsBinding(ContactRequest request) => Id switch
    {
        CommonId => true,
        HouseId => request.HouseRules,
        _ => Covers(Id, request.Jurisdiction),
    };

    /// <summary>Whether a jurisdiction is another or a part of it: <c>US-MA</c> of <c>US</c>, <c>DE</c> and <c>EU-DE</c> of <c>EU</c>.</summary>
    public static bool Covers(string whole, string part) =>
        (part.StartsWith(whole, StringComparison.OrdinalIgnoreCase) && (part.Length == whole.Length || part[whole.Length] == '-'))
        || (whole == Union && part.Length >= 2 && (part.Length == 2 || part[2] == '-') && Members.Contains(part.AsSpan(0, 2)));
}

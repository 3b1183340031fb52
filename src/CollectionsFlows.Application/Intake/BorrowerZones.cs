using System.Collections.Frozen;
using System.Text.Json;

namespace CollectionsFlows.Application.Intake;

/// <summary>Where a borrower may be, for the clocks of the contact rules: every plausible zone counts (<c>US-REGF-LOCATION</c>).</summary>
/// <remarks>
/// A stated zone is believed. Otherwise phone and jurisdiction both speak: a phone inside the jurisdiction narrows it (US and Chicago's 312:
/// Chicago); where they conflict (Washington state and New York's 212), or where either is ambiguous, all their zones count. A number that
/// tells nothing (free-phone, mobile outside the zone plan) leaves the jurisdiction's zones: for <c>US</c> all from New York to Honolulu.
/// The tables and their sources are in <c>borrower-zones.json</c>.
/// </remarks>
public static class BorrowerZones
{
    private const int LongestPrefix = 4;

    private static readonly FrozenDictionary<string, string[]> ByPrefix = Load("prefixes");

    private static readonly FrozenDictionary<string, string[]> ByJurisdiction = Load("jurisdictions");

    /// <summary>The zones, the likeliest home first; empty when nothing tells.</summary>
    /// <param name="stated">An IANA zone; empty when not stated.</param>
    /// <param name="jurisdiction">E.g. <c>US-MA</c>.</param>
    /// <param name="phones">E.164 numbers.</param>
    public static IReadOnlyList<string> Of(string stated, string jurisdiction, IReadOnlyList<string> phones)
    {
        if (stated.Length > 0)
            return [stated];
        var home = OfJurisdiction(jurisdiction);
        var reached = phones.SelectMany(OfPhone).Distinct(StringComparer.Ordinal).ToArray();
        if (reached.Length == 0)
            return home;
        return reached.All(home.Contains) ? reached : [.. home.Union(reached)];
    }

    private static string[] OfJurisdiction(string jurisdiction) =>
        ByJurisdiction.TryGetValue(jurisdiction, out var zones) || (jurisdiction.Length > 2 && ByJurisdiction.TryGetValue(jurisdiction[..2], out zones)) ? zones : [];

    /// <summary>By the longest known prefix: country code, or country and area code where a country has several zones.</summary>
    private static string[] OfPhone(string phone)
    {
        for (var length = Math.Min(LongestPrefix, phone.Length - 1); length > 0; length--)
        {
            if (ByPrefix.TryGetValue(phone.Substring(1, length), out var zones))
                return zones;
        }

        return [];
    }

    private static FrozenDictionary<string, string[]> Load(string section)
    {
        using var stream = typeof(BorrowerZones).Assembly.GetManifestResourceStream("CollectionsFlows.Application.Intake.borrower-zones.json")!;
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.GetProperty(section).EnumerateObject()
            .SelectMany(row => row.Value.GetString()!.Split(' ').Select(code => (code, zones: row.Name.Split(' '))))
            .ToFrozenDictionary(pair => pair.code, pair => pair.zones, StringComparer.Ordinal);
    }
}

using System.Text.Json;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Contact;

/// <summary>The packs and calendars the gate judges with. The order of the packs is the order in which rules are cited.</summary>
public sealed class PackCatalogue
{
    // What always binds first, the law from the whole to the part, the house last: a house rule is named only where the law is not stricter.
    private static readonly string[] Order = ["common", "CN", "US", "US-MA", "US-WA", "GB", "EU", "IN", "AU", "house"];
    private static readonly Lazy<PackCatalogue> ShippedOnce = new(LoadShipped);

    private PackCatalogue(IReadOnlyList<JurisdictionPack> packs, IReadOnlyDictionary<string, BusinessCalendar> calendars) => (Packs, Calendars) = (packs, calendars);

    public IReadOnlyList<JurisdictionPack> Packs { get; }

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<string, BusinessCalendar> Calendars { get; }

    /// <summary>What the product ships: the JSON files beside this code.</summary>
    public static PackCatalogue Shipped() => ShippedOnce.Value;

    /// <summary>A catalogue of packs and calendars given as JSON texts.</summary>
    /// <exception cref="FormatException">A text is not a pack or calendar, an id appears twice, or a rule names an unknown calendar.</exception>
    public static PackCatalogue Parse(IEnumerable<string> packs, IEnumerable<string> calendars)
    {
        var known = new Dictionary<string, BusinessCalendar>(StringComparer.Ordinal);
        foreach (var text in calendars)
            if (Read(text, "calendar", t => JsonSerializer.Deserialize(t, ContactJson.Default.CalendarFile)).ToCalendar() is var calendar && !known.TryAdd(calendar.Id, calendar))
                throw new FormatException($"Calendar '{calendar.Id}' appears twice.");
        var read = packs.Select(text => Join(Read(text, "pack", t => JsonSerializer.Deserialize(t, ContactJson.Default.JurisdictionPack)), known)).ToList();
        if (read.SelectMany(p => p.Rules.Select(r => r.Id).Distinct()).GroupBy(id => id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new FormatException($"Rule '{twice.Key}' appears in two packs."); // Several parts of one rule in one pack share its id.
        if (read.GroupBy(p => p.Id).FirstOrDefault(g => g.Count() > 1) is { } pack)
            throw new FormatException($"Pack '{pack.Key}' appears twice.");
        return new([.. read.OrderBy(Rank).ThenBy(p => p.Id, StringComparer.Ordinal)], known);
    }

    /// <summary>
    /// This catalogue with a lender's changes: a pack file that holds only the rules changed or added. A rule takes the place of the one with
    /// its id, or of those it supersedes. Outside the house pack a rule that is not surely as strict needs an override naming who and why.
    /// </summary>
    /// <exception cref="FormatException">Not a pack, or rules loosened with no override: all of them are named.</exception>
    public PackCatalogue With(string lenderPack)
    {
        var changes = Join(Read(lenderPack, "pack", t => JsonSerializer.Deserialize(t, ContactJson.Default.JurisdictionPack)), Calendars);
        if (Packs.FirstOrDefault(pack => pack.Id == changes.Id) is not { } shipped)
            throw new FormatException($"There is no pack '{changes.Id}' to change.");
        return new([.. Packs.Select(pack => pack.Id == shipped.Id ? PackChanges.Apply(shipped, changes) : pack)], Calendars);
    }

    private static int Rank(JurisdictionPack pack) => Array.IndexOf(Order, pack.Id) is var rank and >= 0 ? rank : Order.Length;

    private static T Read<T>(string text, string kind, Func<string, T?> parse)
        where T : class
    {
        try
        {
            return parse(text) ?? throw new FormatException($"A {kind} cannot be null.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"Not a {kind}: {e.Message}", e);
        }
        catch (NotSupportedException e)
        {
            throw new FormatException($"Not a {kind}: {e.Message}", e); // A $type is missing.
        }
    }

    private static JurisdictionPack Join(JurisdictionPack pack, IReadOnlyDictionary<string, BusinessCalendar> known) =>
        pack with { Rules = [.. pack.Rules.Select(rule => rule is LocalHoursRule { Calendars: { } named } hours ? hours with { JoinedCalendars = Named(rule, named, known) } : rule)] };

    private static List<KeyValuePair<string, BusinessCalendar>> Named(
        ContactRule rule, IReadOnlyDictionary<string, string> named, IReadOnlyDictionary<string, BusinessCalendar> known) =>
        [
            .. named.Select(pair => known.TryGetValue(pair.Value, out var calendar)
                ? KeyValuePair.Create(pair.Key, calendar)
                : throw new FormatException($"Rule '{rule.Id}' names the unknown calendar '{pair.Value}'.")),
        ];

    private static PackCatalogue LoadShipped()
    {
        var assembly = typeof(PackCatalogue).Assembly;
        var names = assembly.GetManifestResourceNames();
        return Parse(Texts("packs/"), Texts("calendars/"));

        IEnumerable<string> Texts(string prefix) => names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Text);

        string Text(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }
}

using System.Text.Json;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;

namespace CollectionsFlows.Application.Contact;

/// <summary>The packs and calendars the gate judges with. The order of the packs is the order in which rules are cited.</summary>
public sealed class PackCatalogue
{
    // What always binds first, the law from the whole to the part, the house last: a house rule is named only where the law is not stricter.
    private static readonly string[] Order = ["common", "CN", "US", "US-MA", "US-WA", "GB", "EU", "IN", "AU", "house"];
    private static readonly Lazy<PackCatalogue> ShippedOnce = new(() => Parse(ShippedRules.Packs(), ShippedRules.Calendars()));

    private PackCatalogue(IReadOnlyList<JurisdictionPack> written, IReadOnlyDictionary<string, CalendarFile> files, IReadOnlyDictionary<string, BusinessCalendar> calendars)
    {
        (Written, CalendarFiles, Calendars) = (written, files, calendars);
        Packs = [.. written.Select(pack => PackJoin.Join(pack, calendars))];
    }

    public IReadOnlyList<JurisdictionPack> Packs { get; }

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<string, BusinessCalendar> Calendars { get; }

    /// <summary>The packs without their calendars: what is kept and compared.</summary>
    internal IReadOnlyList<JurisdictionPack> Written { get; }

    internal IReadOnlyDictionary<string, CalendarFile> CalendarFiles { get; }

    /// <summary>What the product ships: the JSON files beside this code.</summary>
    public static PackCatalogue Shipped() => ShippedOnce.Value;

    /// <summary>A catalogue of packs and calendars given as JSON texts.</summary>
    /// <exception cref="FormatException">A text is not a pack or calendar, an id appears twice, or a rule names an unknown calendar.</exception>
    public static PackCatalogue Parse(IEnumerable<string> packs, IEnumerable<string> calendars)
    {
        var files = new Dictionary<string, CalendarFile>(StringComparer.Ordinal);
        foreach (var text in calendars)
            if (ReadCalendar(text) is var file && !files.TryAdd(file.Id, file))
                throw new FormatException($"Calendar '{file.Id}' appears twice.");
        var read = packs.Select(ReadPack).ToList();
        if (read.SelectMany(p => p.Rules.Select(r => r.Id).Distinct()).GroupBy(id => id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new FormatException($"Rule '{twice.Key}' appears in two packs."); // Several parts of one rule in one pack share its id.
        if (read.GroupBy(p => p.Id).FirstOrDefault(g => g.Count() > 1) is { } pack)
            throw new FormatException($"Pack '{pack.Key}' appears twice.");
        return new([.. read.OrderBy(p => Rank(p.Id)).ThenBy(p => p.Id, StringComparer.Ordinal)], files, files.ToDictionary(pair => pair.Key, pair => pair.Value.ToCalendar(), StringComparer.Ordinal));
    }

    /// <summary>
    /// This catalogue with a lender's changes: a pack file that holds only the rules changed or added. A rule takes the place of the one with
    /// its id, or of those it supersedes. Outside the house pack a rule that is not surely as strict needs an override naming who and why.
    /// </summary>
    /// <exception cref="FormatException">Not a pack, or rules loosened with no override: everything wrong is named.</exception>
    public PackCatalogue With(string lenderPack)
    {
        var errors = new List<string>();
        return With(lenderPack, errors) ?? throw new FormatException(string.Join(" ", errors));
    }

    /// <summary>The same, with every error listed; null when there is any.</summary>
    public PackCatalogue? With(string lenderPack, ICollection<string> errors)
    {
        var found = new List<string>();
        var changes = PackFile.Read(lenderPack, found);
        var changed = changes is null ? null : Changed(changes, found);
        foreach (var error in found)
            errors.Add(error);
        return found.Count == 0 && changed is not null ? new(changed, CalendarFiles, Calendars) : null;
    }

    /// <summary>This catalogue with a lender's calendar in the place of the shipped one of its id, or a new one.</summary>
    /// <exception cref="FormatException">Not a calendar, or it takes holidays away that a statutory rule spares.</exception>
    public PackCatalogue WithCalendar(string lenderCalendar)
    {
        var errors = new List<string>();
        var changes = ReadCalendar(lenderCalendar);
        var (file, calendar) = CalendarChanges.Apply(changes, Calendars.GetValueOrDefault(changes.Id), Written, errors);
        if (errors.Count > 0)
            throw new FormatException(string.Join(" ", errors));
        return new(
            Written, new Dictionary<string, CalendarFile>(CalendarFiles, StringComparer.Ordinal) { [file!.Id] = file }, new Dictionary<string, BusinessCalendar>(Calendars, StringComparer.Ordinal) { [file.Id] = calendar! });
    }

    /// <summary>A calendar as JSON, as a lender would begin to change it; null when there is none of that id.</summary>
    public string? CalendarToChange(string id) => CalendarFiles.GetValueOrDefault(id) is { } file && Calendars[id] is var calendar
        ? PackFile.Write(file with { Version = (calendar.LenderVersion ?? 0) + 1, LenderVersion = null, Supersedes = calendar.Version > 0 ? $"{id}@{calendar.Version}" : null })
        : null;

    internal static int Rank(string packId) => Array.IndexOf(Order, packId) is var rank and >= 0 ? rank : Order.Length;

    internal static JurisdictionPack ReadPack(string text) => Read(text, "pack", t => JsonSerializer.Deserialize(t, ContactJson.Default.JurisdictionPack));

    internal static CalendarFile ReadCalendar(string text) => Read(text, "calendar", t => JsonSerializer.Deserialize(t, ContactJson.Default.CalendarFile));

    private List<JurisdictionPack>? Changed(JurisdictionPack changes, List<string> errors)
    {
        if (Written.FirstOrDefault(pack => pack.Id == changes.Id) is not { } shipped)
        {
            errors.Add($"There is no pack '{changes.Id}' to change; expected one of {string.Join(", ", Written.Select(pack => pack.Id))}.");
            return null;
        }

        errors.AddRange(PackJoin.Unknown(changes, Calendars));
        var applied = PackChanges.Apply(shipped, changes, errors);
        return [.. Written.Select(pack => pack.Id == shipped.Id ? applied : pack)];
    }

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
}

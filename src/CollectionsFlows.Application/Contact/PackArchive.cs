using System.Collections.Concurrent;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Contact;

/// <summary>
/// Every version of every pack and calendar at hand: those shipped today, those shipped before, and a lender's that ever were in force. A contact
/// is judged again by the versions it recorded, never by today's.
/// </summary>
public sealed class PackArchive
{
    private readonly Dictionary<string, JurisdictionPack> packs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BusinessCalendar> calendars = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> calendarTexts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Labels, string Jurisdiction), (IReadOnlyList<JurisdictionPack>? Packs, string? Problem)> found = new();

    /// <summary>What the product ships and ever shipped.</summary>
    public static PackArchive Shipped()
    {
        var archive = new PackArchive();
        archive.Add(PackCatalogue.Shipped());
        archive.Add(ShippedRules.FormerPacks(), ShippedRules.FormerCalendars());
        return archive;
    }

    /// <summary>Adds what a catalogue holds.</summary>
    /// <exception cref="FormatException">A version is at hand with another content.</exception>
    public void Add(PackCatalogue catalogue)
    {
        foreach (var pack in catalogue.Written)
            Add(pack);
        foreach (var calendar in catalogue.CalendarFiles.Values)
            Add(calendar);
    }

    /// <summary>Adds kept versions, as <see cref="KeptOf"/> wrote them or as they were shipped.</summary>
    /// <exception cref="FormatException">A text is not a pack or calendar, or a version is at hand with another content.</exception>
    public void Add(IEnumerable<string> packTexts, IEnumerable<string> calendarTexts)
    {
        foreach (var text in packTexts)
            Add(PackCatalogue.ReadPack(text));
        foreach (var text in calendarTexts)
            Add(PackCatalogue.ReadCalendar(text));
    }

    /// <summary>What of a catalogue is a lender's own, to be kept by its label from its first use on: label and text.</summary>
    public static IEnumerable<(string Label, string Text)> KeptOf(PackCatalogue catalogue) =>
    [
        .. catalogue.Written.Where(pack => pack.LenderVersion is not null).Select(pack => (pack.Label, PackFile.Write(pack))),
        .. catalogue.CalendarFiles.Values.Where(calendar => calendar.LenderVersion is not null).Select(calendar => (calendar.ToCalendar().Label, PackFile.Write(calendar))),
    ];

    /// <summary>Whether two texts written by <see cref="KeptOf"/>, perhaps by different releases, judge the same; titles and sources may differ.</summary>
    public static bool AreSame(string label, string kept, string today) => label.StartsWith(RecordedPacks.CalendarPrefix, StringComparison.Ordinal)
        ? PackFile.Judging(PackCatalogue.ReadCalendar(kept)) == PackFile.Judging(PackCatalogue.ReadCalendar(today))
        : PackFile.Judging(PackCatalogue.ReadPack(kept)) == PackFile.Judging(PackCatalogue.ReadPack(today));

    /// <summary>The packs a contact was judged by, with the calendars of that time.</summary>
    /// <param name="labels">As the fact recorded them.</param>
    /// <param name="request">The contact.</param>
    /// <param name="problem">What is not at hand, or why those cannot have judged it; null when the result is not.</param>
    public IReadOnlyList<JurisdictionPack>? Find(IReadOnlyList<string> labels, ContactRequest request, out string? problem)
    {
        var (result, why) = found.GetOrAdd(($"{string.Join('|', labels)}|{request.HouseRules}", request.Jurisdiction), _ => Find(labels, request));
        problem = why;
        return result;
    }

    private (IReadOnlyList<JurisdictionPack>? Packs, string? Problem) Find(IReadOnlyList<string> labels, ContactRequest request)
    {
        var missing = labels.Where(label => !packs.ContainsKey(label) && !calendars.ContainsKey(label)).ToList();
        if (missing.Count > 0)
            return (null, $"was judged by {string.Join(", ", missing)}, which is not at hand; at hand are {string.Join(", ", AtHand(missing))}");
        var recorded = labels.Where(packs.ContainsKey).Select(label => packs[label]).ToList();
        var binding = packs.Values.Where(pack => pack.IsBinding(request)).Select(pack => pack.Id).Distinct().OrderBy(PackCatalogue.Rank).ThenBy(id => id, StringComparer.Ordinal).ToList();
        if (!recorded.Select(pack => pack.Id).SequenceEqual(binding))
            return (null, $"was judged by {string.Join(", ", recorded.Select(pack => pack.Label))}; {string.Join(", ", binding)} bind it");
        return Calendars(labels, recorded, request.Jurisdiction, out var problem) is { } used
            ? (recorded.ConvertAll(pack => PackJoin.JoinKnown(pack, used)), null)
            : (null, problem);
    }

    // Exactly those the packs look into: a calendar left out would turn a day of work into one of unknown kind, one too many into another's.
    private Dictionary<string, BusinessCalendar>? Calendars(IReadOnlyList<string> labels, List<JurisdictionPack> recorded, string jurisdiction, out string? problem)
    {
        var needed = recorded.SelectMany(pack => pack.Rules).OfType<LocalHoursRule>().Select(rule => Named(rule, jurisdiction)).OfType<string>().Distinct().ToList();
        var used = labels.Where(calendars.ContainsKey).Select(label => calendars[label]).ToList();
        if (used.Count == 0 && needed.TrueForAll(id => calendars.ContainsKey(First(id))))
            used = needed.ConvertAll(id => calendars[First(id)]); // Facts from before calendars had versions.
        problem = used.Select(calendar => calendar.Id).SequenceEqual(needed)
            ? null
            : $"looked into {(used.Count == 0 ? "no calendar" : string.Join(", ", used.Select(calendar => calendar.Label)))}; its packs look into {(needed.Count == 0 ? "none" : string.Join(", ", needed))}";
        return problem is null ? used.ToDictionary(calendar => calendar.Id, StringComparer.Ordinal) : null;
    }

    private static string First(string calendarId) => $"{RecordedPacks.CalendarPrefix}{calendarId}@1";

    private static string? Named(LocalHoursRule rule, string jurisdiction) =>
        rule.Calendars?.Where(pair => JurisdictionPack.Covers(pair.Key, jurisdiction)).OrderByDescending(pair => pair.Key.Length).Select(pair => pair.Value).FirstOrDefault();

    private List<string> AtHand(List<string> missing)
    {
        var ids = missing.ConvertAll(label => label.Split('@')[0]);
        var near = packs.Keys.Concat(calendars.Keys).Where(label => ids.Contains(label.Split('@')[0])).Order(StringComparer.Ordinal).ToList();
        return near.Count > 0 ? near : ["none of that name"];
    }

    private void Add(JurisdictionPack pack)
    {
        found.Clear();
        if (!packs.TryAdd(pack.Label, pack) && PackFile.Judging(packs[pack.Label]) != PackFile.Judging(pack))
            throw new FormatException($"{pack.Label} is at hand with two contents; a changed pack needs a new version");
    }

    private void Add(CalendarFile file)
    {
        found.Clear();
        var calendar = file.ToCalendar();
        if (!calendars.TryAdd(calendar.Label, calendar) && calendarTexts[calendar.Label] != PackFile.Judging(file))
            throw new FormatException($"{calendar.Label} is at hand with two contents; a changed calendar needs a new version");
        calendarTexts[calendar.Label] = PackFile.Judging(file);
    }
}

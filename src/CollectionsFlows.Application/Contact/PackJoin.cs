using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Contact;

/// <summary>Gives the rules of a pack the calendars they name.</summary>
internal static class PackJoin
{
    /// <exception cref="FormatException">A rule names a calendar there is not.</exception>
    public static JurisdictionPack Join(JurisdictionPack pack, IReadOnlyDictionary<string, BusinessCalendar> known) =>
        Unknown(pack, known).FirstOrDefault() is { } error ? throw new FormatException(error) : JoinKnown(pack, known);

    /// <summary>Every rule that names a calendar there is not, in words.</summary>
    public static IEnumerable<string> Unknown(JurisdictionPack pack, IReadOnlyDictionary<string, BusinessCalendar> known) => pack.Rules.OfType<LocalHoursRule>()
        .SelectMany(rule => (rule.Calendars?.Values ?? []).Where(id => !known.ContainsKey(id)).Select(id => $"Rule '{rule.Id}' names the unknown calendar '{id}'."));

    /// <summary>Joins those calendars that are known. Who judges again needs only the ones a verdict rested on.</summary>
    public static JurisdictionPack JoinKnown(JurisdictionPack pack, IReadOnlyDictionary<string, BusinessCalendar> known) =>
        pack with { Rules = [.. pack.Rules.Select(rule => rule is LocalHoursRule { Calendars: { } named } hours ? Joined(pack, hours, named, known) : rule)] };

    // A calendar that lacks holidays of the shipped one loosens the statutory rules that keep it: that must be seen like any other override.
    private static LocalHoursRule Joined(JurisdictionPack pack, LocalHoursRule rule, IReadOnlyDictionary<string, string> named, IReadOnlyDictionary<string, BusinessCalendar> known)
    {
        List<KeyValuePair<string, BusinessCalendar>> joined = [.. named.Where(pair => known.ContainsKey(pair.Value)).Select(pair => KeyValuePair.Create(pair.Key, known[pair.Value]))];
        var loosening = pack.Id == JurisdictionPack.HouseId ? null : joined.Select(pair => pair.Value.Override).FirstOrDefault(o => o is not null);
        return rule with { JoinedCalendars = joined, Override = rule.Override ?? loosening };
    }
}

using System.Globalization;
using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Core.Contact;

/// <summary>Names everything a verdict rests on besides its inputs: packs and calendars with their versions, as a fact records them.</summary>
public static class RecordedPacks
{
    /// <summary>Tells calendars from packs: there is a pack <c>CN</c> and a calendar <c>cn</c>.</summary>
    public const string CalendarPrefix = "calendar:";

    /// <summary>The packs that bind a contact, in the order of citation, then the calendars they look into.</summary>
    public static IReadOnlyList<string> For(IReadOnlyList<JurisdictionPack> packs, ContactRequest request)
    {
        var binding = packs.Where(pack => pack.IsBinding(request)).ToList();
        return [.. binding.Select(pack => pack.Label), .. CalendarsOf(binding, request.Jurisdiction).Select(calendar => calendar.Label)];
    }

    /// <summary>The calendars that the rules of packs look into for a borrower of a jurisdiction, each once.</summary>
    public static IEnumerable<BusinessCalendar> CalendarsOf(IEnumerable<JurisdictionPack> packs, string jurisdiction) => packs
        .SelectMany(pack => pack.Rules)
        .Select(rule => (rule as LocalHoursRule)?.Calendar(jurisdiction))
        .OfType<BusinessCalendar>()
        .DistinctBy(calendar => calendar.Id);

    /// <summary><c>US@1</c>, or <c>US@1+lender.3</c>.</summary>
    internal static string Label(string id, int version, int? lenderVersion) => lenderVersion is { } lender
        ? string.Create(CultureInfo.InvariantCulture, $"{id}@{version}+lender.{lender}")
        : string.Create(CultureInfo.InvariantCulture, $"{id}@{version}");
}

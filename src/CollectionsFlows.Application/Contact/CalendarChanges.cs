using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Contact;

/// <summary>Puts a lender's calendar in the place of a shipped one, or beside them.</summary>
internal static class CalendarChanges
{
    private const int DatesNamed = 3;

    // Beyond them no calendar of decreed holidays reaches, and computed ones repeat.
    private static readonly (int First, int Last) YearsCompared = (2000, 2060);

    /// <summary>The calendar as it is kept: its version the shipped one's, the lender's own beside it.</summary>
    public static (CalendarFile? File, BusinessCalendar? Calendar) Apply(CalendarFile changes, BusinessCalendar? shipped, IReadOnlyList<JurisdictionPack> packs, List<string> errors)
    {
        var expected = shipped is null ? null : $"{shipped.Id}@{shipped.Version}";
        if (shipped?.LenderVersion is not null)
            errors.Add($"calendar '{changes.Id}': there are two files for it; expected one");
        else if (changes.Supersedes != expected)
            errors.Add($"calendar '{changes.Id}': expected {(expected is null ? "no 'supersedes', for none is shipped" : $"\"supersedes\": \"{expected}\", the shipped one it was written against")}");
        if (changes.Id.Length is 0 or > 60 || !changes.Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-'))
            errors.Add($"calendar '{changes.Id}': expected an \"id\" of at most 60 letters, digits and '-'"); // It names a file.
        if (changes.Version is not >= 1 || changes.LenderVersion is not null)
            errors.Add($"calendar '{changes.Id}': expected your own \"version\", 1 or more, raised with every change, and no 'lenderVersion'");
        if (changes.Override is { } o && (string.IsNullOrWhiteSpace(o.By) || string.IsNullOrWhiteSpace(o.Reason)))
            errors.Add($"calendar '{changes.Id}': expected \"override\": {{\"by\", \"reason\"}}, both said");
        var kept = changes with { Version = shipped?.Version ?? 0, LenderVersion = changes.Version };
        try
        {
            var calendar = kept.ToCalendar();
            if (shipped is not null && changes.Override is null)
                errors.AddRange(Loosened(calendar, shipped, packs));
            return (kept, calendar);
        }
        catch (FormatException e)
        {
            errors.Add(e.Message);
            return (null, null);
        }
    }

    // Where only the house keeps the calendar the lender is free; a year left out blocks more, not less.
    private static IEnumerable<string> Loosened(BusinessCalendar changed, BusinessCalendar shipped, IReadOnlyList<JurisdictionPack> packs)
    {
        var statutory = packs.Where(pack => pack.Id != JurisdictionPack.HouseId).SelectMany(pack => pack.Rules).OfType<LocalHoursRule>()
            .Where(rule => rule.Calendars?.Values.Contains(shipped.Id) == true).Select(rule => rule.Id).Distinct().ToList();
        if (statutory.Count == 0)
            yield break;
        var looser = Dates().Where(date => shipped.Kind(date) is { } before && changed.Kind(date) is { } after && after < before).Take(DatesNamed).ToList();
        if (looser.Count > 0)
            yield return $"calendar '{changed.Id}': {string.Join(", ", looser.Select(date => $"{date:yyyy-MM-dd} is a {Name(shipped.Kind(date)!.Value)} in the shipped one"))}; "
                + $"{string.Join(", ", statutory)} would be loosened: expected the same, or \"override\": {{\"by\", \"reason\"}}";
    }

    private static string Name(DayKind kind) => kind == DayKind.Holiday ? "public holiday" : "weekend day";

    private static IEnumerable<DateOnly> Dates()
    {
        for (var date = new DateOnly(YearsCompared.First, 1, 1); date.Year <= YearsCompared.Last; date = date.AddDays(1))
            yield return date;
    }
}

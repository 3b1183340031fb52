using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Core.Contact.Calendars;

/// <summary>A calendar that is missing a year, or soon will.</summary>
/// <param name="Calendar">The calendar's id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Year">The first year it does not know.</param>
/// <param name="DaysLeft">Days until that year begins, in UTC; 0: it has begun.</param>
/// <param name="Rules">The rules that let no contact they bind pass while the year is missing.</param>
/// <param name="Jurisdictions">Whose borrowers wait.</param>
public sealed record CalendarWarning(string Calendar, string Title, int Year, int DaysLeft, IReadOnlyList<string> Rules, IReadOnlyList<string> Jurisdictions)
{
    /// <summary>Whether contacts wait already.</summary>
    public bool IsMissing => DaysLeft == 0;

    /// <summary>One sentence for whoever runs the system: what ends, what waits, what to do.</summary>
    public string Describe() => FormattableString.Invariant(
        $"Calendar {Calendar} ({Title}) has no {Year}{(IsMissing ? "" : $", which begins in {DaysLeft} day{(DaysLeft == 1 ? "" : "s")}")}: {string.Join(" and ", Rules)} {(IsMissing ? Rules.Count == 1 ? "blocks" : "block" : "will block")} contacts in {string.Join(", ", Jurisdictions)} until the year is added (calendars/{Calendar}.json).");
}

/// <summary>
/// Tells operations, ahead of time, which calendars run out. The gate itself defers conservatively in a year it does not know; this is so that
/// nobody finds out by silence.
/// </summary>
public static class CalendarWatch
{
    /// <summary>How long before a year without a calendar begins it is announced.</summary>
    public const int DaysAhead = 60;

    /// <summary>Every calendar the packs name that does not know the year of <paramref name="now"/>, or one that begins soon; by id.</summary>
    /// <param name="packs">The packs in force.</param>
    /// <param name="now">The instant; years begin in UTC here, a day either way does not matter to a warning.</param>
    public static IReadOnlyList<CalendarWarning> Look(IReadOnlyList<JurisdictionPack> packs, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return
        [
            .. packs.SelectMany(pack => pack.Rules).OfType<LocalHoursRule>()
                .SelectMany(rule => rule.JoinedCalendars.Select(joined => (Rule: rule, Jurisdiction: joined.Key, Calendar: joined.Value)))
                .GroupBy(use => use.Calendar.Id, StringComparer.Ordinal)
                .OrderBy(uses => uses.Key, StringComparer.Ordinal)
                .Select(uses => (Uses: uses, Missing: FirstMissing(uses.First().Calendar, today)))
                .Where(found => found.Missing is not null)
                .Select(found => new CalendarWarning(
                    found.Uses.Key, found.Uses.First().Calendar.Title, found.Missing!.Value.Year, Math.Max(0, found.Missing.Value.DayNumber - today.DayNumber),
                    [.. found.Uses.Select(use => use.Rule.Id).Distinct()], [.. found.Uses.Select(use => use.Jurisdiction).Distinct()])),
        ];
    }

    private static DateOnly? FirstMissing(BusinessCalendar calendar, DateOnly today)
    {
        var newYear = new DateOnly(today.Year, 1, 1);
        if (calendar.Kind(newYear) is null)
            return newYear;
        if (today.Year == DateOnly.MaxValue.Year)
            return null;
        var next = newYear.AddYears(1);
        return next.DayNumber - today.DayNumber <= DaysAhead && calendar.Kind(next) is null ? next : null;
    }
}

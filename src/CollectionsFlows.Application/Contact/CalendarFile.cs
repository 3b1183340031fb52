using CollectionsFlows.Core.Contact.Calendars;

namespace CollectionsFlows.Application.Contact;

/// <summary>A calendar as JSON: either the years of a table or the rules its holidays follow from.</summary>
internal sealed record CalendarFile
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Source { get; init; }

    public IReadOnlyList<CalendarYear>? Years { get; init; }

    public IReadOnlyList<HolidayRule>? Holidays { get; init; }

    /// <exception cref="FormatException">Neither or both are given, a rule names no date, or a date is wrong.</exception>
    public BusinessCalendar ToCalendar()
    {
        if (Years is { } years && Holidays is null)
            return Table(years);
        if (Holidays is not { } rules || Years is not null)
            throw new FormatException($"Calendar '{Id}': expected either 'years' or 'holidays'.");
        if (rules.FirstOrDefault(rule => rule.In(Math.Max(rule.Since, 2000)) is null) is { } undated)
            throw new FormatException($"Calendar '{Id}': '{undated.Name}' names no date.");
        return new ComputedCalendar(Id, Title, Source, rules);
    }

    private TableCalendar Table(IReadOnlyList<CalendarYear> years)
    {
        try
        {
            return new TableCalendar(
                Id, Title, Source, years.Select(y => y.Year), [.. years.SelectMany(y => Dates(y.Holidays))], [.. years.SelectMany(y => Dates(y.Workdays))]);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    // "2026-10-01" or "2026-10-01/2026-10-07", both ends inside.
    private IEnumerable<DateOnly> Dates(IReadOnlyList<string> ranges)
    {
        foreach (var range in ranges)
        {
            var ends = range.Split('/');
            if (ends.Length > 2 || !IsDate(ends[0], out var first) || !IsDate(ends[^1], out var last) || last < first)
                throw new FormatException($"Calendar '{Id}': '{range}' is not a date or a range of dates.");
            for (var date = first; date <= last; date = date.AddDays(1))
                yield return date;
        }
    }

    private static bool IsDate(string text, out DateOnly date) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out date);
}

/// <summary>A year of a table calendar: dates or ranges of dates.</summary>
/// <param name="Year">The year.</param>
/// <param name="Source">The notice that decreed it.</param>
/// <param name="Holidays">Public holidays.</param>
/// <param name="Workdays">Weekend days that are workdays.</param>
internal sealed record CalendarYear(int Year, string? Source, IReadOnlyList<string> Holidays, IReadOnlyList<string> Workdays);

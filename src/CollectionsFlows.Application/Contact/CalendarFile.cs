using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;

namespace CollectionsFlows.Application.Contact;

/// <summary>A calendar as JSON: either the years of a table or the rules its holidays follow from.</summary>
internal sealed record CalendarFile
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required string Source { get; init; }

    /// <summary>Of a shipped calendar: grows with every date changed; left out: 1. In a lender's own file: the lender's version.</summary>
    public int? Version { get; init; }

    /// <summary>Written by the product where it keeps a lender's calendar; <see cref="Version"/> is then the shipped one's it takes the place of.</summary>
    public int? LenderVersion { get; init; }

    /// <summary>The day on which the source was last read.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>The shipped calendar a lender's takes the place of, e.g. <c>cn@1</c>.</summary>
    public string? Supersedes { get; init; }

    /// <summary>Who takes holidays away that a statutory rule spares, and why.</summary>
    public RuleOverride? Override { get; init; }

    public IReadOnlyList<CalendarYear>? Years { get; init; }

    public IReadOnlyList<HolidayRule>? Holidays { get; init; }

    /// <exception cref="FormatException">Neither or both are given, a rule names no date, or a date is wrong.</exception>
    public BusinessCalendar ToCalendar()
    {
        try
        {
            if (Years is { } years && Holidays is null)
                return Table(years);
            if (Holidays is { } rules && Years is null)
                return Computed(rules);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }

        throw new FormatException($"Calendar '{Id}': expected either 'years' or 'holidays'.");
    }

    private TableCalendar Table(IReadOnlyList<CalendarYear> years)
    {
        if (years.GroupBy(y => y.Year).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new FormatException($"Calendar '{Id}': the year {twice.Key} appears twice.");
        return new TableCalendar(
            Id, Title, Source, years.Select(y => y.Year), [.. years.SelectMany(y => Dates(y.Holidays))], [.. years.SelectMany(y => Dates(y.Workdays))])
        {
            Version = Version ?? 1, LenderVersion = LenderVersion, AsOf = AsOf, Override = Override,
        };
    }

    private ComputedCalendar Computed(IReadOnlyList<HolidayRule> rules)
    {
        foreach (var rule in rules)
            if (!HasDate(rule))
                throw new FormatException($"Calendar '{Id}': '{rule.Name}' names no date that every year has: expected 'month' with 'day' or with 'nth' and 'weekday', or 'easter'.");
        return new ComputedCalendar(Id, Title, Source, rules) { Version = Version ?? 1, LenderVersion = LenderVersion, AsOf = AsOf, Override = Override };
    }

    // Four years in a row have every date that every year has.
    private static bool HasDate(HolidayRule rule)
    {
        if (rule.Month is < 1 or > 12 || rule.Nth is 0 or < -1 or > 4 || rule.Easter is < -90 or > 250)
            return false;
        var first = Math.Clamp(rule.Since, 2000, 9000);
        return rule.Day is null
            ? rule.In(first) is not null
            : rule.Month is { } month && Enumerable.Range(first, 4).All(year => rule.Day >= 1 && rule.Day <= DateTime.DaysInMonth(year, month));
    }

    // "2026-10-01" or "2026-10-01/2026-10-07", both ends inside.
    private IEnumerable<DateOnly> Dates(IReadOnlyList<string> ranges)
    {
        foreach (var range in ranges)
        {
            var ends = range.Split('/');
            if (ends.Length > 2 || !IsDate(ends[0], out var first) || !IsDate(ends[^1], out var last) || last < first || last.Year > first.Year + 1)
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

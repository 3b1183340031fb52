using System.Collections.Concurrent;

namespace CollectionsFlows.Core.Contact.Calendars;

/// <summary>What a date is to people who work office days.</summary>
public enum DayKind
{
    /// <summary>An ordinary weekday, or a weekend day that is an official make-up workday.</summary>
    Working,

    Weekend,

    /// <summary>A public holiday, also where it falls on a weekend.</summary>
    Holiday,
}

/// <summary>
/// The working days, weekends and public holidays of one country. A year it does not know is unknown, never a year without
/// holidays: whoever asks must treat it as blocked.
/// </summary>
public abstract class BusinessCalendar
{
    private readonly ConcurrentDictionary<int, DayKind[]?> years = new();

    protected BusinessCalendar(string id, string title, string source) => (Id, Title, Source) = (id, title, source);

    /// <summary>E.g. <c>cn</c>.</summary>
    public string Id { get; }

    public string Title { get; }

    /// <summary>Where the dates come from.</summary>
    public string Source { get; }

    /// <summary>Grows with every change of a date; recorded with each verdict that rested on the calendar. 0: none is shipped, it is the lender's own.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The lender's own version where the calendar is a lender's; else null.</summary>
    public int? LenderVersion { get; init; }

    /// <summary>The day on which the source was last read.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Present when a lender took public holidays away that a statutory rule spares.</summary>
    public RuleOverride? Override { get; init; }

    /// <summary>How the calendar is named in a fact: <c>calendar:cn@1</c>.</summary>
    public string Label => RecordedPacks.CalendarPrefix + RecordedPacks.Label(Id, Version, LenderVersion);

    /// <summary>What a date is; null when the calendar does not know the year.</summary>
    public DayKind? Kind(DateOnly date) => Year(date.Year) is { } days ? days[date.DayOfYear - 1] : null;

    /// <summary>What a local day is; null when the calendar does not know the year.</summary>
    public DayKind? Kind(DateTime day) => Year(day.Year) is { } days ? days[day.DayOfYear - 1] : null;

    /// <summary>The first known year after <paramref name="year"/>; null when there is none.</summary>
    public abstract int? NextKnownYear(int year);

    /// <summary>The days of a year that are not what their day of the week says; null when the year is unknown.</summary>
    protected abstract IReadOnlyDictionary<DateOnly, DayKind>? Exceptions(int year);

    private DayKind[]? Year(int year)
    {
        if (!years.TryGetValue(year, out var days))
            years[year] = days = Build(year);
        return days;
    }

    private DayKind[]? Build(int year)
    {
        if (Exceptions(year) is not { } exceptions)
            return null;
        var days = new DayKind[DateTime.IsLeapYear(year) ? 366 : 365];
        for (var i = 0; i < days.Length; i++)
        {
            var date = new DateOnly(year, 1, 1).AddDays(i);
            var ordinary = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Weekend : DayKind.Working;
            days[i] = exceptions.TryGetValue(date, out var kind) ? kind : ordinary;
        }

        return days;
    }
}

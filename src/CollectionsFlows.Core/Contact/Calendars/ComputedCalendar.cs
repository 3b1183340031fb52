using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Contact.Calendars;

/// <summary>Where a holiday that falls on a weekend is kept instead.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ObservedShift>))]
public enum ObservedShift
{
    /// <summary>Nowhere: it is lost.</summary>
    None,

    /// <summary>Saturday's on Friday, Sunday's on Monday (US federal).</summary>
    NearestWeekday,
}

/// <summary>How the date of a holiday follows from the year: exactly one of a fixed day, an nth weekday of a month, or days from Easter Sunday.</summary>
public sealed record HolidayRule
{
    public required string Name { get; init; }

    /// <summary>1-12, with <see cref="Day"/> or <see cref="Nth"/>.</summary>
    public int? Month { get; init; }

    public int? Day { get; init; }

    /// <summary>1-4, or -1 for the last.</summary>
    public int? Nth { get; init; }

    public DayOfWeek? Weekday { get; init; }

    /// <summary>Days after Western Easter Sunday, e.g. -2 for Good Friday.</summary>
    public int? Easter { get; init; }

    public ObservedShift Observed { get; init; }

    /// <summary>The first year it is kept.</summary>
    public int Since { get; init; } = 1;

    /// <summary>The date in a year; null when it is not kept, or the rule names no date.</summary>
    public DateOnly? In(int year)
    {
        if (year < Since)
            return null;
        if (Easter is { } days)
            return EasterSunday(year).AddDays(days);
        if (Month is { } month && Day is { } day)
            return new DateOnly(year, month, day);
        return Month is { } of && Nth is { } nth && Weekday is { } weekday ? NthWeekday(year, of, weekday, nth) : null;
    }

    private static DateOnly NthWeekday(int year, int month, DayOfWeek weekday, int nth)
    {
        if (nth < 0)
        {
            var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
            return last.AddDays(-(((int)last.DayOfWeek - (int)weekday + 7) % 7));
        }

        var first = new DateOnly(year, month, 1);
        return first.AddDays((((int)weekday - (int)first.DayOfWeek + 7) % 7) + (7 * (nth - 1)));
    }

    // The anonymous Gregorian computus.
    private static DateOnly EasterSunday(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }
}

/// <summary>A calendar whose holidays follow from rules: it knows every year.</summary>
public sealed class ComputedCalendar(string id, string title, string source, IReadOnlyList<HolidayRule> holidays) : BusinessCalendar(id, title, source)
{
    public override int? NextKnownYear(int year) => year < 9998 ? year + 1 : null;

    // A New Year's Day on a Saturday is observed on 31 December of the year before, so the neighbours are looked at too.
    protected override IReadOnlyDictionary<DateOnly, DayKind>? Exceptions(int year)
    {
        if (year is < 2 or > 9998)
            return null;
        var days = new Dictionary<DateOnly, DayKind>();
        foreach (var rule in holidays)
        {
            for (var y = year - 1; y <= year + 1; y++)
            {
                if (rule.In(y) is not { } date)
                    continue;
                Add(date);
                Add(Kept(date, rule.Observed));
            }
        }

        return days;

        void Add(DateOnly date)
        {
            if (date.Year == year)
                days[date] = DayKind.Holiday;
        }
    }

    private static DateOnly Kept(DateOnly date, ObservedShift shift) => (shift, date.DayOfWeek) switch
    {
        (ObservedShift.NearestWeekday, DayOfWeek.Saturday) => date.AddDays(-1),
        (ObservedShift.NearestWeekday, DayOfWeek.Sunday) => date.AddDays(1),
        _ => date,
    };
}

using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Contact.LocalTime;

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>Hours by kind of day on a wall clock.</summary>
/// <param name="Rule">Whose hours.</param>
/// <param name="Calendar">The calendar of the borrower's jurisdiction; null: none known.</param>
internal readonly record struct OpenHours(LocalHoursRule Rule, BusinessCalendar? Calendar) : IWallHours
{
    // No calendar has more days in a row without contact hours; beyond that there are none at all.
    private const int DaysSearched = 400;

    public DateTime? Next(DateTime local)
    {
        var day = local.Date;
        for (var searched = 0; searched < DaysSearched && day.Year < 9999; searched++)
        {
            if (Rule.Calendars is not null && Calendar?.Kind(day) is null)
            {
                if (Calendar?.NextKnownYear(day.Year) is not { } year)
                    return null;
                day = new DateTime(year, 1, 1);
                continue;
            }

            if (On(day) is { } hours)
            {
                var from = day > local ? TimeSpan.Zero : local.TimeOfDay;
                if (hours.Contains(from))
                    return day + from;
                if (from.Ticks < hours.From.Ticks)
                    return day + hours.From.ToTimeSpan();
            }

            day = day.AddDays(1);
        }

        return null;
    }

    private LocalWindow? On(DateTime day)
    {
        var kind = Calendar?.Kind(day) ?? (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Weekend : DayKind.Working);
        return kind switch { DayKind.Working => Rule.Weekdays, DayKind.Weekend => Rule.Weekends, _ => Rule.Holidays };
    }
}

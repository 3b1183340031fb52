using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Contact.LocalTime;

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>Turns hours on a wall clock into instants, in one zone or several.</summary>
internal static class LocalHours
{
    // Two zones can keep pushing each other past the day's end: more than a year of days without a common instant means there is none.
    private const int RoundLimit = 1000;

    public static DateTimeOffset? InZone(ZoneClock clock, DateTimeOffset t, LocalHoursRule hours, BusinessCalendar? calendar)
    {
        while (true)
        {
            var stretch = clock.At(t);
            var local = DateTime.SpecifyKind(t.UtcDateTime + stretch.Offset, DateTimeKind.Unspecified);
            if (hours.NextLocal(local, calendar) is not { } next)
                return null;
            var instant = t + (next - local);
            if (instant < stretch.End)
                return instant;
            t = stretch.End; // The clock may jump before the hours begin: look again with the new offset.
        }
    }

    public static DateTimeOffset? InEvery(in ContactSubject subject, DateTimeOffset t, LocalHoursRule hours, BusinessCalendar? calendar)
    {
        for (var round = 0; round < RoundLimit; round++)
        {
            var next = t;
            for (var i = 0; i < subject.ZoneCount; i++)
            {
                if (InZone(subject.Zone(i), next, hours, calendar) is not { } inZone)
                    return null;
                next = inZone;
            }

            if (next == t)
                return t;
            t = next;
        }

        return null;
    }

    public static DateTimeOffset? InAny(in ContactSubject subject, DateTimeOffset t, LocalHoursRule hours, BusinessCalendar? calendar)
    {
        DateTimeOffset? first = null;
        for (var i = 0; i < subject.ZoneCount; i++)
        {
            var inZone = InZone(subject.Zone(i), t, hours, calendar);
            if (inZone is not null && (first is null || inZone < first))
                first = inZone;
        }

        return first;
    }
}

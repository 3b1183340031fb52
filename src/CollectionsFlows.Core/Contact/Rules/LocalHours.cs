using CollectionsFlows.Core.Contact.LocalTime;

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>Turns hours on a wall clock into instants, in one zone or several.</summary>
internal static class LocalHours
{
    // Two zones can keep pushing each other past the day's end: more than a year of days without a common instant means there is none.
    public const int RoundLimit = 1000;

    public static DateTimeOffset? InEvery<THours>(in ContactSubject subject, DateTimeOffset t, in THours hours)
        where THours : struct, IWallHours
    {
        for (var round = 0; round < RoundLimit; round++)
        {
            var next = t;
            for (var i = 0; i < subject.ZoneCount; i++)
            {
                if (InZone(subject.Zone(i), next, hours) is not { } inZone)
                    return null;
                next = inZone;
            }

            if (next == t)
                return t;
            t = next;
        }

        return null;
    }

    public static DateTimeOffset? InAny<THours>(in ContactSubject subject, DateTimeOffset t, in THours hours)
        where THours : struct, IWallHours
    {
        DateTimeOffset? first = null;
        for (var i = 0; i < subject.ZoneCount; i++)
        {
            var inZone = InZone(subject.Zone(i), t, hours);
            if (inZone is not null && (first is null || inZone < first))
                first = inZone;
        }

        return first;
    }

    public static DateTimeOffset? InZone<THours>(ZoneClock clock, DateTimeOffset t, in THours hours)
        where THours : struct, IWallHours
    {
        while (true)
        {
            var stretch = clock.At(t);
            var local = DateTime.SpecifyKind(t.UtcDateTime + stretch.Offset, DateTimeKind.Unspecified);
            if (hours.Next(local) is not { } next)
                return null;
            var instant = t + (next - local);
            if (instant < stretch.End)
                return instant;
            t = stretch.End; // The clock may jump before the hours begin: look again with the new offset.
        }
    }
}

using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact.LocalTime;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>How a counting rule measures its time.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<WindowUnit>))]
public enum WindowUnit
{
    /// <summary>Calendar days in the borrower's zone, today included: one of seven days leaves at midnight when the eighth begins.</summary>
    LocalDays,

    /// <summary>Times of 24 hours back from the instant of contact: a contact leaves to the tick when they have passed.</summary>
    RollingDays,

    /// <summary>The calendar week in the borrower's zone that contains the contact.</summary>
    CalendarWeek,
}

/// <summary>The stretch of time a counting rule looks back over.</summary>
/// <param name="Unit">How it is measured.</param>
/// <param name="Length">How many days; ignored for weeks.</param>
/// <param name="WeekStart">The day on which weeks begin.</param>
public sealed record CountingWindow(WindowUnit Unit, int Length = 1, DayOfWeek WeekStart = DayOfWeek.Monday)
{
    /// <summary>The first instant that still counts for a contact at <paramref name="t"/>: the earliest over all zones.</summary>
    internal DateTimeOffset Start(in ContactSubject subject, DateTimeOffset t)
    {
        if (Unit == WindowUnit.RollingDays)
            return t.AddDays(-Length).AddTicks(1);
        var start = DateTimeOffset.MaxValue;
        for (var i = 0; i < subject.ZoneCount; i++)
        {
            var clock = subject.Zone(i);
            var inZone = clock.StartOf(FirstDay(clock.Local(t)));
            if (inZone < start)
                start = inZone;
        }

        return start;
    }

    /// <summary>The first instant at which something that happened at <paramref name="at"/> no longer counts: the latest over all zones.</summary>
    internal DateTimeOffset End(in ContactSubject subject, DateTimeOffset at)
    {
        if (Unit == WindowUnit.RollingDays)
            return at.AddDays(Length);
        var end = DateTimeOffset.MinValue;
        for (var i = 0; i < subject.ZoneCount; i++)
        {
            var inZone = subject.Zone(i).EndOf(LastDay(subject.Zone(i).Local(at)));
            if (inZone > end)
                end = inZone;
        }

        return end;
    }

    private DateTime FirstDay(DateTime local) => Unit == WindowUnit.LocalDays ? local.Date.AddDays(1 - Length) : WeekOf(local);

    private DateTime LastDay(DateTime local) => Unit == WindowUnit.LocalDays ? local.Date.AddDays(Length - 1) : WeekOf(local).AddDays(6);

    private DateTime WeekOf(DateTime local) => local.Date.AddDays(-(((int)local.DayOfWeek - (int)WeekStart + 7) % 7));
}

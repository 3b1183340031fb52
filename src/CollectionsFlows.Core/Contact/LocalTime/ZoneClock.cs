using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace CollectionsFlows.Core.Contact.LocalTime;

/// <summary>A stretch of time in which a zone keeps one offset from UTC.</summary>
/// <param name="Offset">Local time minus UTC.</param>
/// <param name="End">The first instant at which the offset may differ (UTC). The clock may cut a longer stretch in two.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct OffsetStretch(TimeSpan Offset, DateTimeOffset End);

/// <summary>
/// The wall clock of one IANA zone: the same answers as <see cref="TimeZoneInfo"/>, remembered year by year because a gate that
/// judges hundreds of thousands of contacts a second asks for little else. What is remembered never changes, so it stays pure.
/// </summary>
/// <remarks>
/// All searches walk stretches of constant offset: inside one, local time is a straight line, so a local time that a spring gap
/// skips or an autumn overlap repeats needs no special case and none can be missed.
/// </remarks>
public sealed class ZoneClock
{
    private const int FirstYear = 1990;
    private const int LastYear = 2100;

    // No zone is further from UTC than +14:00 or -12:00.
    private static readonly TimeSpan FurthestOffset = TimeSpan.FromHours(16);
    private static readonly ConcurrentDictionary<string, ZoneClock?> Known = new(StringComparer.Ordinal);

    private readonly TimeZoneInfo zone;
    private readonly OffsetStretch[]?[] years = new OffsetStretch[LastYear - FirstYear + 1][];

    private ZoneClock(TimeZoneInfo zone) => this.zone = zone;

    /// <summary>The clock of a zone; false when no such IANA zone is known.</summary>
    public static bool TryGet(string zoneId, [NotNullWhen(true)] out ZoneClock? clock)
    {
        if (!Known.TryGetValue(zoneId, out clock))
            clock = Known.GetOrAdd(zoneId, static id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? new ZoneClock(zone) : null);
        return clock is not null;
    }

    /// <summary>The clock of a zone the caller knows to exist: the gate refuses requests in unknown zones before any rule sees them.</summary>
    /// <exception cref="TimeZoneNotFoundException">No such zone.</exception>
    public static ZoneClock Get(string zoneId) =>
        TryGet(zoneId, out var clock) ? clock : throw new TimeZoneNotFoundException($"There is no time zone '{zoneId}'.");

    /// <summary>The offset at an instant and when it may change next.</summary>
    public OffsetStretch At(DateTimeOffset instant)
    {
        var year = instant.UtcDateTime.Year;
        if (year >= 9999)
            return new(zone.GetUtcOffset(instant), DateTimeOffset.MaxValue);
        foreach (var stretch in year is < FirstYear or > LastYear ? Stretches(year) : years[year - FirstYear] ??= Stretches(year))
            if (instant < stretch.End)
                return stretch;
        throw new InvalidOperationException("The stretches of a year end with the year.");
    }

    /// <summary>The wall clock's reading at an instant.</summary>
    public DateTime Local(DateTimeOffset instant) => DateTime.SpecifyKind(instant.UtcDateTime + At(instant).Offset, DateTimeKind.Unspecified);

    /// <summary>The first instant at or after <paramref name="from"/> whose wall clock shows <paramref name="local"/> or later.</summary>
    public DateTimeOffset FirstAtOrAfter(DateTimeOffset from, DateTime local)
    {
        var t = from;
        while (true)
        {
            var stretch = At(t);
            var candidate = new DateTimeOffset(local.Ticks, TimeSpan.Zero) - stretch.Offset;
            if (candidate < t)
                candidate = t;
            if (candidate < stretch.End)
                return candidate;
            t = stretch.End;
        }
    }

    /// <summary>The first instant of a local day, or of the next one where the zone skipped the day's midnight.</summary>
    public DateTimeOffset StartOf(DateTime day) => FirstAtOrAfter(new DateTimeOffset(day.Ticks, TimeSpan.Zero) - FurthestOffset, day);

    /// <summary>The first instant after a local day.</summary>
    public DateTimeOffset EndOf(DateTime day) => StartOf(day.AddDays(1));

    // Offsets are compared day by day and the change found to the second by halving; no zone has changed twice in a day.
    private OffsetStretch[] Stretches(int year)
    {
        var found = new List<OffsetStretch>(3);
        var end = new DateTimeOffset(year, 12, 31, 0, 0, 0, TimeSpan.Zero).AddDays(1);
        var day = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var offset = zone.GetUtcOffset(day);
        for (; day < end; day = day.AddDays(1))
        {
            var next = zone.GetUtcOffset(day.AddDays(1));
            if (next == offset)
                continue;
            found.Add(new(offset, Change(day, day.AddDays(1), offset)));
            offset = next;
        }

        found.Add(new(offset, end));
        return [.. found];
    }

    private DateTimeOffset Change(DateTimeOffset before, DateTimeOffset after, TimeSpan offset)
    {
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before.AddSeconds(Math.Floor((after - before).TotalSeconds / 2));
            if (zone.GetUtcOffset(middle) == offset)
                before = middle;
            else
                after = middle;
        }

        return after;
    }
}

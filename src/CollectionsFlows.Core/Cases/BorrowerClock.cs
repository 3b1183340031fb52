using System.Collections.Concurrent;

namespace CollectionsFlows.Core.Cases;

/// <summary>The borrower's calendar. With several plausible zones the borrower gets the benefit: a day begins when it has begun in all of them.</summary>
public sealed class BorrowerClock
{
    // Zone data is reference data of the platform; looking a zone up is slow, so each is kept once found.
    private static readonly ConcurrentDictionary<string, TimeZoneInfo> Zones = new(StringComparer.Ordinal);

    private readonly TimeZoneInfo[] zones;

    /// <param name="zones">IANA ids, never empty.</param>
    /// <exception cref="TimeZoneNotFoundException">A zone is unknown.</exception>
    public BorrowerClock(IReadOnlyList<string> zones) =>
        this.zones = [.. zones.Select(id => Zones.GetOrAdd(id, TimeZoneInfo.FindSystemTimeZoneById))];

    /// <summary>Whether there is such a zone.</summary>
    public static bool Knows(string zone) => Zones.ContainsKey(zone) || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    /// <summary>The local date: the earliest among the zones, so that nobody is past due before the day is over everywhere.</summary>
    public DateOnly DateAt(DateTimeOffset instant)
    {
        var date = DateOnly.MaxValue;
        foreach (var zone in zones)
        {
            var local = LocalDate(zone, instant.UtcDateTime);
            if (local < date)
            {
                date = local;
            }
        }

        return date;
    }

    /// <summary>The first instant at which it is that local time or later on that date in every zone, UTC.</summary>
    public DateTimeOffset At(DateOnly date, TimeOnly time)
    {
        var latest = DateTimeOffset.MinValue;
        foreach (var zone in zones)
        {
            var instant = FirstInstant(zone, date.ToDateTime(time));
            if (instant > latest)
            {
                latest = instant;
            }
        }

        return latest;
    }

    /// <summary>The first instant of a local date.</summary>
    public DateTimeOffset StartOf(DateOnly date) => At(date, TimeOnly.MinValue);

    /// <summary>The instant in the borrower's first zone, with its offset.</summary>
    public DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zones[0]);

    private static DateOnly LocalDate(TimeZoneInfo zone, DateTime utc)
    {
        // A sender may say any instant; at the calendar's ends there is no other day to go to.
        var ticks = utc.Ticks + zone.GetUtcOffset(utc).Ticks;
        return DateOnly.FromDateTime(new DateTime(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks)));
    }

    private static DateTimeOffset FirstInstant(TimeZoneInfo zone, DateTime local)
    {
        if (zone.IsInvalidTime(local))
        {
            // In a DST gap the clock jumps over this time: the first instant after it is the jump itself.
            var before = zone.GetUtcOffset(local.AddHours(-3));
            var after = zone.GetUtcOffset(local.AddHours(3));
            var jump = new DateTimeOffset(local - before, TimeSpan.Zero);
            return FirstValid(zone, jump, after - before);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local - offset, TimeSpan.Zero);
    }

    private static DateTimeOffset FirstValid(TimeZoneInfo zone, DateTimeOffset inGap, TimeSpan gap)
    {
        // inGap lies within `gap` after the jump; walk back to the jump by halving: offsets differ on its two sides.
        var low = inGap - gap;
        var high = inGap;
        var offsetAfter = zone.GetUtcOffset(high.UtcDateTime);
        while (high - low > TimeSpan.FromSeconds(1))
        {
            var middle = low + ((high - low) / 2);
            (low, high) = zone.GetUtcOffset(middle.UtcDateTime) == offsetAfter ? (low, middle) : (middle, high);
        }

        return new DateTimeOffset(high.Ticks - (high.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }
}

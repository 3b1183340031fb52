using CollectionsFlows.Core.Contact.LocalTime;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Core.Tests.Contact;

public class ZoneClockTests
{
    private static readonly string[] Zones =
        ["America/New_York", "America/Los_Angeles", "Asia/Shanghai", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca", "America/Havana", "Pacific/Apia", "UTC"];

    [Fact]
    public void the_clock_agrees_with_the_zone_data_at_any_second()
    {
        var first = new DateTimeOffset(1989, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var instants =
            from day in Gen.Choose(0, (112 * 366) - 1)
            from second in Gen.Choose(0, 86_399)
            from zone in Gen.Elements(Zones)
            select (Instant: first.AddDays(day).AddSeconds(second), Zone: zone);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(instants.ToArbitrary(), x =>
        {
            var (instant, zone) = (x.Instant, x.Zone);
            var stretch = ZoneClock.Get(zone).At(instant);
            var truth = TimeZoneInfo.FindSystemTimeZoneById(zone);
            return stretch.Offset == truth.GetUtcOffset(instant) && stretch.End > instant && stretch.Offset == truth.GetUtcOffset(stretch.End.AddTicks(-1));
        }));
    }

    [Theory]
    [InlineData("2026-03-08T06:59:59Z", -5)]
    [InlineData("2026-03-08T07:00:00Z", -4)] // 02:00 EST becomes 03:00 EDT
    [InlineData("2026-11-01T05:59:59Z", -4)]
    [InlineData("2026-11-01T06:00:00Z", -5)] // 02:00 EDT becomes 01:00 EST
    public void new_york_changes_its_clock_to_the_second(string instant, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), ZoneClock.Get("America/New_York").At(DateTimeOffset.Parse(instant)).Offset);

    [Fact]
    public void a_local_time_in_the_spring_gap_is_the_instant_the_clock_jumps()
    {
        var midnight = DateTimeOffset.Parse("2026-03-08T05:00:00Z");
        Assert.Equal(DateTimeOffset.Parse("2026-03-08T07:00:00Z"), ZoneClock.Get("America/New_York").FirstAtOrAfter(midnight, new DateTime(2026, 3, 8, 2, 30, 0)));
    }

    [Fact]
    public void a_local_time_in_the_autumn_overlap_is_its_first_occurrence()
    {
        var midnight = DateTimeOffset.Parse("2026-11-01T04:00:00Z");
        Assert.Equal(DateTimeOffset.Parse("2026-11-01T05:30:00Z"), ZoneClock.Get("America/New_York").FirstAtOrAfter(midnight, new DateTime(2026, 11, 1, 1, 30, 0)));
    }

    [Fact]
    public void a_local_day_starts_at_its_midnight() =>
        Assert.Equal(DateTimeOffset.Parse("2024-02-28T16:00:00Z"), ZoneClock.Get("Asia/Shanghai").StartOf(new DateTime(2024, 2, 29)));

    [Fact]
    public void where_the_clock_jumps_over_midnight_the_day_starts_at_one() =>
        Assert.Equal(DateTimeOffset.Parse("2026-03-08T05:00:00Z"), ZoneClock.Get("America/Havana").StartOf(new DateTime(2026, 3, 8)));

    [Fact]
    public void a_day_the_zone_skipped_starts_with_the_next_one() => // Samoa had no 30 December 2011.
        Assert.Equal(ZoneClock.Get("Pacific/Apia").StartOf(new DateTime(2011, 12, 31)), ZoneClock.Get("Pacific/Apia").StartOf(new DateTime(2011, 12, 30)));

    [Fact]
    public void an_unknown_zone_is_not_found() => Assert.False(ZoneClock.TryGet("Mars/Olympus", out _));
}

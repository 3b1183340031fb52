using CollectionsFlows.Application.Contact;
using CollectionsFlows.Local.Hosting;
using CollectionsFlows.Simulation.Time;

namespace CollectionsFlows.Local.Tests.Hosting;

/// <summary>The log tells of calendars that run out: at once, then once each real day, however fast virtual time runs.</summary>
public sealed class CalendarNoticeTests
{
    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void it_is_told_at_once_and_once_a_day()
    {
        var (cases, wall) = (new VirtualTime(At("2026-12-01T00:00:00Z")), new VirtualTime(At("2030-05-05T10:00:00Z")));
        var told = new List<string>();
        var notice = new CalendarNotice(new CalendarAlerts(PackCatalogue.Shipped().Packs, cases), wall, told.Add);
        notice.Look();
        Assert.Contains(told, sentence => sentence.StartsWith("Calendar cn ", StringComparison.Ordinal));
        var first = told.Count;
        cases.MoveTo(At("2027-02-01T00:00:00Z"));
        notice.Look();
        wall.MoveTo(At("2030-05-05T23:59:59Z"));
        notice.Look();
        Assert.Equal(first, told.Count);
        wall.MoveTo(At("2030-05-06T00:00:00Z"));
        notice.Look();
        Assert.Equal(2 * first, told.Count);
    }

    [Fact]
    public void while_all_is_well_it_is_silent_and_speaks_on_the_day_it_is_not()
    {
        var (cases, wall) = (new VirtualTime(At("2026-03-01T00:00:00Z")), new VirtualTime(At("2030-05-05T10:00:00Z")));
        var told = new List<string>();
        var notice = new CalendarNotice(new CalendarAlerts(PackCatalogue.Shipped().Packs, cases), wall, told.Add);
        notice.Look();
        Assert.Empty(told);
        cases.MoveTo(At("2026-11-20T00:00:00Z")); // the same real day
        notice.Look();
        Assert.NotEmpty(told);
    }
}

using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Core.Tests.Contact;

/// <summary>A year without a calendar is told before it begins, and as long as it lasts.</summary>
public class CalendarWatchTests
{
    private static readonly BusinessCalendar Until2026 = new TableCalendar("cn", "China", "s", [2025, 2026], [], []);
    private static readonly BusinessCalendar Endless = new ComputedCalendar("us", "US", "s", [new HolidayRule { Name = "New Year", Month = 1, Day = 1 }]);

    private static JurisdictionPack Pack(params KeyValuePair<string, BusinessCalendar>[] calendars) => new()
    {
        Id = "house", Title = "t", Version = 1, Rules =
        [
            new LocalHoursRule { Id = "HOUSE-HOURS", Title = "t", Source = "s", Calendars = calendars.ToDictionary(pair => pair.Key, pair => pair.Value.Id), JoinedCalendars = calendars, CalendarMissingId = "HOUSE-CALENDAR-MISSING" },
        ],
    };

    private static IReadOnlyList<CalendarWarning> Look(string now) =>
        CalendarWatch.Look([Pack(KeyValuePair.Create("CN", Until2026), KeyValuePair.Create("US", Endless))], DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-11-01T23:59:59Z")] // 61 days before the year begins
    [InlineData("2026-03-01T00:00:00Z")]
    [InlineData("2025-12-31T00:00:00Z")] // the year that begins is known
    public void while_the_years_ahead_are_known_nothing_is_told(string now) => Assert.Empty(Look(now));

    [Theory]
    [InlineData("2026-11-02T00:00:00Z", 60)] // 29 days of November counted from the 2nd, 31 of December
    [InlineData("2026-12-31T23:59:59Z", 1)]
    public void sixty_days_before_a_year_without_a_calendar_it_is_told_what_will_wait(string now, int daysLeft)
    {
        var warning = Assert.Single(Look(now));
        Assert.Equal(("cn", 2027, daysLeft, false), (warning.Calendar, warning.Year, warning.DaysLeft, warning.IsMissing));
        Assert.Equal(["HOUSE-HOURS"], warning.Rules);
        Assert.Equal(["CN"], warning.Jurisdictions);
        Assert.Contains($"which begins in {daysLeft} day{(daysLeft == 1 ? "" : "s")}", warning.Describe(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2027-01-01T00:00:00Z", 2027)]
    [InlineData("2028-02-29T12:00:00Z", 2028)]
    [InlineData("2024-06-01T00:00:00Z", 2024)] // before the calendar begins as well
    public void in_a_year_without_a_calendar_it_is_told_what_waits(string now, int year)
    {
        var warning = Assert.Single(Look(now));
        Assert.Equal((year, 0, true), (warning.Year, warning.DaysLeft, warning.IsMissing));
        Assert.Equal($"Calendar cn (China) has no {year}: HOUSE-HOURS blocks contacts in CN until the year is added (calendars/cn.json).", warning.Describe());
    }

    [Fact]
    public void the_end_of_all_calendars_is_no_crash() =>
        Assert.NotNull(CalendarWatch.Look([Pack(KeyValuePair.Create("US", Endless))], DateTimeOffset.MaxValue));
}

using CollectionsFlows.Core.Contact.Calendars;

namespace CollectionsFlows.Core.Tests.Contact;

public class CalendarTests
{
    private static readonly TableCalendar Table = new(
        "t", "t", "t", [2024, 2026], [new DateOnly(2024, 5, 1), new DateOnly(2026, 1, 1)], [new DateOnly(2024, 5, 11)]);

    [Fact]
    public void a_make_up_saturday_is_a_working_day() => Assert.Equal(DayKind.Working, Table.Kind(new DateOnly(2024, 5, 11)));

    [Fact]
    public void a_plain_saturday_is_a_weekend() => Assert.Equal(DayKind.Weekend, Table.Kind(new DateOnly(2024, 5, 18)));

    [Fact]
    public void a_leap_day_is_a_day() => Assert.Equal(DayKind.Working, Table.Kind(new DateOnly(2024, 2, 29)));

    [Fact]
    public void the_last_day_of_a_leap_year_is_known() => Assert.Equal(DayKind.Working, Table.Kind(new DateOnly(2024, 12, 31)));

    [Fact]
    public void a_year_outside_the_table_is_unknown_and_the_next_known_one_is_named()
    {
        Assert.Null(Table.Kind(new DateOnly(2025, 5, 1)));
        Assert.Equal(2026, Table.NextKnownYear(2025));
        Assert.Null(Table.NextKnownYear(2026));
    }

    [Fact]
    public void a_date_outside_its_years_or_of_two_kinds_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new TableCalendar("t", "t", "t", [2024], [new DateOnly(2025, 1, 1)], []));
        Assert.Throws<ArgumentException>(() => new TableCalendar("t", "t", "t", [2024], [new DateOnly(2024, 1, 6)], [new DateOnly(2024, 1, 6)]));
    }

    [Theory]
    [InlineData(3, 1, 1, "2026-01-19")] // third Monday of January
    [InlineData(-1, 5, 1, "2026-05-25")] // last Monday of May
    [InlineData(4, 11, 4, "2026-11-26")] // fourth Thursday of November
    public void an_nth_weekday_is_counted_from_the_right_end(int nth, int month, int weekday, string date) =>
        Assert.Equal(DateOnly.Parse(date), new HolidayRule { Name = "x", Month = month, Nth = nth, Weekday = (DayOfWeek)weekday }.In(2026));

    [Theory]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2038, "2038-04-25")] // the latest Easter can be
    public void easter_is_where_the_almanac_has_it(int year, string date) => Assert.Equal(DateOnly.Parse(date), new HolidayRule { Name = "x", Easter = 0 }.In(year));

    [Fact]
    public void a_new_years_day_on_saturday_is_kept_on_the_last_day_of_the_old_year()
    {
        var calendar = new ComputedCalendar("c", "c", "c", [new HolidayRule { Name = "New Year", Month = 1, Day = 1, Observed = ObservedShift.NearestWeekday }]);
        Assert.Equal(DayKind.Holiday, calendar.Kind(new DateOnly(2027, 12, 31))); // 2028-01-01 is a Saturday
        Assert.Equal(DayKind.Working, calendar.Kind(new DateOnly(2026, 12, 31)));
    }

    [Fact]
    public void a_holiday_on_sunday_is_kept_on_monday()
    {
        var calendar = new ComputedCalendar("c", "c", "c", [new HolidayRule { Name = "Fourth of July", Month = 7, Day = 4, Observed = ObservedShift.NearestWeekday }]);
        Assert.Equal(DayKind.Holiday, calendar.Kind(new DateOnly(2027, 7, 5))); // 2027-07-04 is a Sunday
    }
}

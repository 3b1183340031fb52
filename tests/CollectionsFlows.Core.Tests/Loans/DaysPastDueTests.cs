using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Loans;

/// <summary>S3: days past due of the oldest unpaid instalment, pauses taken out.</summary>
public class DaysPastDueTests
{
    [Theory]
    [InlineData("2026-01-09", 0)]
    [InlineData("2026-01-10", 0)]
    [InlineData("2026-01-11", 1)]
    [InlineData("2026-02-09", 30)]
    [InlineData("2027-01-10", 365)]
    public void days_are_counted_from_the_day_after_the_due_date(string on, int expected) =>
        Assert.Equal(expected, DaysPastDue.Of(Day("2026-01-10"), Day(on), []));

    [Fact]
    public void the_29th_of_february_is_a_day() =>
        Assert.Equal(2, DaysPastDue.Of(Day("2024-02-28"), Day("2024-03-01"), []));

    [Theory]
    [InlineData("2026-01-12", "2026-01-15", 7)] // 12, 13, 14 paused
    [InlineData("2026-01-01", "2026-01-15", 6)] // only 11…14 lie after the due date
    [InlineData("2026-01-01", "2026-01-11", 10)] // over before the clock starts
    [InlineData("2026-01-20", "2026-01-30", 9)] // the day itself is paused
    [InlineData("2026-01-21", "2026-01-30", 10)] // not begun yet
    [InlineData("2026-01-15", "2026-01-15", 10)] // no days
    [InlineData("2026-01-15", "2026-01-12", 10)] // ends before it starts: no days
    [InlineData("2026-01-01", "2026-03-01", 0)]
    public void paused_days_do_not_count(string from, string until, int expected) =>
        Assert.Equal(expected, DaysPastDue.Of(Day("2026-01-10"), Day("2026-01-20"), [Paused(from, until)]));

    [Fact]
    public void overlapping_pauses_count_once() =>
        Assert.Equal(
            4, // 11, 12, 19, 20: paused are 13…18
            DaysPastDue.Of(
                Day("2026-01-10"),
                Day("2026-01-20"),
                [Paused("2026-01-15", "2026-01-19"), Paused("2026-01-13", "2026-01-17"), Paused("2026-01-14", "2026-01-15")]));

    [Fact]
    public void the_clock_stands_still_in_an_open_ended_pause()
    {
        Pause[] pauses = [Paused("2026-01-15")];

        Assert.Equal(4, DaysPastDue.Of(Day("2026-01-10"), Day("2026-01-15"), pauses));
        Assert.Equal(4, DaysPastDue.Of(Day("2026-01-10"), DateOnly.MaxValue, pauses));
    }

    [Fact]
    public void thirty_days_past_due_are_reached_thirty_days_after_the_due_date() =>
        Assert.Equal(Day("2026-02-09"), DaysPastDue.Reaches(Day("2026-01-10"), 30, []));

    [Theory]
    [InlineData(1, "2026-01-11")]
    [InlineData(2, "2026-01-12")]
    [InlineData(3, "2026-01-19")] // 13…18 paused
    [InlineData(4, "2026-01-20")]
    [InlineData(5, "2026-01-23")] // 21, 22 paused
    public void pauses_push_back_the_day_on_which_a_step_is_reached(int daysPastDue, string expected) =>
        Assert.Equal(
            Day(expected),
            DaysPastDue.Reaches(
                Day("2026-01-10"),
                daysPastDue,
                [Paused("2026-01-21", "2026-01-23"), Paused("2026-01-15", "2026-01-19"), Paused("2026-01-13", "2026-01-17"), Paused("2025-12-01", "2025-12-24")]));

    [Fact]
    public void what_comes_before_an_open_ended_pause_is_reached_and_nothing_after()
    {
        Pause[] pauses = [Paused("2026-01-15")];

        Assert.Equal(Day("2026-01-14"), DaysPastDue.Reaches(Day("2026-01-10"), 4, pauses));
        Assert.Null(DaysPastDue.Reaches(Day("2026-01-10"), 5, pauses));
    }

    [Fact]
    public void an_open_ended_pause_from_before_the_due_date_reaches_nothing() =>
        Assert.Null(DaysPastDue.Reaches(Day("2026-01-10"), 1, [Paused("2025-12-01")]));

    [Fact]
    public void the_end_of_the_calendar_is_no_overflow()
    {
        Assert.Equal(DateOnly.MaxValue, DaysPastDue.Reaches(DateOnly.MaxValue.AddDays(-3), 3, []));
        Assert.Null(DaysPastDue.Reaches(DateOnly.MaxValue.AddDays(-3), 4, []));
        Assert.Null(DaysPastDue.Reaches(DateOnly.MaxValue, int.MaxValue, []));
        Assert.Null(DaysPastDue.Reaches(DateOnly.MinValue, int.MaxValue, [new(DateOnly.MinValue, DateOnly.MaxValue.AddDays(-1))]));
        Assert.Equal(0, DaysPastDue.Of(DateOnly.MaxValue, DateOnly.MaxValue, []));
        Assert.Equal(DateOnly.MaxValue.DayNumber, DaysPastDue.Of(DateOnly.MinValue, DateOnly.MaxValue, []));
    }

    [Fact]
    public void less_than_one_day_past_due_is_no_day_to_reach() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DaysPastDue.Reaches(Day("2026-01-10"), 0, []));
}

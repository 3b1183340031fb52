using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Plans;

/// <summary>S13: level plans, with the two checks of <c>domain.md</c> "plan maths".</summary>
public class AmortisationTests
{
    private static readonly Currency Usd = Currency.Parse("USD");

    [Fact]
    public void ten_thousand_at_12_percent_actual_actual()
    {
        var rows = Amortisation.Level(10_000m, 0.12m, 6, Day("2023-12-12"), Day("2024-01-12"), DayCount.ActualActual, Usd);

        Assert.All(rows.Take(5), row => Assert.Equal(1725.56m, row.Total));
        Assert.Equal(1725.59m, rows[5].Total);
        Assert.Equal(353.39m, rows.Sum(row => row.Interest));

        // 19 days of 2023 and 12 of the leap year: 1 200 × (19/365 + 12/366) = 62.4657… + 39.3442…
        Assert.Equal(101.81m, rows[0].Interest);
        Assert.Equal(Day("2024-06-12"), rows[5].DueOn);
    }

    [Fact]
    public void a_hundred_at_12_percent_30_360()
    {
        var rows = Amortisation.Level(100m, 0.12m, 6, Day("2026-01-01"), Day("2026-02-01"), DayCount.Thirty360, Usd);

        // 1 % of the balance each month, half-even.
        Assert.Equal([1.00m, 0.84m, 0.67m, 0.51m, 0.34m, 0.17m], rows.Select(row => row.Interest));
        Assert.Equal([16.25m, 16.41m, 16.58m, 16.74m, 16.91m, 17.11m], rows.Select(row => row.Principal));
        Assert.Equal([83.75m, 67.34m, 50.76m, 34.02m, 17.11m, 0m], rows.Select(row => row.Balance));
        Assert.Equal([17.25m, 17.25m, 17.25m, 17.25m, 17.25m, 17.28m], rows.Select(row => row.Total));
        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Select(row => row.Number));
    }

    [Fact]
    public void interest_on_a_half_cent_goes_to_the_even_cent()
    {
        // 1 % of 50.50 is 0.505, of 51.50 is 0.515.
        Assert.Equal(0.50m, Amortisation.Level(50.50m, 0.12m, 1, Day("2026-01-01"), Day("2026-02-01"), DayCount.Thirty360, Usd)[0].Interest);
        Assert.Equal(0.52m, Amortisation.Level(51.50m, 0.12m, 1, Day("2026-01-01"), Day("2026-02-01"), DayCount.Thirty360, Usd)[0].Interest);
    }

    [Fact]
    public void an_instalment_on_a_half_cent_goes_to_the_even_cent() =>
        // 100.50 × 1.01² / 2.01 = 51.005
        Assert.Equal(51.00m, Amortisation.Level(100.50m, 0.12m, 2, Day("2026-01-01"), Day("2026-02-01"), DayCount.Thirty360, Usd)[0].Total);

    [Fact]
    public void without_interest_the_last_instalment_takes_the_remainder()
    {
        var cents = Amortisation.Level(100m, 0m, 3, Day("2026-01-01"), Day("2026-02-01"), DayCount.ActualActual, Usd);
        var yen = Amortisation.Level(100_000m, 0m, 3, Day("2026-01-01"), Day("2026-02-01"), DayCount.ActualActual, Currency.Parse("JPY"));

        Assert.Equal([33.33m, 33.33m, 33.34m], cents.Select(row => row.Total));
        Assert.Equal([33_333m, 33_333m, 33_334m], yen.Select(row => row.Total));
    }

    [Fact]
    public void one_instalment_repays_everything_with_its_interest()
    {
        // 1 000 × 0.0365 × 10/365 = 1.00
        var row = Assert.Single(Amortisation.Level(1000m, 0.0365m, 1, Day("2026-01-01"), Day("2026-01-11"), DayCount.ActualActual, Usd));

        Assert.Equal(new(1, Day("2026-01-11"), 1000m, 1.00m, 1001.00m, 0m), row);
    }

    [Fact]
    public void due_dates_keep_the_day_of_the_month_or_take_the_last_one()
    {
        var rows = Amortisation.Level(100m, 0.12m, 5, Day("2023-12-31"), Day("2024-01-31"), DayCount.ActualActual, Usd);

        Assert.Equal(
            [Day("2024-01-31"), Day("2024-02-29"), Day("2024-03-31"), Day("2024-04-30"), Day("2024-05-31")],
            rows.Select(row => row.DueOn));
    }

    [Fact]
    public void debts_of_a_few_cents_end_early_instead_of_overshooting()
    {
        // 0.05 over 8: 0.00625 rounds to 0.01.
        var rows = Amortisation.Level(0.05m, 0m, 8, Day("2026-01-01"), Day("2026-02-01"), DayCount.Thirty360, Usd);

        Assert.Equal([0.01m, 0.01m, 0.01m, 0.01m, 0.01m, 0m, 0m, 0m], rows.Select(row => row.Total));
    }

    [Fact]
    public void the_longest_schedule_at_a_rate_that_would_overflow_still_works()
    {
        // 12.5 % a month for fifty years: the instalment is the interest, the last one repays.
        var rows = Amortisation.Level(100m, 1.5m, 600, Day("2026-01-01"), Day("2026-02-01"), DayCount.Thirty360, Usd);

        Assert.All(rows.Take(599), row => Assert.Equal(12.50m, row.Total));
        Assert.Equal(112.50m, rows[599].Total);
    }

    [Theory]
    [InlineData("principal", 0, 0.1, 6, "2026-01-01", "2026-02-01")]
    [InlineData("principal", -1, 0.1, 6, "2026-01-01", "2026-02-01")]
    [InlineData("principal", 10.001, 0.1, 6, "2026-01-01", "2026-02-01")]
    [InlineData("principal", 1e13, 0.1, 6, "2026-01-01", "2026-02-01")]
    [InlineData("annualRate", 100, -0.01, 6, "2026-01-01", "2026-02-01")]
    [InlineData("annualRate", 100, 101, 6, "2026-01-01", "2026-02-01")]
    [InlineData("annualRate", 100, 100, 600, "2026-01-01", "2026-02-01")]
    [InlineData("instalments", 100, 0.1, 0, "2026-01-01", "2026-02-01")]
    [InlineData("instalments", 100, 0.1, 601, "2026-01-01", "2026-02-01")]
    [InlineData("firstDue", 100, 0.1, 6, "2026-02-01", "2026-02-01")]
    [InlineData("firstDue", 100, 0.1, 6, "2026-02-02", "2026-02-01")]
    [InlineData("firstDue", 100, 0.1, 6, "2026-02-02", "9999-10-31")]
    public void an_argument_out_of_range_is_named(string argument, double principal, double rate, int instalments, string start, string firstDue)
    {
        var error = Assert.Throws<ArgumentException>(() =>
            Amortisation.Level((decimal)principal, (decimal)rate, instalments, Day(start), Day(firstDue), DayCount.ActualActual, Usd));

        Assert.Equal(argument, error.ParamName);
        Assert.Contains("expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void the_last_month_of_the_calendar_can_still_be_due() =>
        Assert.Equal(Day("9999-12-30"), Amortisation.Level(100m, 0.1m, 2, Day("9999-11-01"), Day("9999-11-30"), DayCount.ActualActual, Usd)[1].DueOn);
}

using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Loans;

/// <summary>Penalty interest: unpaid × annual rate / days in a year, for each day after the due date.</summary>
public class PenaltyInterestTests
{
    /// <summary>1 000.00 × 0.365 / 365 = 1.00 a day.</summary>
    private static readonly LoanTerms OneADay = Of(0.365m, "USD", Due(1, "2026-01-10", 1000m));

    [Theory]
    [InlineData("2026-01-09", 0)]
    [InlineData("2026-01-10", 0)]
    [InlineData("2026-01-11", 1)]
    [InlineData("2026-01-20", 10)]
    public void accrues_from_the_day_after_the_due_date(string asOf, int expected)
    {
        var position = OneADay.On(asOf);

        Assert.Equal(expected, position.Balance.Penalty);
        Assert.Equal(1000m, position.Balance.Principal);
    }

    [Fact]
    public void a_payment_sees_the_penalty_of_its_own_day_and_lowers_that_of_the_days_after()
    {
        // 20 Jan: 10.00 penalty, 500.00 principal. Then 500.00 × 0.001 = 0.50 a day.
        var payment = Paid(510m, "2026-01-20");

        Assert.Equal(new(10m, 0m, 0m, 500m), OneADay.On("2026-01-20", payment).Allocations[0].Allocated);
        Assert.Equal(new(5m, 0m, 0m, 500m), OneADay.On("2026-01-30", payment).Balance);
    }

    [Fact]
    public void penalty_that_was_left_unpaid_stays_and_does_not_accrue_itself()
    {
        AccountRules principalFirst = new() { Waterfall = new() { Order = [Component.Principal, Component.Penalty] } };
        var position = OneADay.On("2026-06-30", principalFirst, Paid(1000m, "2026-01-20"));

        Assert.Equal(new(10m, 0m, 0m, 0m), position.Balance);
        Assert.Null(position.PaidOffOn);
        Assert.Equal(171, position.DaysPastDue); // 21 + 28 + 31 + 30 + 31 + 30
    }

    [Theory]
    [InlineData("2026-01-11", 0.00)] // 0.005
    [InlineData("2026-01-12", 0.01)]
    [InlineData("2026-01-13", 0.02)] // 0.015
    [InlineData("2026-01-15", 0.02)] // 0.025
    [InlineData("2026-01-17", 0.04)] // 0.035
    public void is_rounded_half_even_to_the_cent(string asOf, double expected) =>
        Assert.Equal((decimal)expected, Of(0.365m, "USD", Due(1, "2026-01-10", 5m)).On(asOf).Balance.Penalty);

    [Fact]
    public void is_rounded_once_over_all_balance_changes()
    {
        // 10.00 × 0.0001 a day: 4 days are 0.004; the 5.00 that stay are 0.0005 a day: 4 days are 0.002; together 0.006.
        var position = Of(0.0365m, "USD", Due(1, "2026-01-10", 10m)).On("2026-01-18", Paid(5m, "2026-01-14"));

        Assert.Equal(new(0.01m, 0m, 0m, 5m), position.Balance);
    }

    [Fact]
    public void is_counted_on_principal_or_on_principal_and_interest_over_the_days_of_the_rules()
    {
        var loan = Of(0.36m, "USD", Due(1, "2026-01-10", 800m, interest: 200m, fees: 50m));
        AccountRules onPrincipal = new() { PenaltyDaysInYear = 360 };
        var onBoth = onPrincipal with { PenaltyBase = PenaltyBase.PrincipalAndInterest };

        Assert.Equal(8m, loan.On("2026-01-20", onPrincipal).Balance.Penalty); // 800 × 0.001 × 10
        Assert.Equal(10m, loan.On("2026-01-20", onBoth).Balance.Penalty); // 1 000 × 0.001 × 10
    }

    [Fact]
    public void paused_days_accrue_nothing()
    {
        var position = LoanAccount.Position(OneADay, Rules, [], [Paused("2026-01-12", "2026-01-15")], null, Day("2026-01-20"));

        Assert.Equal(7m, position.Balance.Penalty);
        Assert.Equal(7, position.DaysPastDue);
    }

    [Fact]
    public void each_instalment_accrues_from_its_own_due_date()
    {
        var loan = Of(0.365m, "USD", Due(1, "2026-01-10", 1000m), Due(2, "2026-02-10", 2000m), Due(3, "2026-03-10", 3000m));
        var position = loan.On("2026-02-15");

        Assert.Equal([36m, 10m, 0m], position.Instalments.Select(instalment => instalment.Outstanding.Penalty));
        Assert.Equal(new(46m, 0m, 0m, 3000m), position.Overdue);
    }

    [Theory]
    [InlineData("2026-01-11", 0)] // 1 234 × 0.0004 = 0.4936
    [InlineData("2026-01-13", 1)] // 1.4808
    [InlineData("2026-01-14", 2)] // 1.9744
    public void currencies_without_decimals_round_to_whole_units(string asOf, int expected) =>
        Assert.Equal(expected, Of(0.146m, "JPY", Due(1, "2026-01-10", 1234m)).On(asOf).Balance.Penalty);

    [Fact]
    public void the_29th_of_february_accrues() =>
        Assert.Equal(2m, Of(0.365m, "USD", Due(1, "2024-02-28", 1000m)).On("2024-03-01").Balance.Penalty);

    [Fact]
    public void no_rate_no_penalty() =>
        Assert.Equal(0m, Of(0m, "USD", Due(1, "2026-01-10", 1000m)).On("2036-01-10").Balance.Penalty);
}

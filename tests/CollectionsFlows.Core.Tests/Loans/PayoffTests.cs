using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Loans;

/// <summary>S11: the exact payoff amount, with and without the rebate of unearned interest.</summary>
public class PayoffTests
{
    private static readonly AccountRules Rebate = new() { RebateUnearnedInterest = true };

    /// <summary>Three times 100.00 principal and 30.00 interest, 30 days apart: one a day.</summary>
    private static readonly LoanTerms Three = Of(Due(1, "2026-01-10", 100m, 30m), Due(2, "2026-02-09", 100m, 30m), Due(3, "2026-03-11", 100m, 30m));

    [Fact]
    public void without_a_rebate_it_is_everything_outstanding()
    {
        var payoff = On(Three, Rules, "2026-02-19", Paid(50m, "2026-01-10"));

        Assert.Equal(new(0m, 0m, 60m, 280m), payoff.Due); // the 50.00 paid 30.00 interest and 20.00 principal
        Assert.Equal(0m, payoff.RebatedInterest);
        Assert.Equal(340m, payoff.Amount);
    }

    [Fact]
    public void with_a_rebate_future_interest_is_due_as_far_as_it_is_earned()
    {
        // 10 of the 30 days of the third period have passed.
        var payoff = On(Three, Rebate, "2026-02-19");

        Assert.Equal(new(0m, 0m, 70m, 300m), payoff.Due);
        Assert.Equal(20m, payoff.RebatedInterest);
    }

    [Fact]
    public void a_period_that_has_not_begun_has_earned_nothing()
    {
        // The first period is as long as the second: from 11 December; 20 days on 31 December.
        var payoff = On(Three, Rebate, "2025-12-31");

        Assert.Equal(new(0m, 0m, 20m, 300m), payoff.Due);
        Assert.Equal(70m, payoff.RebatedInterest);
        Assert.Equal(300m, On(Three, Rebate, "2025-12-01").Amount);
    }

    [Fact]
    public void on_its_due_date_all_interest_of_an_instalment_is_earned() =>
        Assert.Equal(new(0m, 0m, 30m, 300m), On(Three, Rebate, "2026-01-10").Due);

    [Fact]
    public void a_single_instalment_has_earned_everything() =>
        Assert.Equal(130m, On(Of(Due(1, "2026-01-10", 100m, 30m)), Rebate, "2025-12-01").Amount);

    [Theory]
    [InlineData(0.01, 0.00)] // half of it is 0.005
    [InlineData(0.03, 0.02)] // 0.015
    [InlineData(0.05, 0.02)] // 0.025
    public void earned_interest_is_rounded_half_even(double interest, double earned)
    {
        var loan = Of(Due(1, "2026-01-10", 100m), Due(2, "2026-02-09", 100m, (decimal)interest));

        Assert.Equal((decimal)earned, On(loan, Rebate, "2026-01-25").Due.Interest);
    }

    [Fact]
    public void rounding_never_earns_more_than_the_interest()
    {
        // 29 of 30 days of 0.90 are 0.87, a whole yen when rounded: more than there is.
        var loan = Of(0m, "JPY", Due(1, "2026-01-10", 100m), Due(2, "2026-02-09", 100m, 0.9m));
        var payoff = On(loan, Rebate, "2026-02-08");

        Assert.Equal(new(0m, 0m, 0.9m, 200m), payoff.Due);
        Assert.Equal(0m, payoff.RebatedInterest);
    }

    [Fact]
    public void two_instalments_due_on_one_day_do_not_divide_by_zero()
    {
        var loan = Of(Due(1, "2026-01-10", 100m, 30m), Due(2, "2026-01-10", 100m, 30m));

        Assert.Equal(new(0m, 0m, 30m, 200m), On(loan, Rebate, "2026-01-01").Due);
        Assert.Equal(new(0m, 0m, 60m, 200m), On(loan, Rebate, "2026-01-10").Due);
    }

    [Fact]
    public void penalty_interest_of_the_day_is_part_of_it() =>
        Assert.Equal(new(10m, 0m, 0m, 1000m), On(Of(0.365m, "USD", Due(1, "2026-01-10", 1000m)), Rules, "2026-01-20").Due);

    [Fact]
    public void paying_it_settles_the_loan_and_waives_the_rest()
    {
        var position = Three.On("2026-12-31", Rebate, Paid(370m, "2026-02-19"));

        Assert.Equal(Day("2026-02-19"), position.PaidOffOn);
        Assert.All(position.Instalments, instalment => Assert.Equal(Day("2026-02-19"), instalment.SettledOn));
        Assert.Equal(new(0m, 0m, 70m, 300m), position.Allocations[0].Allocated);
        Assert.Equal(0m, position.Credit);
        Assert.Equal(0m, position.Balance.Total);
    }

    [Fact]
    public void a_cent_less_is_an_ordinary_payment()
    {
        var position = Three.On("2026-02-19", Rebate, Paid(369.99m, "2026-02-19"));

        // 260.00 for the two past-due instalments; 30.00 interest and 79.99 principal of the third.
        Assert.False(position.IsPaidOff);
        Assert.Equal(new(0m, 0m, 0m, 20.01m), position.Balance);
    }

    [Fact]
    public void a_cent_more_is_credit() =>
        Assert.Equal(0.01m, Three.On("2026-02-19", Rebate, Paid(370.01m, "2026-02-19")).Credit);

    [Fact]
    public void reversing_the_payoff_takes_back_the_waiver()
    {
        var payoff = Paid(370m, "2026-02-19", "P-2");
        var kept = Paid(130m, "2026-01-10");

        Assert.Equal(130m, Three.On("2026-03-20", Rebate, kept, payoff).Credit);
        Assert.Equal(260m, Three.On("2026-03-20", Rebate, kept).Balance.Total);
    }

    [Fact]
    public void interest_paid_beyond_what_is_earned_stays_paid()
    {
        // On 12 December 1.00 is earned, but the payment paid January's 30.00 in advance.
        var early = Paid(130m, "2025-12-12");
        var payoff = On(Three, Rebate, "2025-12-12", early);

        Assert.Equal(new(0m, 0m, 0m, 200m), payoff.Due);
        Assert.Equal(60m, payoff.RebatedInterest);
        Assert.True(Three.On("2025-12-12", Rebate, early, Paid(200m, "2025-12-12", "P-2")).IsPaidOff);
    }

    [Theory]
    [InlineData(4, 6, 20)] // 10.00 are earned: 6.00 are still due, 20.00 waived
    [InlineData(15, 0, 15)] // 5.00 more than earned: they stay, the other 15.00 are waived
    public void interest_paid_in_advance_counts_towards_what_is_earned(int paidInAdvance, int due, int rebated)
    {
        var payoff = On(Three, Rebate, "2026-02-19", Paid(260m + paidInAdvance, "2026-02-19"));

        Assert.Equal(new(0m, 0m, due, 100m), payoff.Due);
        Assert.Equal(rebated, payoff.RebatedInterest);
    }

    [Fact]
    public void a_loan_in_credit_needs_nothing()
    {
        var payoff = On(Three, Rules, "2026-04-01", Paid(400m, "2026-03-11"));

        Assert.Equal(10m, payoff.Credit);
        Assert.Equal(0m, payoff.Amount);
    }

    private static Payoff On(LoanTerms terms, AccountRules rules, string on, params Payment[] payments) =>
        LoanAccount.Payoff(terms, rules, payments, [], null, Day(on));
}

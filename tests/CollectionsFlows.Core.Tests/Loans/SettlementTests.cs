using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Loans;

/// <summary>When instalments and loans are settled, what a reversal undoes, and what is overdue.</summary>
public class SettlementTests
{
    private static readonly LoanTerms Two = Of(0.365m, "USD", Due(1, "2026-01-10", 1000m), Due(2, "2026-02-10", 1000m));

    [Fact]
    public void a_payment_on_the_due_date_is_on_time()
    {
        var position = Two.On("2026-01-31", Paid(1000m, "2026-01-10"));

        Assert.Equal(Day("2026-01-10"), position.Instalments[0].SettledOn);
        Assert.Equal(0, position.DaysPastDue);
        Assert.Equal(0m, position.Overdue.Total);
        Assert.Equal(new(0m, 0m, 0m, 1000m), position.Balance);
        Assert.Equal(Day("2026-02-10"), position.OldestUnpaidDueOn);
    }

    [Fact]
    public void nothing_is_overdue_on_the_due_date_and_everything_the_day_after()
    {
        Assert.Equal(0m, Two.On("2026-01-10").Overdue.Total);
        Assert.Equal(new(1m, 0m, 0m, 1000m), Two.On("2026-01-11").Overdue);
    }

    [Fact]
    public void an_instalment_is_settled_only_when_its_penalty_is_paid_too()
    {
        // 10 days late: 10.00 penalty comes first, so 10.00 of principal stay open.
        var late = Paid(1000m, "2026-01-20");
        Assert.Null(Two.On("2026-01-20", late).Instalments[0].SettledOn);
        Assert.Equal(10, Two.On("2026-01-20", late).DaysPastDue);

        var settled = Two.On("2026-01-20", late, Paid(10m, "2026-01-20", "P-2"));
        Assert.Equal(Day("2026-01-20"), settled.Instalments[0].SettledOn);
        Assert.Equal(0, settled.DaysPastDue);
    }

    [Fact]
    public void the_loan_is_paid_off_on_the_value_date_of_the_payment_that_settles_it()
    {
        Payment[] payments = [Paid(1000m, "2026-01-10", "P-1"), Paid(1000m, "2026-01-30", "P-2"), Paid(7m, "2026-02-20", "P-3")];
        var position = Two.On("2026-03-01", payments);

        Assert.Equal(Day("2026-01-30"), position.PaidOffOn);
        Assert.True(position.IsPaidOff);
        Assert.Null(position.OldestUnpaidDueOn);
        Assert.Equal(7m, position.Credit);
        Assert.False(Two.On("2026-01-29", payments).IsPaidOff);
    }

    [Fact]
    public void the_oldest_unpaid_instalment_gives_the_days_past_due()
    {
        Assert.Equal(41, Two.On("2026-02-20").DaysPastDue);
        Assert.Equal(10, Two.On("2026-02-20", Paid(1000m, "2026-01-10")).DaysPastDue);
        Assert.Equal([41, 10], Two.On("2026-02-20").Instalments.Select(instalment => instalment.DaysPastDue));
    }

    [Fact]
    public void a_newer_instalment_can_be_settled_before_an_older_one()
    {
        // Principal first over both past-due ones, with only the older having fees.
        var loan = Of(Due(1, "2026-01-10", 100m, fees: 5m), Due(2, "2026-02-10", 100m));
        AccountRules vertical = new()
        {
            Waterfall = new() { Order = [Component.Principal], Direction = AllocationDirection.ComponentFirst },
        };
        var position = loan.On("2026-03-10", vertical, Paid(200m, "2026-03-10"));

        Assert.Null(position.Instalments[0].SettledOn);
        Assert.Equal(Day("2026-03-10"), position.Instalments[1].SettledOn);
        Assert.Equal(59, position.DaysPastDue); // 21 + 28 + 10
    }

    [Fact]
    public void an_instalment_with_nothing_due_is_settled_on_its_due_date_and_never_overdue()
    {
        var loan = Of(Due(1, "2026-01-10", 0m), Due(2, "2026-02-10", 100m), Due(3, "2026-03-10", 0m));

        Assert.Null(loan.On("2026-01-09").Instalments[0].SettledOn);
        Assert.Equal(Day("2026-01-10"), loan.On("2026-01-10").Instalments[0].SettledOn);
        Assert.Equal(0, loan.On("2026-02-01").DaysPastDue);
        Assert.Equal(Day("2026-02-10"), loan.On("2026-02-01").OldestUnpaidDueOn);
        Assert.Equal(Day("2026-02-05"), loan.On("2026-04-01", Paid(100m, "2026-02-05")).PaidOffOn);
    }

    [Fact]
    public void a_loan_with_nothing_due_at_all_is_paid_off_on_its_last_due_date()
    {
        var loan = Of(Due(1, "2026-01-10", 0m), Due(2, "2026-02-10", 0m));

        Assert.False(loan.On("2026-02-09").IsPaidOff);
        Assert.Equal(Day("2026-02-10"), loan.On("2026-02-20").PaidOffOn);
    }

    [Fact]
    public void a_reversal_opens_again_what_the_payment_had_settled_with_the_penalty_since()
    {
        var kept = Paid(300m, "2026-01-10", "P-2");

        // Without P-1 (reversed), 700.00 have been unpaid for 20 days: 14.00.
        var position = Two.On("2026-01-30", kept);

        Assert.Equal(new(14m, 0m, 0m, 1700m), position.Balance);
        Assert.Equal(new(14m, 0m, 0m, 700m), position.Overdue);
        Assert.Equal(20, position.DaysPastDue);
    }

    [Fact]
    public void a_late_booked_payment_with_an_earlier_value_date_takes_back_penalty()
    {
        var before = Two.On("2026-01-30", Paid(500m, "2026-01-20"));
        var after = Two.On("2026-01-30", Paid(500m, "2026-01-20"), Paid(1000m, "2026-01-10", "P-2"));

        // 10.00 penalty and 490.00 principal on the 20th, then 10 days × 0.51.
        Assert.Equal(new(5.10m, 0m, 0m, 1510m), before.Balance);
        Assert.Equal(new(0m, 0m, 0m, 500m), after.Balance);
    }

    [Fact]
    public void a_pause_stops_the_clock_but_the_amount_past_its_due_date_stays_overdue()
    {
        var position = LoanAccount.Position(Two, Rules, [], [Paused("2026-01-01")], null, Day("2026-01-31"));

        Assert.Equal(0, position.DaysPastDue);
        Assert.Equal(new(0m, 0m, 0m, 1000m), position.Overdue);
    }

    [Fact]
    public void a_schedule_that_is_empty_or_out_of_order_is_a_broken_invariant()
    {
        Assert.Throws<ArgumentException>(() => Of().On("2026-01-10"));
        Assert.Throws<ArgumentException>(() => Of(Due(1, "2026-02-10", 1m), Due(2, "2026-01-10", 1m)).On("2026-01-10"));
    }
}

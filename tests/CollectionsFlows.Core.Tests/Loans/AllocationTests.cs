using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Loans;

/// <summary>How payments are used: the waterfalls of <c>domain.md</c>.</summary>
public class AllocationTests
{
    /// <summary>Three times 100.00 principal, 10.00 interest, 5.00 fees.</summary>
    private static readonly LoanTerms Three = Of(
        Due(1, "2026-01-10", 100m, 10m, 5m), Due(2, "2026-02-10", 100m, 10m, 5m), Due(3, "2026-03-10", 100m, 10m, 5m));

    private static readonly AccountRules ComponentFirst = new()
    {
        Waterfall = Rules.Waterfall with { Direction = AllocationDirection.ComponentFirst },
    };

    private static readonly AccountRules PrincipalFirst = new()
    {
        Waterfall = new() { Order = [Component.Principal, Component.Interest, Component.Penalty, Component.Fee] },
    };

    [Fact]
    public void instalment_first_fills_the_oldest_before_the_next()
    {
        var position = Three.On("2026-03-20", Paid(120m, "2026-03-20"));

        Assert.Equal(new(0m, 10m, 10m, 100m), position.Allocations[0].Allocated);
        Assert.Equal([115m, 5m, 0m], position.Instalments.Select(instalment => instalment.Paid.Total));
    }

    [Fact]
    public void component_first_fills_a_component_of_all_before_the_next()
    {
        var position = Three.On("2026-03-20", ComponentFirst, Paid(120m, "2026-03-20"));

        // Fees 3 × 5, interest 3 × 10, the other 75 to the oldest principal.
        Assert.Equal(new(0m, 15m, 30m, 75m), position.Allocations[0].Allocated);
        Assert.Equal([90m, 15m, 15m], position.Instalments.Select(instalment => instalment.Paid.Total));
    }

    [Fact]
    public void past_due_comes_before_due_and_due_before_advance_even_component_first()
    {
        // On 10 February the first is past due, the second due, the third in advance.
        var position = Three.On("2026-02-10", ComponentFirst, Paid(120m, "2026-02-10"));

        Assert.Equal([new(0m, 5m, 10m, 100m), new(0m, 5m, 0m, 0m), Breakdown.Zero], position.Instalments.Select(instalment => instalment.Paid));
    }

    [Fact]
    public void what_is_due_tomorrow_is_in_advance_today()
    {
        // Component first would pay both fees before any interest if both were due.
        var loan = Of(Due(1, "2026-01-10", 100m, 10m, 5m), Due(2, "2026-01-11", 100m, 10m, 5m));

        Assert.Equal(
            new(0m, 5m, 3m, 0m),
            loan.On("2026-01-10", ComponentFirst, Paid(8m, "2026-01-10")).Allocations[0].Allocated);
        Assert.Equal(
            new(0m, 8m, 0m, 0m),
            loan.On("2026-01-12", ComponentFirst, Paid(8m, "2026-01-12")).Allocations[0].Allocated);
    }

    [Fact]
    public void a_payment_in_advance_pays_future_instalments_oldest_first()
    {
        var position = Three.On("2026-01-01", Paid(120m, "2026-01-01"));

        Assert.Equal([115m, 5m, 0m], position.Instalments.Select(instalment => instalment.Paid.Total));
        Assert.Equal(Day("2026-01-01"), position.Instalments[0].SettledOn);
        Assert.Equal(Day("2026-02-10"), position.OldestUnpaidDueOn);
    }

    [Fact]
    public void the_order_of_components_is_data()
    {
        var position = Three.On("2026-01-20", PrincipalFirst, Paid(105m, "2026-01-20"));

        Assert.Equal(new(0m, 0m, 5m, 100m), position.Allocations[0].Allocated);
    }

    [Fact]
    public void components_an_order_leaves_out_come_last_so_that_no_credit_exists_beside_debt()
    {
        AccountRules principalOnly = new() { Waterfall = new() { Order = [Component.Principal] } };
        var position = Three.On("2026-01-20", principalOnly, Paid(345m, "2026-01-20"));

        Assert.Equal(new(0m, 15m, 30m, 300m), position.Allocations[0].Allocated);
        Assert.Equal(0m, position.Credit);
    }

    [Fact]
    public void what_is_paid_beyond_everything_owed_is_credit_to_refund()
    {
        var position = Three.On("2026-03-20", Paid(400m, "2026-01-20"), Paid(1m, "2026-02-01", "P-2"));

        Assert.Equal([55m, 1m], position.Allocations.Select(allocation => allocation.Credit));
        Assert.Equal(56m, position.Credit);
        Assert.Equal(401m, position.Paid);
        Assert.Equal(0m, position.Balance.Total);
    }

    [Theory]
    [InlineData("2026-04-09", 5, 10, 5)] // 89 days past due: fee, interest, then principal
    [InlineData("2026-04-10", 0, 0, 20)] // 90: principal before interest
    public void from_dpd_90_principal_comes_before_interest(string valueOn, int fees, int interest, int principal)
    {
        var loan = Of(Due(1, "2026-01-10", 100m, 10m, 5m));
        var rules = Rules with { Exceptions = [new() { MinDaysPastDue = 90, Waterfall = PrincipalFirst.Waterfall }] };

        Assert.Equal(new(0m, fees, interest, principal), loan.On(valueOn, rules, Paid(20m, valueOn)).Allocations[0].Allocated);
    }

    [Fact]
    public void paused_days_do_not_bring_the_exception_nearer()
    {
        var rules = Rules with { Exceptions = [new() { MinDaysPastDue = 90, Waterfall = PrincipalFirst.Waterfall }] };
        var position = LoanAccount.Position(
            Three, rules, [Paid(5m, "2026-04-10")], [Paused("2026-02-01", "2026-02-02")], null, Day("2026-04-10"));

        Assert.Equal(5m, position.Allocations[0].Allocated.Fees);
    }

    [Fact]
    public void the_exception_looks_at_the_days_past_due_that_earlier_payments_left()
    {
        // The first payment of the day, at 90 days past due, settles January; February is 59 days past due.
        var rules = Rules with { Exceptions = [new() { MinDaysPastDue = 90, Waterfall = PrincipalFirst.Waterfall }] };
        var position = Three.On("2026-04-10", rules, Paid(115m, "2026-04-10", "P-1"), Paid(5m, "2026-04-10", "P-2"));

        Assert.Equal([new(0m, 5m, 10m, 100m), new(0m, 5m, 0m, 0m)], position.Allocations.Select(allocation => allocation.Allocated));
    }

    [Theory]
    [InlineData("2026-05-31", 5)]
    [InlineData("2026-06-01", 0)]
    [InlineData("2026-06-02", 0)]
    public void after_write_off_principal_comes_first(string valueOn, int fees)
    {
        var rules = Rules with { Exceptions = [new() { AfterWriteOff = true, Waterfall = PrincipalFirst.Waterfall }] };
        var position = LoanAccount.Position(Three, rules, [Paid(5m, valueOn)], [], Day("2026-06-01"), Day(valueOn));

        Assert.Equal(fees, position.Allocations[0].Allocated.Fees);
        Assert.Equal(5m - fees, position.Allocations[0].Allocated.Principal);
    }

    [Fact]
    public void a_loan_that_was_not_written_off_is_never_after_write_off()
    {
        var rules = Rules with { Exceptions = [new() { AfterWriteOff = true, Waterfall = PrincipalFirst.Waterfall }] };

        Assert.Equal(5m, Three.On("2026-06-01", rules, Paid(5m, "2026-06-01")).Allocations[0].Allocated.Fees);
    }

    [Fact]
    public void the_first_exception_that_applies_wins()
    {
        Waterfall interestFirst = new() { Order = [Component.Interest] };
        var rules = Rules with
        {
            Exceptions =
            [
                new() { MinDaysPastDue = 180, Waterfall = new() { Order = [Component.Fee] } },
                new() { MinDaysPastDue = 30, Waterfall = interestFirst },
                new() { Waterfall = PrincipalFirst.Waterfall },
            ],
        };

        Assert.Equal(5m, Three.On("2026-02-09", rules, Paid(5m, "2026-02-09")).Allocations[0].Allocated.Interest); // 30 days
        Assert.Equal(5m, Three.On("2026-02-08", rules, Paid(5m, "2026-02-08")).Allocations[0].Allocated.Principal); // 29 days
    }

    [Fact]
    public void an_exception_with_two_conditions_needs_both()
    {
        var rules = Rules with
        {
            Exceptions = [new() { MinDaysPastDue = 90, AfterWriteOff = true, Waterfall = PrincipalFirst.Waterfall }],
        };
        decimal Fees(string writtenOffOn, string valueOn) =>
            LoanAccount.Position(Three, rules, [Paid(5m, valueOn)], [], Day(writtenOffOn), Day(valueOn)).Allocations[0].Allocated.Fees;

        Assert.Equal(5m, Fees("2026-02-01", "2026-03-01"));
        Assert.Equal(5m, Fees("2026-06-01", "2026-05-01"));
        Assert.Equal(0m, Fees("2026-02-01", "2026-05-01"));
    }

    [Fact]
    public void payments_are_used_by_value_date_then_instant_then_id()
    {
        var late = Paid(1m, "2026-02-01", "P-0");
        var noon = Paid(2m, "2026-01-20", "P-b");
        var alsoNoon = noon with { PaymentId = "P-a", At = noon.At.ToOffset(TimeSpan.FromHours(8)) };
        var morning = noon with { PaymentId = "P-z", At = noon.At.AddHours(-3) };

        Assert.Equal(
            ["P-z", "P-a", "P-b", "P-0"],
            Three.On("2026-02-01", late, noon, alsoNoon, morning).Allocations.Select(allocation => allocation.PaymentId));
    }

    [Fact]
    public void a_payment_counts_from_its_value_date()
    {
        var payment = Paid(115m, "2026-01-20");

        Assert.Empty(Three.On("2026-01-19", payment).Allocations);
        Assert.Equal(115m, Three.On("2026-01-20", payment).Paid);
    }

    [Fact]
    public void a_payment_of_nothing_is_a_broken_invariant() =>
        Assert.Throws<ArgumentException>(() => Three.On("2026-01-20", Paid(0m, "2026-01-20")));
}

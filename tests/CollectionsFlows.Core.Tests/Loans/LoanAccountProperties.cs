using CollectionsFlows.Core.Loans;
using FsCheck.Fluent;

namespace CollectionsFlows.Core.Tests.Loans;

/// <summary>What holds for every loan, whatever its rules and history.</summary>
public class LoanAccountProperties
{
    [Fact]
    public void any_order_of_arrival_ends_in_the_same_position() =>
        LoanScenario.Check(300, scenario =>
        {
            var expected = scenario.Position();
            foreach (var order in Gen.Shuffle(scenario.Payments).Sample(5))
            {
                AssertSame(expected, scenario.Position(scenario.AsOf, order));
            }

            var paused = scenario with { Pauses = [.. scenario.Pauses.Reverse(), .. scenario.Pauses] };
            AssertSame(expected, paused.Position());
        });

    [Fact]
    public void a_reversed_payment_is_as_if_never_made() =>
        LoanScenario.Check(300, scenario =>
        {
            var expected = scenario.Position();
            var bounced = new Payment("P-bounced", 123m, scenario.AsOf.AddDays(-40), DateTimeOffset.UnixEpoch);
            Payment[] withIt = [bounced, .. scenario.Payments];
            _ = scenario.Position(scenario.AsOf, withIt);

            AssertSame(expected, scenario.Position(scenario.AsOf, [.. withIt.Where(payment => payment != bounced)]));
        });

    [Fact]
    public void money_is_conserved_to_the_cent() =>
        LoanScenario.Check(1000, scenario =>
        {
            var position = scenario.Position();
            var counted = scenario.Payments.Where(payment => payment.ValueOn <= scenario.AsOf).ToDictionary(payment => payment.PaymentId);

            Assert.Equal(counted.Count, position.Allocations.Count);
            Assert.All(position.Allocations, used => Assert.Equal(counted[used.PaymentId].Amount, used.Allocated.Total + used.Credit));
            Assert.Equal(counted.Values.Sum(payment => payment.Amount), position.Paid);
            Assert.Equal(position.Paid, position.Instalments.Sum(instalment => instalment.Paid.Total) + position.Credit);
            Assert.Equal(position.Balance, position.Instalments.Aggregate(Breakdown.Zero, (sum, instalment) => sum + instalment.Outstanding));
            Assert.Equal(
                position.Allocations.Aggregate(Breakdown.Zero, (sum, used) => sum + used.Allocated),
                position.Instalments.Aggregate(Breakdown.Zero, (sum, instalment) => sum + instalment.Paid));
            Assert.All(Parts(position), part => Assert.Equal(scenario.Terms.Currency.Round(part), part));
        });

    [Fact]
    public void nothing_is_ever_negative() =>
        LoanScenario.Check(500, scenario => Assert.All(Parts(scenario.Position()), part => Assert.True(part >= 0m)));

    [Fact]
    public void credit_never_exists_beside_debt() =>
        LoanScenario.Check(500, scenario =>
        {
            var position = scenario.Position();

            Assert.True(position.Credit == 0m || position.Balance.Total == 0m);
            Assert.Equal(position.OldestUnpaidDueOn is null, position.Balance.Total == 0m);
        });

    [Fact]
    public void the_account_agrees_with_one_that_lives_through_every_day() =>
        LoanScenario.Check(500, scenario =>
        {
            var plain = scenario with
            {
                Rules = ALoan.Rules with { PenaltyBase = scenario.Rules.PenaltyBase, PenaltyDaysInYear = scenario.Rules.PenaltyDaysInYear },
            };
            var position = plain.Position();

            Assert.Equal(DayByDayAccount.On(plain), (position.Balance, position.Credit, position.DaysPastDue));
        });

    [Fact]
    public void what_is_not_waived_is_paid_or_outstanding() =>
        LoanScenario.Check(500, scenario =>
        {
            var position = (scenario with { Rules = scenario.Rules with { RebateUnearnedInterest = false } }).Position();

            foreach (var (due, actual) in scenario.Terms.Instalments.Zip(position.Instalments))
            {
                var sum = actual.Paid + actual.Outstanding;
                Assert.Equal((due.PrincipalDue, due.InterestDue, due.FeesDue), (sum.Principal, sum.Interest, sum.Fees));
            }
        });

    [Fact]
    public void what_is_settled_stays_settled_while_no_payment_is_reversed() =>
        LoanScenario.Check(300, scenario =>
        {
            var earlier = scenario.Position();
            var later = scenario.Position(scenario.AsOf.AddDays(50), scenario.Payments);

            foreach (var (before, after) in earlier.Instalments.Zip(later.Instalments).Where(pair => pair.First.SettledOn is not null))
            {
                Assert.Equal(before.SettledOn, after.SettledOn);
                Assert.Equal(0m, after.Outstanding.Total);
            }

            Assert.True(earlier.PaidOffOn is null || earlier.PaidOffOn == later.PaidOffOn);
        });

    [Fact]
    public void days_past_due_and_penalty_never_fall_while_nothing_is_paid() =>
        LoanScenario.Check(200, scenario =>
        {
            var (days, penalty) = (0, 0m);
            for (var offset = -20; offset <= 120; offset += 7)
            {
                var position = scenario.Position(scenario.AsOf.AddDays(offset));
                Assert.True(position.DaysPastDue >= days);
                Assert.True(position.Balance.Penalty >= penalty);
                (days, penalty) = (position.DaysPastDue, position.Balance.Penalty);
            }
        });

    [Fact]
    public void the_payoff_amount_paid_on_its_day_settles_the_loan_exactly() =>
        LoanScenario.Check(1000, scenario =>
        {
            foreach (var rebate in new[] { true, false })
            {
                var quoted = scenario with { Rules = scenario.Rules with { RebateUnearnedInterest = rebate } };
                var amount = quoted.Payoff().Amount;
                if (amount > 0m)
                {
                    var last = new Payment("P-payoff", amount, quoted.AsOf, new DateTimeOffset(quoted.AsOf, new TimeOnly(23, 0), TimeSpan.Zero));
                    var position = quoted.Position(quoted.AsOf.AddDays(90), [.. quoted.Payments.Where(payment => payment.ValueOn <= quoted.AsOf), last]);

                    Assert.Equal(quoted.AsOf, position.PaidOffOn);
                    Assert.Equal(0m, position.Credit);
                    Assert.Equal(0m, position.Balance.Total);
                }
            }
        });

    [Fact]
    public void a_cent_less_than_the_payoff_amount_does_not_settle_the_loan() =>
        LoanScenario.Check(500, scenario =>
        {
            var unit = scenario.Terms.Currency.Decimals == 0 ? 1m : 0.01m;
            var amount = scenario.Payoff().Amount - unit;
            if (amount > 0m)
            {
                var last = new Payment("P-payoff", amount, scenario.AsOf, new DateTimeOffset(scenario.AsOf, new TimeOnly(23, 0), TimeSpan.Zero));
                var position = scenario.Position(scenario.AsOf, [.. scenario.Payments, last]);

                Assert.False(position.IsPaidOff);
                Assert.Equal(0m, position.Credit);
            }
        });

    [Fact]
    public void the_payoff_amount_and_the_rebate_are_the_balance() =>
        LoanScenario.Check(500, scenario =>
        {
            var payoff = scenario.Payoff();

            Assert.Equal(scenario.Position().Balance.Total, payoff.Due.Total + payoff.RebatedInterest);
            Assert.True(payoff.RebatedInterest >= 0m);
        });

    [Fact]
    public void both_directions_use_the_same_total_of_a_payment() =>
        LoanScenario.Check(500, scenario =>
        {
            var byInstalment = scenario.WithDirection(AllocationDirection.InstalmentFirst).Position().Allocations;
            var byComponent = scenario.WithDirection(AllocationDirection.ComponentFirst).Position().Allocations;

            Assert.Equal(
                byInstalment.Take(1).Select(used => (used.PaymentId, used.Allocated.Total)),
                byComponent.Take(1).Select(used => (used.PaymentId, used.Allocated.Total)));
            if (scenario.Terms.PenaltyAnnualRate == 0m && !scenario.Rules.RebateUnearnedInterest)
            {
                // Without penalty or rebate what is owed does not depend on what was paid first.
                Assert.Equal(byInstalment.Select(used => used.Credit), byComponent.Select(used => used.Credit));
            }
        });

    [Fact]
    public void buckets_that_cover_all_ages_hold_everything_that_has_days_past_due() =>
        LoanScenario.Check(300, scenario =>
        {
            var position = scenario.Position();
            var aged = LoanAccount.ByAge(position, scenario.Rules.Buckets);

            Assert.Equal(
                position.Instalments.Where(instalment => instalment.DaysPastDue > 0).Sum(instalment => instalment.Outstanding.Total),
                aged.Sum(bucket => bucket.Amount));
            Assert.All(aged, bucket => Assert.Equal(bucket.Amount, bucket.Instalments.Sum(instalment => instalment.Amount)));
        });

    [Fact]
    public void the_day_on_which_days_past_due_are_reached_is_exact() =>
        LoanScenario.Check(1000, scenario =>
        {
            var dueOn = scenario.Terms.Instalments[0].DueOn;
            foreach (var days in new[] { 1, 2, 7, 30, 61, 90 })
            {
                if (DaysPastDue.Reaches(dueOn, days, scenario.Pauses) is { } day)
                {
                    Assert.Equal(days, DaysPastDue.Of(dueOn, day, scenario.Pauses));
                    Assert.Equal(days - 1, DaysPastDue.Of(dueOn, day.AddDays(-1), scenario.Pauses));
                }
                else
                {
                    Assert.True(DaysPastDue.Of(dueOn, DateOnly.MaxValue, scenario.Pauses) < days);
                }
            }
        });

    private static IEnumerable<decimal> Parts(AccountPosition position) =>
        position.Instalments.SelectMany(instalment => new[] { instalment.Outstanding, instalment.Paid })
            .Concat(position.Allocations.Select(used => used.Allocated))
            .Concat([position.Balance, position.Overdue])
            .SelectMany(part => new[] { part.Penalty, part.Fees, part.Interest, part.Principal })
            .Concat([position.Credit, position.Paid]);

    private static void AssertSame(AccountPosition expected, AccountPosition actual)
    {
        Assert.Equal(expected.Instalments, actual.Instalments);
        Assert.Equal(expected.Allocations, actual.Allocations);
        Assert.Equal(expected with { Instalments = [], Allocations = [] }, actual with { Instalments = [], Allocations = [] });
    }
}

using System.Text.Json;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Simulation.Portfolio;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Simulation.Tests.Portfolio;

public class BorrowerBehaviourTests
{
    private static readonly DateOnly From = new(2026, 1, 5);
    private static readonly DateOnly Until = new(2026, 7, 4);

    [Fact]
    public void months_behind_change_as_often_as_measured()
    {
        const ulong seed = 20260105;
        var behaviour = DemoPortfolio.Behaviour(seed);
        var counted = new int[4, 4];
        var months = 0;
        foreach (var loan in new PortfolioGenerator(seed).Loans(new PortfolioOptions { Loans = 6_500 }).Where(loan => loan.Terms.Product != "short-term"))
        {
            foreach (var (before, after) in new OutsideView(loan.Terms, behaviour.EventsOf(loan, From, Until)).Transitions(From, Until))
            {
                counted[before, after]++;
                months++;
            }
        }

        Assert.InRange(months, 20_000, 40_000);
        for (var before = 0; before < 4; before++)
        {
            var from = Enumerable.Range(0, 4).Sum(after => counted[before, after]);
            Assert.True(from >= 100, $"only {from} months began in state {before}");
            for (var after = 0; after < 4; after++)
            {
                // A count of n months has standard deviation √(n p (1 − p)): within four of them, and none where none was measured.
                var chance = PaymentFigures.Measured.Probability(before, after);
                var off = Math.Abs(counted[before, after] - from * chance);
                Assert.True(off <= 4 * Math.Sqrt(from * chance * (1 - chance)), $"seed {seed}: {before} → {after}: {counted[before, after]} of {from}, measured {chance:0.0000}");
            }
        }
    }

    [Fact]
    public void the_same_seed_and_loan_live_the_same_life_and_another_seed_another() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(10), Prop.ForAll<ulong>(seed =>
        {
            var loans = Loans(seed, 40);
            var life = Lines(DemoPortfolio.Behaviour(seed), loans);
            return life == Lines(DemoPortfolio.Behaviour(seed), loans) && life != Lines(DemoPortfolio.Behaviour(seed + 1), loans);
        }));

    [Fact]
    public void a_longer_window_only_adds_what_happens_later()
    {
        var behaviour = DemoPortfolio.Behaviour(4);
        Assert.All(Loans(4, 300), loan =>
        {
            var shorter = behaviour.EventsOf(loan, From, Until).Where(happened => happened.Type == "payment.posted").ToList();
            var longer = behaviour.EventsOf(loan, From, Until.AddMonths(3)).Where(happened => happened.Type == "payment.posted").ToList();
            Assert.Equal(shorter.Select(Amount), longer.Take(shorter.Count).Select(Amount));
        });
    }

    [Fact]
    public void events_are_in_order_within_the_window_and_of_their_loan() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(10), Prop.ForAll<ulong>(seed => Assert.All(Loans(seed, 30), loan =>
        {
            var events = DemoPortfolio.Behaviour(seed).EventsOf(loan, From, Until);
            Assert.Equal(events.Select(happened => happened.At).Order(), events.Select(happened => happened.At));
            Assert.Equal(events.Count, events.Select(happened => happened.Id).Distinct().Count());
            Assert.All(events, happened =>
            {
                Assert.Equal(loan.Terms.LoanId, happened.LoanId);
                Assert.InRange(DateOnly.FromDateTime(happened.At.DateTime), From, Until);
                var zone = TimeZoneInfo.FindSystemTimeZoneById(loan.Terms.TimeZones[0]);
                Assert.Equal(zone.GetUtcOffset(happened.At), happened.At.Offset);
            });
        })));

    [Fact]
    public void every_payment_is_positive_to_the_cent_and_never_more_than_is_owed()
    {
        var behaviour = DemoPortfolio.Behaviour(9);
        Assert.All(Loans(9, 1_000), loan =>
        {
            var view = new OutsideView(loan.Terms, behaviour.EventsOf(loan, From, Until));
            Assert.All(view.Payments, payment => Assert.True(payment.Amount > 0m && payment.Amount == decimal.Round(payment.Amount, 2)));
            // Some policies give back the last days' interest of who pays the last instalment early: the only credit there can be.
            Assert.InRange(view.PositionOn(Until).Credit, 0m, loan.Terms.Instalments[^1].InterestDue);
        });
    }

    [Fact]
    public void who_never_falls_behind_pays_each_instalment_exactly_and_at_most_twelve_days_late()
    {
        // Who is current stays current: 100 of 100.
        var behaviour = Behaviour(PaymentFigures.Measured with { Transitions = [[100, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]] });
        Assert.All(Current(11, 200), loan =>
        {
            var payments = behaviour.EventsOf(loan, From, Until).Where(happened => happened.Type == "payment.posted").ToList();
            Assert.All(loan.Terms.Instalments.Zip(payments), pair =>
            {
                Assert.InRange(DateOnly.FromDateTime(pair.Second.At.DateTime).DayNumber - pair.First.DueOn.DayNumber, -6, 12);
                if (DateOnly.FromDateTime(pair.Second.At.DateTime) <= pair.First.DueOn) Assert.Equal(pair.First.Total, Amount(pair.Second));
            });
            // Whatever fell due twelve days before the end is paid.
            Assert.True(payments.Count >= loan.Terms.Instalments.Count(due => due.DueOn.AddDays(12) <= Until));
        });
    }

    [Fact]
    public void who_pays_nothing_has_no_payments_and_falls_one_further_behind_each_month()
    {
        var behaviour = Behaviour(PaymentFigures.Measured with
        {
            Transitions = [[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1]],
            FallingFurtherBehind = [new(1, 1), new(1, 1), new(1, 1), new(1, 1)],
        });
        Assert.All(Current(12, 200), loan =>
        {
            var view = new OutsideView(loan.Terms, behaviour.EventsOf(loan, From, Until));
            Assert.Empty(view.Payments);
            Assert.Equal(loan.Terms.Instalments.Count(due => due.DueOn <= Until), view.Behind(Until));
        });
    }

    [Fact]
    public void a_missed_single_payment_is_made_up_whole_with_its_penalty_or_not_at_all()
    {
        // Missed at first, paid a month later.
        var behaviour = Behaviour(PaymentFigures.Measured with
        {
            Transitions = [[0, 1, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]],
            FallingFurtherBehind = [new(1, 1), new(1, 1), new(1, 1), new(1, 1)],
        });
        var loans = Current(13, 400).Where(loan => loan.Terms is { Product: "short-term", Jurisdiction: "CN" }).ToList();
        Assert.NotEmpty(loans);
        Assert.All(loans, loan =>
        {
            var due = loan.Terms.Instalments[0];
            var payment = Assert.Single(new OutsideView(loan.Terms, behaviour.EventsOf(loan, From, Until)).Payments);
            var days = payment.ValueOn.DayNumber - due.DueOn.DayNumber;
            Assert.InRange(days, 29, 62);
            // 21.6 % a year of 360 days on principal and interest, as the policies for China say.
            Assert.Equal(due.Total + decimal.Round(due.Total * 0.216m * days / 360m, 2, MidpointRounding.ToEven), payment.Amount);
        });
    }

    [Fact]
    public void a_loan_behind_at_the_takeover_is_never_behind_by_more_than_it_began_plus_the_months() => Assert.All(Loans(14, 500), loan =>
    {
        var begun = loan.Terms.Instalments.Count(due => due.DueOn < From);
        Assert.All(DemoPortfolio.Behaviour(14).LivedMonths(loan.Terms, From, Until).Select((month, index) => (month, index)), lived =>
            Assert.InRange(lived.month.Path.BehindAfter, 0, begun + lived.index + 1));
    });

    private static BorrowerBehaviour Behaviour(PaymentFigures figures)
    {
        var policies = Application.Policies.PolicyCatalogue.Shipped();
        var nothingElse = new BehaviourAssumptions { BouncedAndRepeated = 0, BouncedForGood = 0, Hardship = 0 };
        return new(1, terms => policies.Find(DemoPortfolio.PolicyOf(terms))!.Policy.Account, figures, nothingElse);
    }

    private static List<ImportedLoan> Loans(ulong seed, int loans) => [.. new PortfolioGenerator(seed).Loans(new PortfolioOptions { Loans = loans })];

    private static List<ImportedLoan> Current(ulong seed, int loans) =>
        [.. new PortfolioGenerator(seed).Loans(new PortfolioOptions { Loans = loans, SomeBegunBehind = false })];

    private static string Lines(BorrowerBehaviour behaviour, List<ImportedLoan> loans) =>
        string.Join('\n', loans.SelectMany(loan => behaviour.EventsOf(loan, From, Until)).Select(happened => happened.Json));

    private static decimal Amount(ContractEvent payment) => payment.ToJsonElement().GetProperty("data").GetProperty("amount").GetDecimal();
}

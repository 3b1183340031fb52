using CollectionsFlows.Simulation.Portfolio;

namespace CollectionsFlows.Simulation.Tests.Portfolio;

public class PaymentFiguresTests
{
    private static readonly PaymentFigures Figures = PaymentFigures.Measured;

    [SkippableFact]
    public void the_shipped_figures_are_those_of_the_accounts_exactly()
    {
        var measured = new CardAccounts(SharedData.FileOrSkip("uci-credit-default-train.csv"));

        Assert.Equal(measured.Count, Figures.Accounts);
        Assert.Equal(measured.RecordedTransitions, Figures.RecordedTransitions);
        Assert.Equal(measured.Transitions, Figures.Transitions);
        Assert.Equal(measured.StartingStates, Figures.StartingStates);
        Assert.Equal(measured.EverBehind, Figures.EverBehind);
        Assert.Equal(measured.FallingFurtherBehind, Figures.FallingFurtherBehind);
        for (var state = 0; state < PaymentFigures.States; state++)
        {
            var expected = measured.ShareOfStatementPaid(state);
            var shipped = Figures.ShareOfStatementPaid[state];
            Assert.Equal(expected.Quantiles, shipped.Quantiles);
            Assert.Equal(expected, shipped with { Quantiles = expected.Quantiles });
        }
    }

    [Fact]
    public void every_account_month_is_counted_once()
    {
        // 24 000 accounts: four pairs of months from April to August, five to September.
        Assert.Equal(24_000, Figures.Accounts);
        Assert.Equal(24_000, Figures.StartingStates.Sum());
        Assert.Equal(4 * 24_000, Figures.Transitions.Sum(row => row.Sum()));
        Assert.Equal(5 * 24_000, Figures.RecordedTransitions.Sum(row => row.Sum()));
        Assert.All(Figures.ShareOfStatementPaid, shares => Assert.Equal(shares.Statements, shares.PaidNothing + shares.PaidPart + shares.PaidInFull));
        Assert.All(Figures.FallingFurtherBehind, missed => Assert.InRange(missed.PaidNothing, 0, missed.Months));
    }

    [Fact]
    public void nobody_falls_more_than_one_month_further_behind_in_a_month()
    {
        for (var from = 0; from < PaymentFigures.States; from++)
        {
            for (var to = from + 2; to < PaymentFigures.States; to++) Assert.Equal(0, Figures.Transitions[from][to]);
        }
    }

    [Fact]
    public void the_source_and_its_licence_are_named()
    {
        Assert.Contains("UCI Machine Learning Repository", Figures.Citation, StringComparison.Ordinal);
        Assert.Contains("default of credit card clients", Figures.Citation, StringComparison.Ordinal);
        Assert.Contains("I-Cheng Yeh", Figures.Citation, StringComparison.Ordinal);
        Assert.Contains("CC BY 4.0", Figures.Citation, StringComparison.Ordinal);
    }
}

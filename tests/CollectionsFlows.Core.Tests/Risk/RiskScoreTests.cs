using CollectionsFlows.Core.Risk;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Core.Tests.Risk;

public class RiskScoreTests // S22
{
    private static readonly RiskRules Rules = new();

    private static readonly RiskInputs Safe = new() { DaysPastDue = 0, Overdue = 0m, Balance = 1000m, CreditScore = 760m, MonthlyIncome = 5000m, OtherDebt = 0m, ReachableByPhoneOrSms = true };

    private static readonly RiskInputs Worst = new()
    {
        DaysPastDue = 200, Overdue = 9000m, Balance = 20000m, CreditScore = 500m, MonthlyIncome = 1000m, OtherDebt = 5000m,
        ReachableByPhoneOrSms = false, TriesWithoutAnswer = 6, AnsweredRecently = false, BrokenPromises = 3,
    };

    [Fact]
    public void a_good_customer_scores_nothing()
    {
        var assessment = RiskScore.Assess(Safe, Rules);

        Assert.Equal((0, RiskBand.Low), (assessment.Score, assessment.Band));
        Assert.Empty(assessment.Reasons);
    }

    [Fact]
    public void everything_wrong_scores_100() => Assert.Equal((100, RiskBand.High), (RiskScore.Assess(Worst, Rules).Score, RiskScore.Assess(Worst, Rules).Band));

    [Fact]
    public void an_unknown_customer_a_day_late_is_a_low_risk_and_a_month_later_a_medium_one()
    {
        var unknown = new RiskInputs { DaysPastDue = 1, Overdue = 100m, Balance = 1000m, ReachableByPhoneOrSms = true };

        Assert.Equal(10 + 5 + 4 + 5 + 3, RiskScore.Assess(unknown, Rules).Score);
        Assert.Equal(RiskBand.Low, RiskScore.Assess(unknown, Rules).Band);
        Assert.Equal(RiskBand.Medium, RiskScore.Assess(unknown with { DaysPastDue = 30 }, Rules).Band);
    }

    [Theory]
    [InlineData(27, 60, RiskBand.Medium)]
    [InlineData(28, 60, RiskBand.Low)]
    [InlineData(10, 27, RiskBand.High)]
    public void bands_begin_where_the_policy_says(int mediumFrom, int highFrom, RiskBand band)
    {
        var scores27 = new RiskInputs { DaysPastDue = 1, Overdue = 100m, Balance = 1000m, ReachableByPhoneOrSms = true };

        Assert.Equal(band, RiskScore.Assess(scores27, new RiskRules { MediumFrom = mediumFrom, HighFrom = highFrom }).Band);
    }

    [Fact]
    public void the_reasons_add_up_to_a_score_between_0_and_100() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Arb.From(Inputs), inputs =>
        {
            var assessment = RiskScore.Assess(inputs, Rules);
            return assessment.Score is >= 0 and <= 100 && assessment.Reasons.Sum(reason => reason.Points) == assessment.Score && assessment.Reasons.All(reason => reason.Points > 0);
        }));

    [Fact]
    public void worse_in_any_respect_never_scores_lower()
    {
        var changes = Gen.Elements<Func<RiskInputs, int, RiskInputs>>(
            (inputs, by) => inputs with { DaysPastDue = inputs.DaysPastDue + by },
            (inputs, by) => inputs with { Overdue = inputs.Overdue + by },
            (inputs, by) => inputs with { Balance = inputs.Balance + by },
            (inputs, by) => inputs with { OtherDebt = inputs.OtherDebt + by },
            (inputs, by) => inputs with { CreditScore = inputs.CreditScore - by },
            (inputs, by) => inputs with { MonthlyIncome = inputs.MonthlyIncome - by },
            (inputs, _) => inputs with { ReachableByPhoneOrSms = false },
            (inputs, by) => inputs with { TriesWithoutAnswer = inputs.TriesWithoutAnswer + by },
            (inputs, _) => inputs with { AnsweredRecently = false },
            (inputs, by) => inputs with { BrokenPromises = inputs.BrokenPromises + by });
        var cases = from inputs in Inputs from change in changes from amount in Gen.Choose(0, 5000) select (Before: inputs, After: change(inputs, amount));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Arb.From(cases), pair =>
            RiskScore.Assess(pair.After, Rules).Score >= RiskScore.Assess(pair.Before, Rules).Score));
    }

    // Zero and negative incomes and amounts too: an import may bring them.
    private static Gen<RiskInputs> Inputs =>
        from days in Gen.Choose(-40, 400)
        from overdue in Gen.Choose(-100, 20000)
        from balance in Gen.Choose(-100, 50000)
        from credit in Unknown(Gen.Choose(300, 850))
        from income in Unknown(Gen.Choose(-10, 9000))
        from other in Unknown(Gen.Choose(0, 50000))
        from reachable in Gen.Elements(true, false)
        from tries in Gen.Choose(0, 8)
        from answered in Gen.Elements(true, false)
        from broken in Gen.Choose(0, 4)
        select new RiskInputs
        {
            DaysPastDue = days, Overdue = overdue, Balance = balance, CreditScore = credit, MonthlyIncome = income, OtherDebt = other,
            ReachableByPhoneOrSms = reachable, TriesWithoutAnswer = tries, AnsweredRecently = answered, BrokenPromises = broken,
        };

    private static Gen<decimal?> Unknown(Gen<int> known) => Gen.OneOf(Gen.Constant<decimal?>(null), known.Select(value => (decimal?)value));
}

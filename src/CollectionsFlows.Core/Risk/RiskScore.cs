namespace CollectionsFlows.Core.Risk;

/// <summary>A points-based scorecard (S22): every input adds points, the sum is the score, the policy says where the bands begin.</summary>
/// <remarks>
/// The points are expert judgement, not fitted to data: arrears and their age weigh most (52 of 100) because a lender always knows them,
/// all debt against income 10, credit history 12, whether
/// the borrower can be reached, answers and keeps promises 26. An unknown income
/// or score costs about the middle of its range, so that silence neither hides nor creates a risk. More days, more debt, less contact
/// never lower the score: each row only rises in its input.
/// </remarks>
public static class RiskScore
{
    /// <summary>The score, its band, and what made it.</summary>
    public static RiskAssessment Assess(RiskInputs inputs, RiskRules rules)
    {
        RiskReason[] reasons =
        [
            new("days-past-due", DaysPastDue(inputs.DaysPastDue)),
            new("overdue-to-income", OverdueToIncome(inputs)),
            new("debt-to-income", DebtToIncome(inputs)),
            new("credit-score", CreditScore(inputs.CreditScore)),
            new("unreachable", inputs.ReachableByPhoneOrSms ? 0 : 10),
            new("tries-without-answer", inputs.TriesWithoutAnswer switch { < 2 => 0, < 4 => 4, _ => 8 }),
            new("no-recent-answer", inputs is { DaysPastDue: > 0, AnsweredRecently: false } ? 3 : 0),
            new("broken-promises", inputs.BrokenPromises switch { < 1 => 0, 1 => 3, _ => 5 }),
        ];
        var score = reasons.Sum(reason => reason.Points);
        var band = score >= rules.HighFrom ? RiskBand.High : score >= rules.MediumFrom ? RiskBand.Medium : RiskBand.Low;
        return new RiskAssessment(score, band, [.. reasons.Where(reason => reason.Points > 0)]);
    }

    // The conventional buckets; beyond 90 days little more can be told from age alone.
    private static int DaysPastDue(int days) => days switch { < 1 => 0, < 30 => 10, < 60 => 22, < 90 => 32, _ => 40 };

    // A quarter, a half, a whole month's income overdue.
    private static int OverdueToIncome(RiskInputs inputs)
    {
        if (inputs.Overdue <= 0) return 0;
        if (inputs.MonthlyIncome is not { } income) return 5;
        return income <= 0 ? 12 : (inputs.Overdue / income) switch { < 0.25m => 2, < 0.5m => 5, < 1m => 8, _ => 12 };
    }

    // All debt known, in months of income.
    private static int DebtToIncome(RiskInputs inputs)
    {
        var debt = Math.Max(0m, inputs.Balance) + Math.Max(0m, inputs.OtherDebt ?? 0m);
        if (debt <= 0) return 0;
        if (inputs.MonthlyIncome is not { } income) return 4;
        return income <= 0 ? 10 : (debt / income) switch { < 3m => 0, < 6m => 3, < 12m => 6, _ => 10 };
    }

    // The 300-850 scale; a lender with another scale maps its own onto it before import.
    private static int CreditScore(decimal? score) => score switch { null => 5, >= 720 => 0, >= 660 => 4, >= 600 => 8, _ => 12 };
}

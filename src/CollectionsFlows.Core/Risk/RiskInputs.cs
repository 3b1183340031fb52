using System.Globalization;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Risk;

/// <summary>What the scorecard looks at. Amounts are in the loan's currency; null is unknown.</summary>
public sealed record RiskInputs
{
    public required int DaysPastDue { get; init; }

    public required decimal Overdue { get; init; }

    /// <summary>Everything still owed on the loan.</summary>
    public required decimal Balance { get; init; }

    /// <summary>On the 300-850 scale.</summary>
    public decimal? CreditScore { get; init; }

    public decimal? MonthlyIncome { get; init; }

    /// <summary>Debt to others.</summary>
    public decimal? OtherDebt { get; init; }

    /// <summary>Whether there is a telephone or SMS address that is not known to be wrong.</summary>
    public required bool ReachableByPhoneOrSms { get; init; }

    /// <summary>Contacts made in this delinquency since the last answer.</summary>
    public int TriesWithoutAnswer { get; init; }

    /// <summary>Whether the borrower answered in this delinquency.</summary>
    public bool AnsweredRecently { get; init; }

    public int BrokenPromises { get; init; }

    /// <summary>Whether an attribute of a loan is an input of risk: one of the known names with a number. Only such may be on the record, for what else a lender sends may be personal data (S25).</summary>
    public static bool IsRiskInput(string attribute, string value) =>
        attribute is "creditScore" or "monthlyIncome" or "otherDebt" or "limit"
        && decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _);

    /// <summary>Inputs of a loan; attributes <c>creditScore</c>, <c>monthlyIncome</c>, <c>otherDebt</c> that are no number count as unknown.</summary>
    public static RiskInputs Of(LoanTerms terms, AccountPosition position, bool reachableByPhoneOrSms) => new()
    {
        DaysPastDue = position.DaysPastDue,
        Overdue = position.Overdue.Total,
        Balance = position.Balance.Total,
        CreditScore = Number(terms, "creditScore"),
        MonthlyIncome = Number(terms, "monthlyIncome"),
        OtherDebt = Number(terms, "otherDebt"),
        ReachableByPhoneOrSms = reachableByPhoneOrSms,
    };

    private static decimal? Number(LoanTerms terms, string attribute) =>
        terms.Attributes.TryGetValue(attribute, out var text) && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}

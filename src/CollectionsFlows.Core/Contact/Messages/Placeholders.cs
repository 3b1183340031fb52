using System.Collections.Frozen;

namespace CollectionsFlows.Core.Contact.Messages;

/// <summary>The names a template may use. Values are formatted for the template's language before rendering.</summary>
public static class Placeholders
{
    public const string LenderName = "lenderName";
    public const string ServicePhone = "servicePhone";
    public const string PaymentLink = "paymentLink";
    public const string OptOut = "optOut";
    public const string BorrowerName = "borrowerName";
    public const string LoanId = "loanId";
    public const string DueOn = "dueOn";
    public const string DaysPastDue = "daysPastDue";
    public const string Overdue = "overdue";
    public const string OverduePrincipal = "overduePrincipal";
    public const string OverdueInterest = "overdueInterest";
    public const string OverdueFees = "overdueFees";
    public const string OverduePenalty = "overduePenalty";
    public const string PenaltyRate = "penaltyRate";
    public const string PenaltyPerDay = "penaltyPerDay";
    public const string Payoff = "payoff";
    public const string NextDueOn = "nextDueOn";
    public const string NextAmount = "nextAmount";
    public const string Today = "today";
    public const string LenderAddress = "lenderAddress";
    public const string AccountNumber = "accountNumber";
    public const string CurrentCreditor = "currentCreditor";
    public const string OriginalCreditor = "originalCreditor";
    public const string ItemisationOn = "itemisationOn";
    public const string ItemisationAmount = "itemisationAmount";
    public const string InterestSince = "interestSince";
    public const string FeesSince = "feesSince";
    public const string PaymentsSince = "paymentsSince";
    public const string DebtNow = "debtNow";
    public const string PeriodEndsOn = "periodEndsOn";
    public const string ActBy = "actBy";
    public const string UnpaidInstalments = "unpaidInstalments";
    public const string Currency = "currency";
    public const string Balance = "balance";
    public const string BalancePrincipal = "balancePrincipal";
    public const string BalanceInterest = "balanceInterest";
    public const string BalanceFees = "balanceFees";
    public const string BalancePenalty = "balancePenalty";
    public const string PlanId = "planId";
    public const string PlanConfirmedOn = "planConfirmedOn";
    public const string PlanTotal = "planTotal";
    public const string PlanCount = "planCount";
    public const string PlanCycle = "planCycle";
    public const string PlanInstalments = "planInstalments";
    public const string PlanGraceDays = "planGraceDays";
    public const string PlanMissedToBreak = "planMissedToBreak";

    /// <summary>Names that only notices of a fixed form may use: what they stand for is read off the case as the notice goes out.</summary>
    public static readonly IReadOnlyList<string> OfNotices =
    [
        LenderAddress, AccountNumber, CurrentCreditor, OriginalCreditor, ItemisationOn, ItemisationAmount, InterestSince, FeesSince, PaymentsSince,
        DebtNow, PeriodEndsOn, ActBy, UnpaidInstalments, Currency, Balance, BalancePrincipal, BalanceInterest, BalanceFees, BalancePenalty, PlanId,
        PlanConfirmedOn, PlanTotal, PlanCount, PlanCycle, PlanInstalments, PlanGraceDays, PlanMissedToBreak,
    ];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        LenderName, ServicePhone, PaymentLink, OptOut, BorrowerName, LoanId, DueOn, DaysPastDue, Overdue, OverduePrincipal, OverdueInterest,
        OverdueFees, OverduePenalty, PenaltyRate, PenaltyPerDay, Payoff, NextDueOn, NextAmount, Today, .. OfNotices,
    ];

    private static readonly FrozenSet<string> KnownNames = Known.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a template may use the name.</summary>
    public static bool IsKnown(string name) => KnownNames.Contains(name);
}

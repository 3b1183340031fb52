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

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        LenderName, ServicePhone, PaymentLink, OptOut, BorrowerName, LoanId, DueOn, DaysPastDue, Overdue, OverduePrincipal, OverdueInterest,
        OverdueFees, OverduePenalty, PenaltyRate, PenaltyPerDay, Payoff, NextDueOn, NextAmount, Today,
    ];

    private static readonly FrozenSet<string> KnownNames = Known.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a template may use the name.</summary>
    public static bool IsKnown(string name) => KnownNames.Contains(name);
}

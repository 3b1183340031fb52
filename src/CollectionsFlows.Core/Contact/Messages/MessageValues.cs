using System.Globalization;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Contact.Messages;

/// <summary>What a template's placeholders stand for, for one loan on one day.</summary>
public static class MessageValues
{
    /// <summary>A value for every name in <see cref="Placeholders"/>, formatted for the language.</summary>
    /// <param name="language">The template's language.</param>
    /// <param name="lender">Who writes.</param>
    /// <param name="borrowerName">The borrower. Personal data: values and the message made of them stay in the borrower store (S25).</param>
    /// <param name="terms">The loan.</param>
    /// <param name="rules">The policy's account rules: what penalty interest is counted on.</param>
    /// <param name="position">Where the loan stands on the day of the message.</param>
    /// <param name="payoff">What settles it on that day.</param>
    /// <remarks>
    /// <c>dueOn</c> is the due date of the oldest unpaid instalment; <c>nextDueOn</c> and <c>nextAmount</c> are of the first unpaid one
    /// not yet past due, or of the last of the loan when all are. Penalty per day is what one more day costs at today's arrears.
    /// </remarks>
    public static IReadOnlyDictionary<string, string> For(
        string language, LenderProfile lender, string borrowerName, LoanTerms terms, AccountRules rules, AccountPosition position, Payoff payoff)
    {
        var next = Next(position);
        string Amount(decimal amount) => MessageFormat.Amount(amount, terms.Currency, language);
        string Date(DateOnly date) => MessageFormat.Date(date, language);
        var values = new Dictionary<string, string>(Placeholders.Known.Count, StringComparer.Ordinal)
        {
            [Placeholders.LenderName] = lender.Name,
            [Placeholders.ServicePhone] = lender.ServicePhone,
            [Placeholders.PaymentLink] = lender.PaymentLink(terms.LoanId),
            [Placeholders.OptOut] = OptOut(language, lender),
            [Placeholders.BorrowerName] = borrowerName,
            [Placeholders.LoanId] = terms.LoanId,
            [Placeholders.DueOn] = Date(position.OldestUnpaidDueOn ?? next.DueOn),
            [Placeholders.DaysPastDue] = position.DaysPastDue.ToString(CultureInfo.InvariantCulture),
            [Placeholders.Overdue] = Amount(position.Overdue.Total),
            [Placeholders.OverduePrincipal] = Amount(position.Overdue.Principal),
            [Placeholders.OverdueInterest] = Amount(position.Overdue.Interest),
            [Placeholders.OverdueFees] = Amount(position.Overdue.Fees),
            [Placeholders.OverduePenalty] = Amount(position.Overdue.Penalty),
            [Placeholders.PenaltyRate] = MessageFormat.Rate(terms.PenaltyAnnualRate),
            [Placeholders.PenaltyPerDay] = Amount(PenaltyPerDay(terms, rules, position)),
            [Placeholders.Payoff] = Amount(payoff.Amount),
            [Placeholders.NextDueOn] = Date(next.DueOn),
            [Placeholders.NextAmount] = Amount(next.Outstanding.Total),
            [Placeholders.Today] = Date(position.AsOf),
        };
        foreach (var name in Placeholders.OfNotices) values[name] = ""; // A notice fills them in over these.
        return values;
    }

    private static decimal PenaltyPerDay(LoanTerms terms, AccountRules rules, AccountPosition position)
    {
        var arrears = rules.PenaltyBase == PenaltyBase.Principal ? position.Overdue.Principal : position.Overdue.Principal + position.Overdue.Interest;
        return arrears * terms.PenaltyAnnualRate / rules.PenaltyDaysInYear;
    }

    private static InstalmentPosition Next(AccountPosition position)
    {
        foreach (var instalment in position.Instalments)
            if (instalment.SettledOn is null && instalment.DueOn >= position.AsOf) return instalment;
        return position.Instalments[^1];
    }

    private static string OptOut(string language, LenderProfile lender) => (MessageFormat.IsChinese(language), lender.ReceivesReplies) switch
    {
        (true, true) => "回复TD退订",
        (true, false) => $"退订请致电{lender.ServicePhone}",
        (false, true) => "Reply STOP to opt out.",
        (false, false) => $"To opt out call {lender.ServicePhone}.",
    };
}

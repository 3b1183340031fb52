using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Evidence;

/// <summary>Explains how the account is kept.</summary>
internal static class PenaltyWords
{
    public static DossierPenalty Of(CaseState state, AccountRules rules, AccountPosition position)
    {
        var rate = state.Terms.PenaltyAnnualRate;
        var paused = state.Pauses.Any(pause => pause.From <= position.AsOf && position.AsOf < pause.Until);
        var arrears = rules.PenaltyBase == PenaltyBase.Principal ? position.Overdue.Principal : position.Overdue.Principal + position.Overdue.Interest;
        var perDay = paused ? 0m : state.Terms.Currency.Round(arrears * rate / rules.PenaltyDaysInYear);
        return new DossierPenalty(rate, rules.PenaltyBase, rules.PenaltyDaysInYear, perDay, Method(state.Terms, rules));
    }

    /// <summary>A sentence for the usual order and one for each exception.</summary>
    public static IReadOnlyList<string> PaymentUse(AccountRules rules) =>
        [$"Payments pay {Order(rules.Waterfall)}.", .. rules.Exceptions.Select(exception => $"{Condition(exception)} they pay {Order(exception.Waterfall)}.")];

    private static string Method(LoanTerms terms, AccountRules rules)
    {
        if (terms.PenaltyAnnualRate == 0m)
        {
            return "No penalty interest is charged.";
        }

        var on = rules.PenaltyBase == PenaltyBase.Principal ? "the unpaid principal" : "the unpaid principal and contract interest";
        return $"Simple daily interest at {MessageFormat.Rate(terms.PenaltyAnnualRate)} a year, divided by {rules.PenaltyDaysInYear} days, on {on} of each instalment, from the day after "
            + "its due date up to and including the day of the statement. Paused days bear none. No interest is charged on penalty interest. It is rounded once for each instalment, half to even.";
    }

    private static string Condition(WaterfallException exception) => (exception.MinDaysPastDue, exception.AfterWriteOff) switch
    {
        ({ } days, true) => $"After a write-off and from {Words.Days(days)} past due",
        ({ } days, false) => $"From {Words.Days(days)} past due",
        (null, true) => "After a write-off",
        _ => "In any case",
    };

    private static string Order(Waterfall waterfall)
    {
        var order = string.Join(", then ", waterfall.Order.Select(component => component switch
        {
            Component.Penalty => "penalty interest",
            Component.Fee => "fees",
            _ => Words.Name(component),
        }));
        return waterfall.Direction == AllocationDirection.InstalmentFirst
            ? $"the oldest instalment first: {order}, then the next instalment"
            : $"all instalments, oldest first within each: {order}";
    }
}

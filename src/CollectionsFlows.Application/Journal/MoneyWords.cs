using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Journal;

/// <summary>Words for facts about the loan, its payments, its delinquency, and the end of the case.</summary>
internal static class MoneyWords
{
    /// <summary>Null: the fact is about something else.</summary>
    public static string? Of(CaseFact fact, Currency currency) => fact switch
    {
        CaseFact.CaseOpened opened => Opened(opened),
        CaseFact.TermsUpdated updated =>
            $"The lender sent changed terms of the loan: {Words.Count(updated.Terms.Instalments.Count, "instalment")}, the last due on {Words.Date(updated.Terms.Instalments[^1].DueOn)}.",
        CaseFact.PaymentPosted posted => Posted(posted, currency),
        CaseFact.PaymentReversed reversed => Reversed(reversed, currency),
        CaseFact.DelinquencyBegan began =>
            $"Delinquency {began.Number} of this loan began: the instalment due on {Words.Date(began.DueOn)} is {Words.Days(began.DaysPastDue)} past due, {Words.Amount(began.Overdue, currency)} overdue.",
        CaseFact.DelinquencyMoved moved => Moved(moved),
        CaseFact.DelinquencyCured cured =>
            $"Delinquency {cured.Number} was cured on {Words.Date(cured.On)}; it had reached at most {Words.Days(cured.MaxDaysPastDue)} past due.",
        CaseFact.Reviewed reviewed =>
            $"Regular review on {Words.Date(reviewed.On)}: {Words.Days(reviewed.DaysPastDue)} past due, {Words.Amount(reviewed.Overdue, currency)} overdue.",
        CaseFact.StatusChanged changed =>
            $"The case went from {Words.Name(changed.From)} to {Words.Name(changed.To)}: {Words.Days(changed.DaysPastDue)} past due, {Words.Amount(changed.Overdue, currency)} overdue.",
        CaseFact.CaseClosed closed => $"The case was closed: {Words.Name(closed.Reason)}, with effect from {Words.Instant(closed.EffectiveAt)}.",
        CaseFact.CaseReopened reopened => $"The case was opened again: {reopened.Why}.",
        CaseFact.RiskAssessed assessed =>
            $"The risk is now {Words.Name(assessed.Band)}, score {assessed.Score} of 100{Words.Also(string.Join(", ", assessed.Reasons.Select(reason => $"{reason.Code.Replace('-', ' ')} {reason.Points}")), ": ")}.",
        CaseFact.InputEntered entered => $"{entered.By} entered the event {entered.InputId} ({entered.Type}).",
        CaseFact.InputIgnored ignored => $"The event {ignored.InputId} ({ignored.Type}) was kept without effect: {ignored.Why}.",
        _ => null,
    };

    private static string Opened(CaseFact.CaseOpened opened)
    {
        var terms = opened.Terms;
        var scheduled = terms.Instalments.Sum(instalment => instalment.Total);
        var channels = opened.Channels.Count == 0 ? "no address is known" : $"reachable by {string.Join(", ", opened.Channels.Select(channel => Words.Name(channel)))}";
        return $"The case was opened under policy {opened.Policy}: {Words.Amount(scheduled, terms.Currency)} in {Words.Count(terms.Instalments.Count, "instalment")}, {channels}.";
    }

    private static string Posted(CaseFact.PaymentPosted posted, Currency currency)
    {
        var credit = posted.Credit == 0m ? "" : $"; {Words.Amount(posted.Credit, currency)} was more than is owed and is held as credit";
        return $"Payment {posted.PaymentId} of {Words.Amount(posted.Amount, posted.Currency)} arrived{Words.Also(posted.Method, " by ")}, valued on {Words.Date(posted.ValueOn)}, "
            + $"{Words.Days(posted.DaysPastDue)} past due. It paid {Words.Parts(posted.Allocated, currency)}{credit}. Overdue after it: {Words.Amount(posted.OverdueAfter, currency)}.";
    }

    private static string Reversed(CaseFact.PaymentReversed reversed, Currency currency) => reversed.Known
        ? $"Payment {reversed.PaymentId} was reversed ({reversed.Reason}) and counts no longer: {Words.Days(reversed.DaysPastDue)} past due, {Words.Amount(reversed.OverdueAfter, currency)} overdue."
        : $"Payment {reversed.PaymentId} was reversed ({reversed.Reason}) before its arrival was reported; it will not count.";

    private static string Moved(CaseFact.DelinquencyMoved moved)
    {
        var again = moved.StepsOpenAgain.Count == 0 ? "" : $" Steps that may be taken again: {string.Join(", ", moved.StepsOpenAgain)}.";
        return $"The oldest unpaid instalment is now the one due on {Words.Date(moved.DueOn)}, {Words.Days(moved.DaysPastDue)} past due{Words.Also(moved.Stage, "; stage ")}.{again}";
    }
}

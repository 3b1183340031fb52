using System.Globalization;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>What a notice that the law wants must say, read off the case on the day it goes out: form B-1's itemisation, arrears, a plan's contents.</summary>
/// <remarks>
/// The debt of a validation notice is what is overdue. Its itemisation date is the day after the last overdue instalment's due date, when the
/// amount last fell due: since then only interest, fees and payments can have changed it, so that the table adds up to the cent.
/// </remarks>
public static class NoticeContents
{
    /// <summary>A value for every name in <see cref="Placeholders.OfNotices"/>, formatted for the language; empty where it does not apply.</summary>
    /// <param name="language">The template's language.</param>
    /// <param name="lender">Who writes.</param>
    /// <param name="duty">The duty.</param>
    /// <param name="state">The case.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="today">The borrower's local date on which it goes out.</param>
    /// <param name="attributes">What the lender sent about the borrower: <c>currentCreditor</c> and <c>originalCreditor</c> are used.</param>
    public static IReadOnlyDictionary<string, string> For(
        string language, LenderProfile lender, NoticeDuty duty, CaseState state, Policy policy, DateOnly today, IReadOnlyDictionary<string, string> attributes)
    {
        var values = Placeholders.OfNotices.ToDictionary(name => name, _ => "", StringComparer.Ordinal);
        var writer = new Writer(language, state.Terms.Currency);
        var position = CaseAccount.Position(state, policy, today);
        var creditor = attributes.GetValueOrDefault("currentCreditor") is { Length: > 0 } current ? current : lender.Name;
        values[Placeholders.LenderAddress] = lender.MailingAddress ?? "";
        values[Placeholders.AccountNumber] = Truncated(state.Terms.LoanId);
        values[Placeholders.CurrentCreditor] = creditor;
        values[Placeholders.OriginalCreditor] = attributes.GetValueOrDefault("originalCreditor") is { Length: > 0 } original ? original : creditor;
        values[Placeholders.Currency] = state.Terms.Currency.Code;
        values[Placeholders.UnpaidInstalments] = writer.List(
            Overdue(position).Select(instalment => $"{writer.Date(instalment.DueOn)}{writer.Colon}{writer.Amount(instalment.Outstanding.Total)}"));
        if (duty.Period is { } period)
        {
            values[Placeholders.PeriodEndsOn] = writer.Date(period.From(today).EndsOn);
        }

        if (duty.WaitDays is { } days)
        {
            values[Placeholders.ActBy] = writer.Date(today.AddDays(days));
        }

        Itemise(values, writer, state, policy, position);
        Balance(values, writer, position);
        Plan(values, writer, state, policy);
        return values;
    }

    /// <summary>The last four characters, so that the letter does not give the number away (12 CFR 1006.34(c)(2)(ii)).</summary>
    private static string Truncated(string loanId) => loanId.Length > 4 ? $"***{loanId[^4..]}" : loanId;

    private static IEnumerable<InstalmentPosition> Overdue(AccountPosition position) =>
        position.Instalments.Where(instalment => instalment.SettledOn is null && instalment.DueOn < position.AsOf);

    private static void Itemise(Dictionary<string, string> values, Writer writer, CaseState state, Policy policy, AccountPosition now)
    {
        var on = Overdue(now).LastOrDefault()?.DueOn.AddDays(1) ?? now.AsOf;
        var then = CaseAccount.Position(state, policy, on);
        var paid = CaseAccount.Counting(state).Where(payment => payment.ValueOn > on && payment.ValueOn <= now.AsOf).Sum(payment => payment.Amount);
        var fees = now.Overdue.Fees - then.Overdue.Fees + Paid(now).Fees - Paid(then).Fees;
        values[Placeholders.ItemisationOn] = writer.Date(on);
        values[Placeholders.ItemisationAmount] = writer.Amount(then.Overdue.Total);
        values[Placeholders.FeesSince] = writer.Amount(fees);
        values[Placeholders.PaymentsSince] = writer.Amount(paid);
        values[Placeholders.InterestSince] = writer.Amount(now.Overdue.Total + paid - then.Overdue.Total - fees);
        values[Placeholders.DebtNow] = writer.Amount(now.Overdue.Total);
    }

    private static Breakdown Paid(AccountPosition position) =>
        position.Instalments.Aggregate(Breakdown.Zero, (sum, instalment) => sum + instalment.Paid);

    private static void Balance(Dictionary<string, string> values, Writer writer, AccountPosition position)
    {
        values[Placeholders.Balance] = writer.Amount(position.Balance.Total);
        values[Placeholders.BalancePrincipal] = writer.Amount(position.Balance.Principal);
        values[Placeholders.BalanceInterest] = writer.Amount(position.Balance.Interest);
        values[Placeholders.BalanceFees] = writer.Amount(position.Balance.Fees);
        values[Placeholders.BalancePenalty] = writer.Amount(position.Balance.Penalty);
    }

    /// <summary>The minimum contents of an instalment agreement (CN-CARD-PLAN).</summary>
    private static void Plan(Dictionary<string, string> values, Writer writer, CaseState state, Policy policy)
    {
        if (state.Plan is not { } plan)
        {
            return;
        }

        values[Placeholders.PlanId] = plan.PlanId;
        values[Placeholders.PlanConfirmedOn] = writer.Date(new BorrowerClock(state.Terms.TimeZones).DateAt(plan.AcceptedAt));
        values[Placeholders.PlanTotal] = writer.Amount(plan.Instalments.Sum(instalment => instalment.Amount));
        values[Placeholders.PlanCount] = Number(plan.Instalments.Count);
        values[Placeholders.PlanCycle] = writer.Cycle([.. plan.Instalments.Select(instalment => instalment.DueOn)]);
        values[Placeholders.PlanInstalments] = writer.List(
            plan.Instalments.Select((instalment, index) => $"{Number(index + 1)}. {writer.Date(instalment.DueOn)}{writer.Colon}{writer.Amount(instalment.Amount)}"));
        values[Placeholders.PlanGraceDays] = Number(policy.Plan.GraceDays);
        values[Placeholders.PlanMissedToBreak] = Number(policy.Plan.MissedToBreak);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Dates, amounts and lists in one language.</summary>
    private sealed class Writer(string language, Currency currency)
    {
        private readonly bool chinese = MessageFormat.IsChinese(language);

        public string Colon => chinese ? "：" : ": ";

        public string Amount(decimal amount) => MessageFormat.Amount(amount, currency, language);

        public string Date(DateOnly date) => MessageFormat.Date(date, language);

        public string List(IEnumerable<string> items) => string.Join(chinese ? "；" : "; ", items);

        public string Cycle(IReadOnlyList<DateOnly> dates)
        {
            var gaps = dates.Skip(1).Select((date, index) => date.DayNumber - dates[index].DayNumber).ToList();
            return gaps switch
            {
                [] => chinese ? "一次还清" : "once",
                _ when gaps.TrueForAll(gap => gap is >= 28 and <= 31) => chinese ? "每月" : "monthly",
                _ when gaps.TrueForAll(gap => gap == 14) => chinese ? "每两周" : "every two weeks",
                _ when gaps.TrueForAll(gap => gap == 7) => chinese ? "每周" : "weekly",
                _ => chinese ? "按下列日期" : "on the dates listed",
            };
        }
    }
}

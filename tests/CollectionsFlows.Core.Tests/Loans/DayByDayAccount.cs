using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Tests.Loans;

/// <summary>A second, naive account that lives through every single day: what the closed forms must agree with.</summary>
/// <remarks>One waterfall only, horizontal, penalty-fee-interest-principal, no rebate.</remarks>
internal sealed class DayByDayAccount
{
    private readonly LoanScenario scenario;
    private readonly Row[] rows;

    private DayByDayAccount(LoanScenario scenario)
    {
        this.scenario = scenario;
        rows = [.. scenario.Terms.Instalments.Select(due => new Row(due.DueOn, due.FeesDue, due.InterestDue, due.PrincipalDue))];
    }

    public static (Breakdown Balance, decimal Credit, int DaysPastDue) On(LoanScenario scenario)
    {
        var account = new DayByDayAccount(scenario);
        var first = scenario.Terms.Instalments[0].DueOn.AddDays(-400);
        var credit = 0m;
        for (var day = first; day <= scenario.AsOf; day = day.AddDays(1))
        {
            account.Accrue(day);
            credit += scenario.Payments.Where(payment => payment.ValueOn == day).Sum(payment => account.Pay(payment.Amount));
        }

        var balance = account.rows.Aggregate(
            Breakdown.Zero, (sum, row) => sum + new Breakdown(account.PenaltyOf(row), row.Fees, row.Interest, row.Principal));
        return (balance, credit, account.DaysPastDue());
    }

    private void Accrue(DateOnly day)
    {
        foreach (var row in rows.Where(row => day > row.DueOn && !IsPaused(day)))
        {
            row.UnpaidDays += row.Principal + (scenario.Rules.PenaltyBase == PenaltyBase.PrincipalAndInterest ? row.Interest : 0m);
        }
    }

    private decimal Pay(decimal amount)
    {
        foreach (var row in rows)
        {
            Use(PenaltyOf(row), used => row.PenaltyPaid += used);
            Use(row.Fees, used => row.Fees -= used);
            Use(row.Interest, used => row.Interest -= used);
            Use(row.Principal, used => row.Principal -= used);
        }

        return amount;

        void Use(decimal need, Action<decimal> pay)
        {
            var used = Math.Min(need, amount);
            amount -= used;
            pay(used);
        }
    }

    private int DaysPastDue()
    {
        var oldest = rows.FirstOrDefault(row => PenaltyOf(row) + row.Fees + row.Interest + row.Principal > 0m);
        var days = 0;
        for (var day = oldest?.DueOn ?? scenario.AsOf; day < scenario.AsOf; day = day.AddDays(1))
        {
            days += IsPaused(day.AddDays(1)) ? 0 : 1;
        }

        return days;
    }

    private bool IsPaused(DateOnly day) => scenario.Pauses.Any(pause => pause.From <= day && day < pause.Until);

    private decimal PenaltyOf(Row row) =>
        scenario.Terms.Currency.Round(row.UnpaidDays * scenario.Terms.PenaltyAnnualRate / scenario.Rules.PenaltyDaysInYear) - row.PenaltyPaid;

    private sealed class Row(DateOnly dueOn, decimal fees, decimal interest, decimal principal)
    {
        public DateOnly DueOn => dueOn;

        public decimal Fees { get; set; } = fees;

        public decimal Interest { get; set; } = interest;

        public decimal Principal { get; set; } = principal;

        public decimal UnpaidDays { get; set; }

        public decimal PenaltyPaid { get; set; }
    }
}

using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Core.Tests.Plans;

/// <summary>What holds for every level plan of an ordinary size.</summary>
public class AmortisationProperties
{
    private static readonly Gen<Plan> Plans =
        from principal in Gen.Choose(100, 1_000_000)
        from rate in Gen.Choose(0, 3600)
        from instalments in Gen.Choose(1, 60)
        from start in Gen.Choose(0, 3000)
        from toFirst in Gen.Choose(1, 45)
        from dayCount in Gen.Elements(Enum.GetValues<DayCount>())
        from currency in Gen.Elements("USD", "CNY", "JPY")
        let startOn = new DateOnly(2020, 1, 1).AddDays(start)
        select new Plan(principal, rate / 10_000m, instalments, startOn, startOn.AddDays(toFirst), dayCount, Currency.Parse(currency));

    [Fact]
    public void principal_adds_up_and_the_balance_ends_at_nothing() => Check((plan, rows) =>
    {
        Assert.Equal(plan.Principal, rows.Sum(row => row.Principal));
        Assert.Equal(0m, rows[^1].Balance);
        Assert.Equal(plan.Instalments, rows.Count);
        Assert.All(rows, row => Assert.Equal(row.Total, row.Principal + row.Interest));
        Assert.All(rows, row => Assert.True(row.Balance >= 0m && row.Interest >= 0m));
    });

    [Fact]
    public void all_instalments_but_the_last_are_equal() => Check((plan, rows) =>
    {
        // Where rounding up ends the debt early, the instalments up to that one are equal.
        var full = rows.TakeWhile(row => row.Balance > 0m);
        Assert.True(full.Select(row => row.Total).Distinct().Count() <= 1);
        if (plan.Principal >= plan.Instalments * 10 && plan.Currency.Decimals == 2)
        {
            Assert.Single(rows.SkipLast(1).Select(row => row.Total).DefaultIfEmpty().Distinct());
        }
    });

    [Fact]
    public void amounts_are_whole_minor_units() => Check((plan, rows) =>
        Assert.All(
            rows.SelectMany(row => new[] { row.Principal, row.Interest, row.Total, row.Balance }),
            amount => Assert.Equal(plan.Currency.Round(amount), amount)));

    [Fact]
    public void due_dates_are_a_month_apart_on_the_day_of_the_first() => Check((plan, rows) =>
    {
        for (var index = 0; index < rows.Count; index++)
        {
            var (dueOn, month) = (rows[index].DueOn, plan.FirstDue.Year * 12 + plan.FirstDue.Month - 1 + index);
            Assert.Equal(month, dueOn.Year * 12 + dueOn.Month - 1);
            Assert.Equal(Math.Min(plan.FirstDue.Day, DateTime.DaysInMonth(dueOn.Year, dueOn.Month)), dueOn.Day);
        }
    });

    private static void Check(Action<Plan, IReadOnlyList<ScheduleRow>> holds) =>
        FsCheck.Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(
                Plans.ToArbitrary(),
                plan => holds(
                    plan,
                    Amortisation.Level(plan.Principal, plan.AnnualRate, plan.Instalments, plan.Start, plan.FirstDue, plan.DayCount, plan.Currency))));

    private sealed record Plan(
        decimal Principal, decimal AnnualRate, int Instalments, DateOnly Start, DateOnly FirstDue, DayCount DayCount, Currency Currency);
}

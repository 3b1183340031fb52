using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Loans;

/// <summary>Overdue amounts by age, instalment by instalment (<c>domain.md</c>: DPD and buckets).</summary>
public class AgeBucketTests
{
    private static readonly LoanTerms Four = Of(
        Due(1, "2026-01-10", 100m, fees: 5m), Due(2, "2026-02-10", 200m), Due(3, "2026-02-11", 300m), Due(4, "2026-04-10", 400m));

    [Fact]
    public void each_instalment_ages_by_its_own_days_past_due()
    {
        // 13 March: 62, 31 and 30 days past due; the fourth is not due yet.
        var amounts = LoanAccount.ByAge(Four.On("2026-03-13"), Rules.Buckets);

        Assert.Equal(["1-30", "31-60", "61-90", "91-180", "181-360", "361+"], amounts.Select(amount => amount.Bucket));
        Assert.Equal([300m, 200m, 105m, 0m, 0m, 0m], amounts.Select(amount => amount.Amount));
        Assert.Equal([new InstalmentAmount(3, 300m)], amounts[0].Instalments);
        Assert.Empty(amounts[5].Instalments);
    }

    [Fact]
    public void several_instalments_of_one_age_add_up()
    {
        var oldest = LoanAccount.ByAge(Four.On("2030-01-01"), Rules.Buckets)[5];

        Assert.Equal(1005m, oldest.Amount);
        Assert.Equal([1, 2, 3, 4], oldest.Instalments.Select(instalment => instalment.Number));
    }

    [Fact]
    public void what_is_paid_or_not_overdue_is_in_no_bucket()
    {
        Assert.All(LoanAccount.ByAge(Four.On("2026-01-10"), Rules.Buckets), amount => Assert.Equal(0m, amount.Amount));
        Assert.All(
            LoanAccount.ByAge(Four.On("2026-02-10", Paid(105m, "2026-01-20")), Rules.Buckets), amount => Assert.Equal(0m, amount.Amount));
    }

    [Fact]
    public void only_the_unpaid_part_counts() =>
        Assert.Equal(65m, LoanAccount.ByAge(Four.On("2026-01-20", Paid(40m, "2026-01-20")), Rules.Buckets)[0].Amount);

    [Fact]
    public void ages_outside_all_ranges_appear_nowhere()
    {
        var amounts = LoanAccount.ByAge(Four.On("2026-03-13"), [new("old", 62, null), new("young", 1, 30)]);

        Assert.Equal([105m, 300m], amounts.Select(amount => amount.Amount));
    }
}

using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Risk;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Simulation.Tests.Stores;

public abstract partial class StoreContract
{
    private static readonly DateOnly Today = new(2026, 3, 31);

    /// <summary>Four cases. Days past due on 31 March: A 0 (nothing unpaid), B 30, C 30, D 0 (due tomorrow).</summary>
    private async Task OpenFour()
    {
        await OpenCase("L-B", Noon.AddDays(2), Index("L-B") with { BorrowerId = "Bör-7", Status = CaseStatus.Collecting, Stage = "early", CountedFrom = new(2026, 3, 1), Overdue = 9.5m, OpenedAt = Noon.AddDays(-3), OpenTasks = 1 });
        await OpenCase("L-D", Noon.AddDays(1), Index("L-D") with { CountedFrom = new(2026, 4, 1), Overdue = 0m, OpenedAt = Noon.AddDays(-1) });
        await OpenCase("L-A", null, Index("L-A") with { Status = CaseStatus.Closed, ClosedReason = ClosedReason.PaidOff, ClosedAt = Noon, OpenedAt = Noon.AddDays(-2) });
        await OpenCase("L-C", Noon.AddDays(2), Index("L-C") with { Status = CaseStatus.Collecting, Stage = "late", CountedFrom = new(2026, 3, 1), Overdue = 100.25m, OpenedAt = Noon.AddDays(-3), OpenApprovals = 2 });
    }

    private async Task<string> Ids(CaseQuery query) =>
        string.Concat((await store.Cases.ListAsync(query with { Today = Today })).Cases.Select(index => index.LoanId[^1..]));

    [Fact]
    public async Task lists_are_filtered()
    {
        await OpenFour();
        Assert.Equal("ABCD", await Ids(new()));
        Assert.Equal("BC", await Ids(new() { Status = CaseStatus.Collecting }));
        Assert.Equal("", await Ids(new() { Status = CaseStatus.Legal }));
        Assert.Equal("C", await Ids(new() { Stage = "late" }));
        Assert.Equal("B", await Ids(new() { Status = CaseStatus.Collecting, Stage = "early" }));
        Assert.Equal("BC", await Ids(new() { MinDaysPastDue = 1 }));
        Assert.Equal("BC", await Ids(new() { MinDaysPastDue = 30 }));
        Assert.Equal("", await Ids(new() { MinDaysPastDue = 31 }));
        Assert.Equal("ABCD", await Ids(new() { MinDaysPastDue = 0 }));
        Assert.Equal("B", await Ids(new() { WithTasks = true }));
        Assert.Equal("C", await Ids(new() { WithApprovals = true }));
        Assert.Equal("", await Ids(new() { WithTasks = true, WithApprovals = true }));
    }

    [Fact]
    public async Task text_finds_parts_of_loan_and_borrower_ids_in_any_case()
    {
        await OpenFour();
        Assert.Equal("C", await Ids(new() { Text = "-c" }));
        Assert.Equal("B", await Ids(new() { Text = "BÖR" }));
        Assert.Equal("ACD", await Ids(new() { Text = "b-1" }));
        Assert.Equal("", await Ids(new() { Text = "%" }));
        Assert.Equal("", await Ids(new() { Text = "L_B" }));
        Assert.Equal("ABCD", await Ids(new() { Text = "" }));
        Assert.Equal("", await Ids(new() { Text = "' OR 1=1 --" }));
    }

    [Fact]
    public async Task lists_are_sorted_and_ties_go_by_loan_id_both_ways()
    {
        await OpenFour();
        Assert.Equal("DCBA", await Ids(new() { Sort = "-loanId" }));
        Assert.Equal("ADBC", await Ids(new() { Sort = "daysPastDue" }));
        Assert.Equal("BCAD", await Ids(new() { Sort = "-daysPastDue" }));
        Assert.Equal("ADBC", await Ids(new() { Sort = "overdue" }));
        Assert.Equal("CBAD", await Ids(new() { Sort = "-overdue" }));
        Assert.Equal("BCAD", await Ids(new() { Sort = "openedAt" }));
        Assert.Equal("DABC", await Ids(new() { Sort = "-openedAt" }));
        Assert.Equal("DBCA", await Ids(new() { Sort = "nextWake" }));
        Assert.Equal("ABCD", await Ids(new() { Sort = "-nextWake" }));
    }

    [Fact]
    public async Task lists_come_in_pages_with_the_total_of_all()
    {
        await OpenFour();
        var first = await store.Cases.ListAsync(new() { PageSize = 3 });
        var second = await store.Cases.ListAsync(new() { PageSize = 3, Page = 2 });
        var beyond = await store.Cases.ListAsync(new() { PageSize = int.MaxValue, Page = int.MaxValue });
        Assert.Equal((3, 4, 1, 3), (first.Cases.Count, first.Total, first.Page, first.PageSize));
        Assert.Equal("L-D", Assert.Single(second.Cases).LoanId);
        Assert.Empty(beyond.Cases);
        Assert.Equal(4, beyond.Total);
        Assert.Equal(2, (await store.Cases.ListAsync(new() { PageSize = 1, Status = CaseStatus.Collecting })).Total);
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("name", 1, 1)]
    [InlineData("loanId; DROP TABLE cases", 1, 1)]
    [InlineData("loanId", 0, 1)]
    [InlineData("loanId", 1, 0)]
    [InlineData("loanId", -1, 50)]
    public async Task a_query_that_makes_no_sense_is_refused(string sort, int page, int pageSize) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await store.Cases.ListAsync(new() { Sort = sort, Page = page, PageSize = pageSize }));

    [Fact]
    public async Task an_index_comes_back_as_it_went_in()
    {
        var index = new CaseIndex(
            "L-1", "B-1", CaseStatus.WrittenOff, "late", ClosedReason.Sold, new DateOnly(2028, 2, 29), 12345678.90m, 0.01m, "CNY", RiskBand.High, "cn-consumer@4",
            At("2026-01-05T08:00:00.1234567+08:00"), Noon, Noon.AddDays(1), "step", 3, 2);
        await OpenCase("L-1", Noon.AddDays(1), index);
        Assert.Equal(index, Assert.Single((await store.Cases.ListAsync(new())).Cases));
    }

    [Fact]
    public async Task a_list_shows_the_last_step()
    {
        await OpenCase("L-1");
        await store.Cases.CommitAsync(Step("L-1", 1, 1, index: Index("L-1") with { Status = CaseStatus.Legal, Overdue = 5m }));
        Assert.Equal((CaseStatus.Legal, 5m), Assert.Single((await store.Cases.ListAsync(new())).Cases) is var one ? (one.Status, one.Overdue) : default);
        Assert.Equal(1, (await store.Cases.CountsAsync()).ByStatus[CaseStatus.Legal]);
        Assert.Single((await store.Cases.CountsAsync()).ByStatus);
    }

    [Fact]
    public async Task loan_ids_are_paged_in_ordinal_order()
    {
        foreach (var id in new[] { "b", "a", "B", "a-1", "借" }) await OpenCase(id);
        await store.Cases.PutAsync(Payment("unknown", "e-1"));
        Assert.Equal(["B", "a", "a-1", "b", "借"], await store.Cases.LoanIdsAsync(null, 10));
        Assert.Equal(["B", "a"], await store.Cases.LoanIdsAsync(null, 2));
        Assert.Equal(["a-1", "b"], await store.Cases.LoanIdsAsync("a", 2));
        Assert.Equal(["a-1", "b", "借"], await store.Cases.LoanIdsAsync("a-", 10));
        Assert.Empty(await store.Cases.LoanIdsAsync("借", 10));
        Assert.Empty(await store.Cases.LoanIdsAsync("龍", 10));
    }

    [Fact]
    public async Task counts_are_by_status()
    {
        await OpenFour();
        var counts = await store.Cases.CountsAsync();
        Assert.Equal(
            new Dictionary<CaseStatus, int> { [CaseStatus.Closed] = 1, [CaseStatus.Collecting] = 2, [CaseStatus.Watching] = 1 },
            counts.ByStatus.ToDictionary());
        Assert.Equal(0, counts.Unmatched);
    }
}

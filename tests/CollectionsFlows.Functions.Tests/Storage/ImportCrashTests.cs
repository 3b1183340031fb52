using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Functions.Storage;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>A portfolio is taken in whole or not at all, wherever the process dies.</summary>
public sealed class ImportCrashTests
{
    private static readonly Enrolment[] Portfolio =
    [
        Enrolment("L-1", "B-1", Details("Old Name", "+12125550101")),
        Enrolment("L-2", "B-1", Details("New Name", "+12125550102")),
        Enrolment("L-3", "B-2"),
    ];

    private static Task Earlier(TablesStore store) => store.EnrolAsync([Enrolment("L-0", "B-1", Details("First Name", "+12125550100"))], partial: false).AsTask();

    private static async Task Import(TablesStore store) => Assert.Equal(3, (await store.EnrolAsync(Portfolio, partial: false)).Enrolled);

    [Fact]
    public Task after_a_crash_the_sweeper_finishes_what_was_taken_in_once() => Crashes.AtEachRequestAsync(Earlier, Import, async (store, died) =>
    {
        await store.FinishImportsAsync();
        var isIn = (await store.LoadAsync("L-3")).Inbox.Count == 1;
        Assert.True(died || isIn);
        await AssertPortfolioIsIn(store, isIn);
        Assert.Equal(0, await store.FinishImportsAsync());
    });

    [Fact]
    public Task after_a_crash_the_same_file_again_takes_it_in() => Crashes.AtEachRequestAsync(Earlier, Import, async (store, _) =>
    {
        var again = await store.EnrolAsync(Portfolio, partial: false);
        Assert.Equal((3, 0), (again.Enrolled + again.Unchanged, again.Conflicts.Count));
        await AssertPortfolioIsIn(store, isIn: true);
    });

    [Fact]
    public Task a_borrower_erased_after_the_crash_is_not_brought_back_by_finishing() => Crashes.AtEachRequestAsync(Earlier, Import, async (store, _) =>
    {
        var isUnited = (await store.LoadBorrowerAsync("B-1"))!.Details!.Name == "New Name";
        if (isUnited) await store.EraseBorrowerAsync("B-1");
        await store.FinishImportsAsync();
        Assert.Equal(isUnited, (await store.LoadBorrowerAsync("B-1"))!.Details is null);
    });

    [Fact]
    public async Task of_two_hosts_with_conflicting_portfolios_one_gets_all_in()
    {
        var prefix = Azurite.NewPrefix();
        TablesStore one = await Azurite.OpenAsync(prefix), other = await Azurite.OpenAsync(prefix);
        Enrolment[] others = [Enrolment("L-4", "B-3"), Enrolment("L-1", "B-3", Details("Other"), body: "other terms")];
        var results = await Task.WhenAll(
            Task.Run(async () => await one.EnrolAsync(Portfolio, partial: false)), Task.Run(async () => await other.EnrolAsync(others, partial: false)));
        var firstWon = results[0].Enrolled == 3;
        Assert.Equal(firstWon ? (3, 0) : (0, 2), (results[0].Enrolled, results[1].Enrolled));
        Assert.Equal(["L-1"], results[firstWon ? 1 : 0].Conflicts);
        Assert.Equal(firstWon ? ["L-1", "L-2", "L-3"] : ["L-1", "L-4"], await one.DueAsync(Noon, 10));
        await Azurite.DropAsync(prefix);
    }

    [Fact]
    public async Task a_portfolio_of_many_parts_is_taken_in()
    {
        var prefix = Azurite.NewPrefix();
        var store = await Azurite.OpenAsync(prefix);
        var many = Enumerable.Range(0, 600).Select(i => Enrolment($"L-{i:D3}", $"B-{i % 550:D3}", Details($"Invented {i}"))).ToList();
        Assert.Equal(600, (await store.EnrolAsync(many, partial: false)).Enrolled);
        Assert.Equal(many.Select(enrolment => enrolment.Item.LoanId), await store.DueAsync(Noon, 1000));
        Assert.Equal("Invented 599", (await store.LoadBorrowerAsync("B-049"))!.Details!.Name);
        Assert.Equal(0, await store.FinishImportsAsync());
        await Azurite.DropAsync(prefix);
    }

    private static async Task AssertPortfolioIsIn(TablesStore store, bool isIn)
    {
        Assert.Equal(isIn ? ["L-0", "L-1", "L-2", "L-3"] : ["L-0"], await store.DueAsync(Noon, 10));
        var details = (await store.LoadBorrowerAsync("B-1"))!.Details!;
        Assert.Equal(isIn ? "New Name" : "First Name", details.Name);
        Assert.Equal(isIn ? 3 : 1, details.Addresses.Count);
        Assert.Equal(isIn, await store.LoadBorrowerAsync("B-2") is not null);
        Assert.Equal(0, (await store.CountsAsync()).Unmatched);
    }
}

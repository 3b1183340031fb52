using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Functions.Storage;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>A step is done or not done, wherever the process dies, and the index never says more nor less than the case.</summary>
public sealed class StepCrashTests
{
    private static CaseStep Second(int version, IReadOnlyList<string> drained, int facts = 2) =>
        Step("L-1", version, lastSeq: 1, facts, drained, Noon.AddDays(7), Index("L-1") with { Status = CaseStatus.Legal });

    [Fact]
    public Task a_step_is_done_or_not_and_doing_it_again_comes_to_the_same() => Crashes.AtEachRequestAsync(
        async store =>
        {
            await store.CommitAsync(Step("L-1", wake: Noon.AddDays(-1)));
            await store.PutAsync(Payment("L-1", "e-1"));
        },
        async store =>
        {
            await store.LoadAsync("L-1");
            Assert.True(await store.CommitAsync(Second(1, ["e-1"])));
        },
        async (store, died) =>
        {
            var record = await store.LoadAsync("L-1");
            Assert.True(died || record.Version == 2);
            await AssertIndexSays(store, record);
            if (record.Version == 1) Assert.True(await store.CommitAsync(Second(1, ["e-1"])));
            await AssertIsDone(store, facts: 3);
        });

    [Fact]
    public Task a_first_step_is_done_or_not_and_what_waited_for_it_is_found() => Crashes.AtEachRequestAsync(
        async store =>
        {
            await store.PutAsync(Payment("L-1", "early"));
            await store.PutAsync(Payment("L-1", "later"));
        },
        async store => Assert.True(await store.CommitAsync(Step("L-1", drained: ["early"], wake: Noon.AddDays(3)))),
        async (store, died) =>
        {
            var isOpen = (await store.LoadAsync("L-1")).Version == 1;
            Assert.True(died || isOpen);
            Assert.Equal(isOpen ? ["L-1"] : [], await store.DueAsync(Noon, 10));
            Assert.Equal(isOpen ? ["L-1"] : [], await store.LoanIdsAsync(null, 10));
            Assert.Equal(isOpen ? 0 : 2, (await store.UnmatchedAsync(10)).Count);
            Assert.Equal(isOpen ? Noon.AddDays(3) : null, await store.NextWakeAsync());
        });

    [Fact]
    public Task a_step_with_more_than_a_transaction_takes_is_done_or_not_too() => Crashes.AtEachRequestAsync(
        async store =>
        {
            await store.CommitAsync(Step("L-1", wake: Noon.AddDays(-1)));
            await Task.WhenAll(Enumerable.Range(0, 130).Select(async i => await store.PutAsync(Payment("L-1", $"e-{i}"))));
        },
        async store =>
        {
            var record = await store.LoadAsync("L-1");
            Assert.True(await store.CommitAsync(Second(1, [.. record.Inbox.Select(item => item.Input.Id)], facts: 260)));
        },
        async (store, died) =>
        {
            var record = await store.LoadAsync("L-1");
            Assert.Equal(record.Version == 1 ? 130 : 0, record.Inbox.Count);
            Assert.True(died || record.Version == 2);
            await AssertIndexSays(store, record);
            if (record.Version == 1) Assert.True(await store.CommitAsync(Second(1, [.. record.Inbox.Select(item => item.Input.Id)], facts: 260)));
            await AssertIsDone(store, facts: 261);

            // What the dead process did not mark is carried on by later steps, and stays drained.
            Assert.True(await store.CommitAsync(Step("L-1", 2, 261)));
            Assert.Empty((await store.LoadAsync("L-1")).Inbox);
            Assert.Equal(InboxResult.Duplicate, await store.PutAsync(Payment("L-1", "e-129")));
            Assert.Empty((await store.LoadAsync("L-1")).Inbox);
        });

    [Fact]
    public async Task a_writer_that_was_overtaken_writes_nothing_however_large_its_step()
    {
        var prefix = Azurite.NewPrefix();
        TablesStore one = await Azurite.OpenAsync(prefix), other = await Azurite.OpenAsync(prefix);
        await one.CommitAsync(Step("L-1"));
        await Task.WhenAll(Enumerable.Range(0, 120).Select(async i => await one.PutAsync(Payment("L-1", $"e-{i}"))));
        var ids = (await one.LoadAsync("L-1")).Inbox.Select(item => item.Input.Id).ToList();
        await other.LoadAsync("L-1");
        Assert.True(await one.CommitAsync(Step("L-1", 1, 1, facts: 120, drained: ids)));
        Assert.False(await other.CommitAsync(Step("L-1", 1, 1, facts: 119, drained: ids)));
        Assert.Equal(121, (await other.JournalAsync("L-1", 0, 1000)).Count);
        await Azurite.DropAsync(prefix);
    }

    private static async Task AssertIndexSays(TablesStore store, CaseRecord record)
    {
        var isDone = record.Version == 2;
        Assert.Equal(isDone ? [] : ["L-1"], await store.DueAsync(Noon, 10));
        Assert.Equal(isDone ? Noon.AddDays(7) : Noon.AddDays(-1), await store.NextWakeAsync());
        Assert.Equal(isDone ? CaseStatus.Legal : CaseStatus.Watching, Assert.Single((await store.ListAsync(new())).Cases).Status);
        Assert.Equal(isDone ? CaseStatus.Legal : CaseStatus.Watching, Assert.Single((await store.CountsAsync()).ByStatus).Key);
        Assert.Equal(["L-1"], await store.LoanIdsAsync(null, 10));
    }

    private static async Task AssertIsDone(TablesStore store, int facts)
    {
        var record = await store.LoadAsync("L-1");
        Assert.Equal((2, facts), (record.Version, record.State!.Sequence));
        Assert.Empty(record.Inbox);
        Assert.Equal(Enumerable.Range(1, facts), (await store.JournalAsync("L-1", 0, 1000)).Select(fact => fact.Seq));
        await AssertIndexSays(store, record);
        Assert.Equal(["L-1"], await store.DueAsync(Noon.AddDays(7), 10));
        Assert.False(await store.CommitAsync(Second(1, [])));
    }
}

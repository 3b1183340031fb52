using System.Collections.Concurrent;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Functions.Storage;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>Two hosts at once: whatever one does between two requests of the other, both together come to what some order of the two would.</summary>
public sealed class InterruptionTests
{
    private static CaseStep Second(params string[] drained) =>
        Step("L-1", 1, 1, facts: 2, drained: drained, wake: Noon.AddDays(7), index: Index("L-1") with { Status = CaseStatus.Legal });

    private static async Task OpenWithEvent(TablesStore store)
    {
        await store.CommitAsync(Step("L-1", wake: Noon.AddDays(-1)));
        await store.PutAsync(Payment("L-1", "e-1"));
    }

    private static async Task Commit(TablesStore store)
    {
        await store.LoadAsync("L-1");
        Assert.True(await store.CommitAsync(Second("e-1")));
    }

    private static async Task ReadEverything(TablesStore store)
    {
        Assert.InRange((await store.DueAsync(Noon, 10)).Count, 0, 1);
        Assert.NotNull(await store.NextWakeAsync());
        Assert.Single((await store.ListAsync(new())).Cases);
        Assert.Equal(0, (await store.CountsAsync()).Unmatched);
        var record = await store.LoadAsync("L-1");
        Assert.Equal(record.Version == 1 ? 1 : 0, record.Inbox.Count);
        Assert.Equal(record.Version == 1 ? 1 : 3, (await store.JournalAsync("L-1", 0, 10)).Count);
    }

    private static async Task AssertSecondStepIsShown(TablesStore store)
    {
        Assert.Equal(2, (await store.LoadAsync("L-1")).Version);
        Assert.Equal(Noon.AddDays(7), await store.NextWakeAsync());
        Assert.Equal(CaseStatus.Legal, Assert.Single((await store.ListAsync(new())).Cases).Status);
        Assert.Equal(["L-1"], await store.DueAsync(Noon.AddDays(7), 10));
    }

    [Fact]
    public Task readers_and_sweepers_do_a_step_no_harm() => Interruptions.AtEachRequestAsync(OpenWithEvent, Commit, ReadEverything, async store =>
    {
        await AssertSecondStepIsShown(store);
        Assert.Empty(await store.DueAsync(Noon, 10));
    });

    [Fact]
    public Task rebuilding_the_index_does_a_step_no_harm() => Interruptions.AtEachRequestAsync(
        OpenWithEvent, Commit, async store => Assert.Equal(1, await store.RebuildIndexAsync()), async store =>
        {
            await AssertSecondStepIsShown(store);
            Assert.Empty(await store.DueAsync(Noon, 10));
            await AssertSecondStepIsShown(store);
        });

    [Fact]
    public Task an_event_that_arrives_during_a_step_waits_for_the_next() => Interruptions.AtEachRequestAsync(
        OpenWithEvent, Commit, async store => Assert.Equal(InboxResult.Stored, await store.PutAsync(Payment("L-1", "e-2"))), async store =>
        {
            Assert.Equal(["e-2"], (await store.LoadAsync("L-1")).Inbox.Select(item => item.Input.Id));
            Assert.Equal(["L-1"], await store.DueAsync(Noon, 10));
            await AssertSecondStepIsShown(store);
        });

    [Fact]
    public Task a_sweeper_that_looks_between_the_announcement_of_a_wake_and_its_commit_does_not_forget_it() => Interruptions.AtEachRequestAsync(
        store => store.CommitAsync(Step("L-1")).AsTask(),
        async store => Assert.True(await store.CommitAsync(Step("L-1", 1, 1, wake: Noon))),
        async store =>
        {
            Assert.InRange((await store.DueAsync(Noon, 10)).Count, 0, 1);
            await store.NextWakeAsync();
        },
        async store =>
        {
            Assert.Equal(["L-1"], await store.DueAsync(Noon, 10));
            Assert.Equal(Noon, await store.NextWakeAsync());
        });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task a_sweeper_that_looks_while_an_event_arrives_does_not_forget_it(bool isKnown) => Interruptions.AtEachRequestAsync(
        async store =>
        {
            if (isKnown) await store.CommitAsync(Step("L-1"));
        },
        async store => Assert.Equal(InboxResult.Stored, await store.PutAsync(Payment("L-1", "e-1"))),
        async store =>
        {
            Assert.InRange((await store.DueAsync(Noon, 10)).Count, 0, 1);
            Assert.InRange((await store.UnmatchedAsync(10)).Count, 0, 1);
        },
        async store =>
        {
            Assert.Equal(isKnown ? ["L-1"] : [], await store.DueAsync(Noon, 10));
            Assert.Equal(isKnown ? 0 : 1, (await store.UnmatchedAsync(10)).Count);
            Assert.Single((await store.LoadAsync("L-1")).Inbox);
        });

    [Fact]
    public Task of_two_steps_one_is_done()
    {
        var done = new ConcurrentBag<bool>();
        return Interruptions.AtEachRequestAsync(
            OpenWithEvent,
            async store =>
            {
                done.Clear();
                var record = await store.LoadAsync("L-1");
                done.Add(record.Version == 1 && await store.CommitAsync(Second("e-1")));
            },
            async store =>
            {
                var record = await store.LoadAsync("L-1");
                done.Add(record.Version == 1 && await store.CommitAsync(Second("e-1") with { Facts = [Fact("L-1", 2)] }));
            },
            async store =>
            {
                Assert.Equal(2, done.Count);
                Assert.Single(done, won => won);
                await AssertSecondStepIsShown(store);
                Assert.Empty(await store.DueAsync(Noon, 10));
            });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task a_loan_that_becomes_known_while_an_event_arrives_finds_it(bool byEnrolment) => Interruptions.AtEachRequestAsync(
        store => store.PutAsync(Payment("L-1", "e-0")).AsTask(),
        async store => Assert.Equal(InboxResult.Stored, await store.PutAsync(Payment("L-1", "e-1"))),
        async store =>
        {
            if (byEnrolment) await store.PutAsync(EnrolmentItem("L-1"));
            else await store.CommitAsync(Step("L-1"));
        },
        async store =>
        {
            Assert.Equal(["L-1"], await store.DueAsync(Noon, 10));
            var ids = (await store.LoadAsync("L-1")).Inbox.Select(item => item.Input.Id).Where(id => id != "enrol:L-1").ToList();
            Assert.Equal(["e-0", "e-1"], ids);

            // Without the others the one that came meanwhile is still found.
            var version = (await store.LoadAsync("L-1")).Version;
            var others = (await store.LoadAsync("L-1")).Inbox.Select(item => item.Input.Id).Where(id => id != "e-1").ToList();
            Assert.True(await store.CommitAsync(Step("L-1", version, version, drained: others)));
            Assert.Equal(["L-1"], await store.DueAsync(Noon, 10));
            Assert.Empty(await store.UnmatchedAsync(10));
        });

    [Fact]
    public Task the_same_event_from_two_sides_is_stored_once()
    {
        var results = new ConcurrentBag<InboxResult>();
        return Interruptions.AtEachRequestAsync(
            store => store.CommitAsync(Step("L-1")).AsTask(),
            async store =>
            {
                results.Clear();
                results.Add(await store.PutAsync(Payment("L-1", "e-1")));
            },
            async store =>
            {
                results.Add(await store.PutAsync(Payment("L-1", "e-1", Noon.AddMinutes(1))));

                // It may even be drained before the first side has come to its end.
                Assert.True(await store.CommitAsync(Step("L-1", 1, 1, drained: ["e-1"])));
            },
            async store =>
            {
                Assert.Equal([InboxResult.Stored, InboxResult.Duplicate], results.Order());
                Assert.Empty((await store.LoadAsync("L-1")).Inbox);
                Assert.Empty(await store.DueAsync(Noon.AddDays(1), 10));
                Assert.Empty(await store.DueAsync(Noon.AddDays(1), 10));
            });
    }

    [Fact]
    public Task an_erasure_during_a_change_leaves_no_details_and_nothing_that_cannot_be_read() => Interruptions.AtEachRequestAsync(
        async store => await store.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = 0, Details = Details("Gone"), Messages = [Message("B-1", "c-1")] }),
        async store =>
        {
            if (await store.LoadBorrowerAsync("B-1") is { Details: not null } before)
                await store.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = before.Version, Details = Details("Changed"), Messages = [Message("B-1", "c-2")] });
        },
        async store => await store.EraseBorrowerAsync("B-1"),
        async store =>
        {
            Assert.Null((await store.LoadBorrowerAsync("B-1"))!.Details);
            Assert.All(await store.MessagesAsync("B-1", null), message => Assert.Equal("", message.Text));
        });
}

using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Functions.Storage;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>A request that was done although its answer was lost is sent again by the client. The store knows its own writes.</summary>
public sealed class LostAnswerTests
{
    [Fact]
    public Task a_step_whose_answer_was_lost_is_a_step() => EachAnswerLostAsync(
        async store =>
        {
            await store.CommitAsync(Step("L-1"));
            await store.PutAsync(Payment("L-1", "e-1"));
        },
        async store => Assert.True(await store.CommitAsync(Step("L-1", 1, 1, drained: ["e-1"], wake: Noon))),
        async store =>
        {
            Assert.Equal((2, 0), ((await store.LoadAsync("L-1")).Version, (await store.LoadAsync("L-1")).Inbox.Count));
            Assert.Equal(Noon, await store.NextWakeAsync());
        });

    [Fact]
    public Task an_event_whose_answer_was_lost_is_stored() => EachAnswerLostAsync(
        _ => Task.CompletedTask,
        async store => Assert.Equal(InboxResult.Stored, await store.PutAsync(Payment("L-1", "e-1"))),
        async store => Assert.Single((await store.LoadAsync("L-1")).Inbox));

    [Fact]
    public Task a_change_whose_answer_was_lost_is_a_change() => EachAnswerLostAsync(
        _ => Task.CompletedTask,
        async store => Assert.True(await store.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = 0, Details = Details("One", "+12125550100"), Ledger = [Entry("c-1", Noon)] })),
        async store => Assert.Equal(1, (await store.LoadBorrowerAsync("B-1"))!.Version));

    [Fact]
    public Task a_portfolio_whose_answers_were_lost_is_in() => EachAnswerLostAsync(
        _ => Task.CompletedTask,
        async store => Assert.Equal(2, (await store.EnrolAsync([Enrolment("L-1", "B-1"), Enrolment("L-2", "B-1")], partial: false)).Enrolled),
        async store => Assert.Equal(["L-1", "L-2"], await store.DueAsync(Noon, 10)));

    [Fact]
    public Task it_is_a_step_even_when_another_host_has_taken_the_next_one_meanwhile() => EachAnswerLostAsync(
        async store => await store.CommitAsync(Step("L-1")),
        async store => Assert.True(await store.CommitAsync(Step("L-1", 1, 1, wake: Noon))),
        async store => Assert.InRange((await store.LoadAsync("L-1")).Version, 2, 3),
        async other =>
        {
            if ((await other.LoadAsync("L-1")).Version == 2) Assert.True(await other.CommitAsync(Step("L-1", 2, 2, wake: Noon)));
        });

    [Fact]
    public Task it_is_a_change_even_when_another_host_has_made_the_next_one_meanwhile() => EachAnswerLostAsync(
        _ => Task.CompletedTask,
        async store => Assert.True(await store.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = 0, Ledger = [Entry("c-1", Noon)] })),
        async store => Assert.Equal("c-1", (await store.LoadBorrowerAsync("B-1"))!.Ledger[0].Id),
        async other =>
        {
            if (await other.LoadBorrowerAsync("B-1") is not null) Assert.True(await other.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = 1 }));
        });

    private static async Task EachAnswerLostAsync(
        Func<TablesStore, Task> arrange, Func<TablesStore, Task> act, Func<TablesStore, Task> afterwards, Func<TablesStore, Task>? meanwhile = null)
    {
        var lost = true;
        for (var request = 1; lost; request++)
        {
            var prefix = Azurite.NewPrefix();
            var healthy = await Azurite.OpenAsync(prefix);
            await arrange(healthy);
            var losing = new LosingAnswers(() => meanwhile?.Invoke(healthy) ?? Task.CompletedTask);
            var options = new TableClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1), Mode = RetryMode.Fixed } };
            options.AddPolicy(losing, HttpPipelinePosition.PerRetry);
            var store = await TablesStore.OpenAsync(
                new TableServiceClient(Azurite.ConnectionString, options), Azurite.Blobs(prefix), Azurite.Keys, TimeProvider.System, prefix, TimeSpan.FromSeconds(5));
            losing.At = request;
            await act(store);
            lost = losing.HasLost;
            await afterwards(healthy);
            await Azurite.DropAsync(prefix);
        }
    }

    /// <summary>Loses the answer to the n-th request after it was done.</summary>
    private sealed class LosingAnswers(Func<Task> meanwhile) : HttpPipelinePolicy
    {
        private int seen;

        public int At { get; set => (field, seen) = (value, 0); }

        public bool HasLost => Volatile.Read(ref seen) >= At;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("the stores are asynchronous");

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (At == 0 || Interlocked.Increment(ref seen) != At) return;
            await meanwhile();
            throw new IOException("the answer was lost");
        }
    }
}

using System.Globalization;
using CollectionsFlows.Functions.Orchestration;
using Microsoft.DurableTask.Client;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>Histories of ended clocks go, in ranges the engine gets through, however long a clock ran.</summary>
public sealed class FinishedClocksTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-03-20T02:20:00Z", CultureInfo.InvariantCulture);

    [Fact]
    public async Task the_ranges_meet_without_gap_or_overlap_from_a_week_ago_to_the_longest_life()
    {
        await using var client = new Recording();

        var purged = await FinishedClocks.PurgeAsync(client, Now);

        Assert.Equal(client.Filters.Count, purged);
        Assert.Equal(Now.AddDays(-7), client.Filters[0].CreatedTo);
        Assert.Equal(Now.AddDays(-7) - TimeSpan.FromDays(3653), client.Filters[^1].CreatedFrom);
        Assert.All(client.Filters.Zip(client.Filters.Skip(1)), pair => Assert.Equal(pair.First.CreatedFrom, pair.Second.CreatedTo));
        Assert.All(client.Filters, filter => Assert.True(filter.CreatedFrom < filter.CreatedTo));
    }

    [Fact]
    public async Task the_newest_come_first_in_small_ranges_and_there_are_few()
    {
        await using var client = new Recording();

        await FinishedClocks.PurgeAsync(client, Now);

        var hours = client.Filters.Select(filter => (filter.CreatedTo!.Value - filter.CreatedFrom!.Value).TotalHours);
        Assert.Equal([6, 6, 12, 24, 48], hours.Take(5));
        // 6 h, doubled 14 times, is 4 096 days: more than the 3 653 asked for.
        Assert.Equal(15, client.Filters.Count);
    }

    [Fact]
    public async Task only_clocks_that_ended_are_purged()
    {
        await using var client = new Recording();

        await FinishedClocks.PurgeAsync(client, Now, days: 1);

        Assert.All(client.Filters, filter => Assert.Equal(
            [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated], filter.Statuses!));
        Assert.Equal(Now.AddDays(-8), client.Filters[^1].CreatedFrom);
    }

    [Fact]
    public async Task it_stops_between_ranges()
    {
        using var stop = new CancellationTokenSource();
        await using var client = new Recording(afterEach: ranges =>
        {
            if (ranges == 3)
                stop.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FinishedClocks.PurgeAsync(client, Now, cancellation: stop.Token));

        Assert.Equal(3, client.Filters.Count);
    }

    private sealed class Recording(Action<int>? afterEach = null) : EngineStandIn
    {
        public List<PurgeInstancesFilter> Filters { get; } = [];

        /// <summary>Each range has one ended clock.</summary>
        public override Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellation)
        {
            Filters.Add(filter);
            afterEach?.Invoke(Filters.Count);
            return Task.FromResult(new PurgeResult(1));
        }
    }
}

using Microsoft.DurableTask.Client;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>Removes the durable history of clocks that ended. Our own records stay: the history says only when a case was woken.</summary>
public static class FinishedClocks
{
    /// <summary>An ended clock is kept so long, for people who look into what the engine did.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>One call of the engine covers so much: purging is a scan, and a scan of everything would not end in time.</summary>
    public static readonly TimeSpan Range = TimeSpan.FromHours(6);

    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Purges the clocks that were started before <paramref name="now"/> less <see cref="Kept"/>, range by range, the newest first.</summary>
    /// <param name="client">The engine.</param>
    /// <param name="now">The present.</param>
    /// <param name="days">How many days before that to go through; a daily run that failed for a month is caught up by 31.</param>
    /// <param name="cancellation">Stops between ranges.</param>
    /// <returns>How many were purged.</returns>
    public static async Task<int> PurgeAsync(DurableTaskClient client, DateTimeOffset now, int days, CancellationToken cancellation = default)
    {
        var (purged, end) = (0, now - Kept);
        for (var start = end - Range; end > now - Kept - TimeSpan.FromDays(days); (start, end) = (start - Range, start))
        {
            var result = await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(start, end, Ended), cancellation);
            purged += result.PurgedInstanceCount;
        }

        return purged;
    }
}

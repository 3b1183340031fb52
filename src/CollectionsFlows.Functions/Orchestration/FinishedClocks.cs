using Microsoft.DurableTask.Client;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>Removes the durable history of clocks that ended. Our own records stay: the history says only when a case was woken.</summary>
public static class FinishedClocks
{
    /// <summary>An ended clock is kept so long, for people who look into what the engine did.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>
    /// The newest call of the engine covers so much, each older one as much as all before it: clocks that end are mostly young ones, but one may have
    /// run for months, and a call is a scan of all clocks, so there must be few.
    /// </summary>
    public static readonly TimeSpan Range = TimeSpan.FromHours(6);

    /// <summary>No clock has run for longer.</summary>
    public const int LongestLifeDays = 3653;

    private static readonly OrchestrationRuntimeStatus[] Ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Purges the clocks that were started before <paramref name="now"/> less <see cref="Kept"/>, range by range, the newest first.</summary>
    /// <param name="client">The engine.</param>
    /// <param name="now">The present.</param>
    /// <param name="days">How many days before that to go through. What one run did not come to is left to the next: purged stays purged.</param>
    /// <param name="cancellation">Stops between ranges.</param>
    /// <returns>How many were purged.</returns>
    public static async Task<int> PurgeAsync(DurableTaskClient client, DateTimeOffset now, int days = LongestLifeDays, CancellationToken cancellation = default)
    {
        var (purged, newest) = (0, now - Kept);
        var oldest = newest - TimeSpan.FromDays(days);
        for (var (start, end) = (newest - Range, newest); end > oldest; (start, end) = (start - (newest - start), start))
        {
            cancellation.ThrowIfCancellationRequested();
            var result = await client.PurgeAllInstancesAsync(new PurgeInstancesFilter(start > oldest ? start : oldest, end, Ended), cancellation);
            purged += result.PurgedInstanceCount;
        }

        return purged;
    }
}

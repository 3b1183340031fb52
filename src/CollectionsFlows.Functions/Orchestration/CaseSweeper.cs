using CollectionsFlows.Application.Cases;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>Finds cases whose clock is missing, late or deaf, and wakes them. Whatever was lost (a ring, an instance, a whole task hub), the case table knows who is due.</summary>
/// <param name="cases">The truth.</param>
/// <param name="clocks">The clocks.</param>
/// <param name="time">The time cases live in.</param>
public sealed class CaseSweeper(ICaseStore cases, CaseClocks clocks, TimeProvider time)
{
    /// <summary>A clock may be so late before it is rung: its own timer is given the first chance.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(90);

    /// <summary>A case that wakes within this time gets its clock now, so that it wakes in time.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromMinutes(2);

    private const int Page = 1000;
    private const int AtOnce = 16;

    /// <summary>One sweep.</summary>
    /// <returns>How many clocks were rung, and how many were started ahead of their wake.</returns>
    public async Task<(int Rung, int Started)> SweepAsync(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var late = await cases.DueAsync(now - Grace, Page, cancellation);
        await ForAllAsync(late, (loanId, stop) => clocks.WakeAsync(loanId, stop), cancellation);

        var soon = (await cases.DueAsync(now + Lead, Page, cancellation)).Except(late, StringComparer.Ordinal).ToList();
        var started = 0;
        await ForAllAsync(
            soon,
            async (loanId, stop) =>
            {
                if (await clocks.StartAsync(loanId, stop))
                    Interlocked.Increment(ref started);
            },
            cancellation);
        return (late.Count, started);
    }

    /// <summary>Starts the clock of every case that wants one and has none: after a move to another storage provider, or the loss of the task hub.</summary>
    /// <returns>How many cases there are, and how many clocks were started.</returns>
    public async Task<(int Cases, int Started)> RehydrateAsync(CancellationToken cancellation = default)
    {
        var (seen, started) = (0, 0);
        var now = time.GetUtcNow();
        for (var page = 1; ; page++)
        {
            var found = (await cases.ListAsync(new CaseQuery { Page = page, PageSize = Page }, cancellation)).Cases;
            if (found.Count == 0)
                return (seen, started);
            seen += found.Count;
            await ForAllAsync(
                found.Where(entry => AlarmClock.IsNeeded(entry.Status, entry.NextWake, now)).Select(entry => entry.LoanId),
                async (loanId, stop) =>
                {
                    if (await clocks.StartAsync(loanId, stop))
                        Interlocked.Increment(ref started);
                },
                cancellation);
        }
    }

    private static Task ForAllAsync(IEnumerable<string> loanIds, Func<string, CancellationToken, Task> act, CancellationToken cancellation) =>
        Parallel.ForEachAsync(loanIds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (loanId, stop) => await act(loanId, stop));
}

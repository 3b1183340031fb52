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

    /// <summary>A clock that is said to run, but has not moved for so long although its case is late and was rung, is deaf: another takes its place.</summary>
    public static readonly TimeSpan DeafAfter = TimeSpan.FromMinutes(15);

    private const int Page = 1000;
    private const int AtOnce = 16;

    /// <summary>The time of the engine's own records.</summary>
    public TimeProvider WallClock { get; init; } = TimeProvider.System;

    /// <summary>One sweep.</summary>
    /// <returns>How many clocks were rung, started, replaced, and how many cases are suspended.</returns>
    public async Task<SweepReport> SweepAsync(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var (rung, started, replaced, suspended) = (0, 0, 0, 0);
        var veryLate = (await cases.DueAsync(now - DeafAfter, Page, cancellation)).ToHashSet(StringComparer.Ordinal);
        var late = await cases.DueAsync(now - Grace, Page, cancellation);
        await ForAllAsync(late, async (loanId, stop) => Count(await WakeAsync(loanId, veryLate.Contains(loanId), stop)), cancellation);

        var soon = (await cases.DueAsync(now + Lead, Page, cancellation)).Except(late, StringComparer.Ordinal);
        await ForAllAsync(soon, async (loanId, stop) => Count(await clocks.StartAsync(loanId, stop) ? Wake.Started : Wake.None), cancellation);
        return new(rung, started, replaced, suspended);

        void Count(Wake wake)
        {
            _ = wake switch
            {
                Wake.Rung => Interlocked.Increment(ref rung),
                Wake.Started => Interlocked.Increment(ref started),
                Wake.Replaced => Interlocked.Increment(ref replaced),
                Wake.Suspended => Interlocked.Increment(ref suspended),
                _ => 0,
            };
        }
    }

    private enum Wake
    {
        None,
        Rung,
        Started,
        Replaced,
        Suspended,
    }

    /// <summary>The engine's record of a clock can lag or stick, so it decides only how the case is woken, never whether.</summary>
    private async Task<Wake> WakeAsync(string loanId, bool isVeryLate, CancellationToken cancellation)
    {
        var clock = await clocks.FindAsync(loanId, cancellation);
        if (clock is null || clock.IsCompleted)
            return await clocks.StartAsync(loanId, cancellation) ? Wake.Started : Wake.None;
        if (CaseClocks.IsSuspended(clock))
            return Wake.Suspended; // It tries again by itself; a ring a minute would only pile up.
        if (isVeryLate && WallClock.GetUtcNow() - clock.LastUpdatedAt > DeafAfter)
        {
            await clocks.ReplaceAsync(loanId, cancellation);
            return Wake.Replaced;
        }

        await clocks.RingAsync(loanId, cancellation);
        return Wake.Rung;
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

/// <summary>What a sweep did.</summary>
/// <param name="Rung">Clocks that were late and rung.</param>
/// <param name="Started">Clocks that were missing and started.</param>
/// <param name="Replaced">Clocks that were deaf and replaced.</param>
/// <param name="Suspended">Cases that are late because they are suspended: for people to look at.</param>
public sealed record SweepReport(int Rung, int Started, int Replaced, int Suspended)
{
    /// <summary>Whether there was anything to do.</summary>
    public bool IsQuiet => Rung + Started + Replaced + Suspended == 0;
}

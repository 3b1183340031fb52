using System.Collections.Concurrent;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Telemetry;

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

    /// <summary>A clock that is said to run, but has not moved for so long after it was first rung, is deaf: another takes its place.</summary>
    public static readonly TimeSpan DeafAfter = TimeSpan.FromMinutes(15);

    /// <summary>About so many clocks are started in one sweep: a new portfolio wakes at a pace the engine bears, and doorbells do not queue behind it for long.</summary>
    public const int MostStarted = 10_000;

    private const int Page = 1000;
    private const int AtOnce = 16;

    // Since when a late clock has been rung without moving. Kept by the process: another host begins to count anew, which only makes it more patient.
    private readonly ConcurrentDictionary<string, DateTimeOffset> rings = new(StringComparer.Ordinal);
    private int told;

    /// <summary>The time of the engine's own records.</summary>
    public TimeProvider WallClock { get; init; } = TimeProvider.System;

    /// <summary>One sweep, the earliest due first. Cases that stay due (a suspended one, one that waits for its retries) keep none behind them waiting.</summary>
    /// <returns>How many clocks were rung, started, replaced, and how many cases are suspended.</returns>
    /// <exception cref="AggregateException">Some cases could not be woken; the others were.</exception>
    public async Task<SweepReport> SweepAsync(CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var sweep = new Sweep();
        await ForDueAsync(now - Grace, sweep, WakeAsync, cancellation);
        Forget(sweep.Seen);
        await ForDueAsync(now + Lead, sweep, StartAsync, cancellation);
        Tell(sweep[Wake.Suspended]);
        sweep.ThrowIfFailed();
        return new(sweep[Wake.Rung], sweep[Wake.Started], sweep[Wake.Replaced], sweep[Wake.Suspended]);
    }

    /// <summary>Starts the clock of every case that wants one and has none: after a move to another storage provider, or the loss of the task hub.</summary>
    /// <returns>How many cases there are, and how many clocks were started.</returns>
    /// <exception cref="AggregateException">Some clocks could not be started; the others were.</exception>
    public async Task<(int Cases, int Started)> RehydrateAsync(CancellationToken cancellation = default)
    {
        var (seen, now, sweep) = (0, time.GetUtcNow(), new Sweep());
        for (var page = 1; ; page++)
        {
            var found = (await cases.ListAsync(new CaseQuery { Page = page, PageSize = Page }, cancellation)).Cases;
            if (found.Count == 0)
                break;
            seen += found.Count;
            await ForAllAsync(found.Where(entry => AlarmClock.IsNeeded(entry.Status, entry.NextWake, now)).Select(entry => entry.LoanId), sweep, StartAsync, cancellation);
        }

        sweep.ThrowIfFailed();
        return (seen, sweep[Wake.Started]);
    }

    /// <summary>The engine's record of a clock can lag or stick, so it decides only how the case is woken, never whether.</summary>
    private async Task<Wake> WakeAsync(string loanId, CancellationToken cancellation)
    {
        var clock = await clocks.FindAsync(loanId, cancellation);
        if (clock is null || clock.IsCompleted)
            return await StartAsync(loanId, cancellation);
        var now = WallClock.GetUtcNow();
        if (CaseClocks.IsSuspended(clock) && now - clock.LastUpdatedAt <= LoanCaseOrchestrator.Pause + DeafAfter)
        {
            // It tries again by itself; a ring a minute would only pile up. But it is told each time, so that the alert lasts as long as it does.
            EngineTelemetry.CaseFailed(new CaseStepException(), suspended: true);
            return Wake.Suspended;
        }

        var firstRing = rings.GetOrAdd(loanId, now);
        if (clock.LastUpdatedAt >= firstRing)
            rings[loanId] = firstRing = now; // It has moved since: it hears.
        if (now - firstRing > DeafAfter)
        {
            await clocks.ReplaceAsync(loanId, cancellation);
            rings.TryRemove(loanId, out _);
            return Wake.Replaced;
        }

        await clocks.RingAsync(loanId, cancellation);
        return Wake.Rung;
    }

    /// <summary>Who is not late any more has heard.</summary>
    private void Forget(HashSet<string> late)
    {
        foreach (var loanId in rings.Keys.Where(loanId => !late.Contains(loanId)).ToList())
            rings.TryRemove(loanId, out _);
    }

    private void Tell(int suspended)
    {
        EngineTelemetry.CasesSuspended(suspended - told);
        told = suspended;
    }

    private async Task<Wake> StartAsync(string loanId, CancellationToken cancellation) => await clocks.StartAsync(loanId, cancellation) ? Wake.Started : Wake.None;

    /// <summary>Goes through those due by an instant, each once in a sweep. The store has no cursor, so each question is for more than the last.</summary>
    private async Task ForDueAsync(DateTimeOffset until, Sweep sweep, Func<string, CancellationToken, Task<Wake>> wake, CancellationToken cancellation)
    {
        for (var limit = Page; ; limit *= 4)
        {
            var due = await cases.DueAsync(until, limit, cancellation);
            foreach (var page in due.Where(sweep.Seen.Add).ToList().Chunk(Page))
            {
                if (sweep[Wake.Started] >= MostStarted)
                    return;
                await ForAllAsync(page, sweep, wake, cancellation);
            }

            if (due.Count < limit)
                return;
        }
    }

    private static Task ForAllAsync(IEnumerable<string> loanIds, Sweep sweep, Func<string, CancellationToken, Task<Wake>> wake, CancellationToken cancellation) =>
        Parallel.ForEachAsync(loanIds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (loanId, stop) =>
        {
            try
            {
                sweep.Count(await wake(loanId, stop));
            }
#pragma warning disable CA1031 // One case that cannot be woken must not keep the others asleep; it is told at the end.
            catch (Exception failure) when (failure is not OperationCanceledException || !stop.IsCancellationRequested)
#pragma warning restore CA1031
            {
                sweep.Failed(failure);
            }
        });
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

using System.Collections.Concurrent;
using System.Threading.Channels;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Telemetry;

namespace CollectionsFlows.Application.Cases;

/// <summary>
/// Runs cases in one process: a ring queues a loan, workers run queued loans, each loan in one worker at a time. Rings carry nothing and
/// may be lost with the process: <see cref="SweepAsync"/> finds whatever is due.
/// </summary>
public sealed class CasePump(ICaseStore store, TimeProvider time, Func<IDoorbell, CaseRunner> runnerOf, Action<string, Exception> onBroken) : IDoorbell, IAsyncDisposable
{
    private const int DuePage = 1000;

    private readonly Channel<string> queue = System.Threading.Channels.Channel.CreateUnbounded<string>();
    private readonly ConcurrentDictionary<string, Ring> rings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> suspended = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private readonly List<Task> workers = [];
    private int busy;
    private TaskCompletionSource? quiet;

    private enum Ring
    {
        Queued,
        Running,
        RunningAgain,
    }

    /// <summary>Why a case does not go on until the process starts anew; null when it does.</summary>
    public string? SuspendedBecause(string loanId) => suspended.GetValueOrDefault(loanId);

    /// <summary>Starts the workers.</summary>
    public void Start(int count)
    {
        var runner = runnerOf(this);
        for (var worker = 0; worker < count; worker++)
        {
            workers.Add(Task.Run(() => WorkAsync(runner)));
        }
    }

    ValueTask IDoorbell.RingAsync(string loanId, CancellationToken cancellation)
    {
        Enqueue(loanId);
        return ValueTask.CompletedTask;
    }

    private void Enqueue(string loanId)
    {
        if (suspended.ContainsKey(loanId))
        {
            return;
        }

        while (true)
        {
            if (rings.TryAdd(loanId, Ring.Queued))
            {
                Interlocked.Increment(ref busy);
                queue.Writer.TryWrite(loanId);
                return;
            }

            if (!rings.TryGetValue(loanId, out var known))
            {
                continue;
            }

            if (known != Ring.Running || rings.TryUpdate(loanId, Ring.RunningAgain, Ring.Running))
            {
                return;
            }
        }
    }

    /// <summary>Rings every case that is due now. True when there was one that can go on.</summary>
    public async ValueTask<bool> SweepAsync(CancellationToken cancellation = default)
    {
        var rang = false;
        foreach (var loanId in await store.DueAsync(time.GetUtcNow(), DuePage + suspended.Count, cancellation))
        {
            if (!suspended.ContainsKey(loanId))
            {
                Enqueue(loanId);
                rang = true;
            }
        }

        return rang;
    }

    /// <summary>The earliest wake of a case that can go on; null when none will wake. Suspended cases do not hold up time for the others.</summary>
    public async ValueTask<DateTimeOffset?> NextWakeAsync(CancellationToken cancellation = default)
    {
        if (suspended.IsEmpty)
        {
            return await store.NextWakeAsync(cancellation);
        }

        var query = new CaseQuery { Sort = "nextWake", PageSize = suspended.Count + 1 };
        var page = await store.ListAsync(query, cancellation);
        return page.Cases.FirstOrDefault(found => found.NextWake is not null && !suspended.ContainsKey(found.LoanId))?.NextWake;
    }

    /// <summary>Waits until no case is queued or running.</summary>
    public async ValueTask WhenQuietAsync(CancellationToken cancellation = default)
    {
        while (Volatile.Read(ref busy) > 0)
        {
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiting = Interlocked.CompareExchange(ref quiet, signal, null) ?? signal;
            if (Volatile.Read(ref busy) == 0)
            {
                return;
            }

            await waiting.Task.WaitAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopping.CancelAsync();
        await Task.WhenAll(workers);
        stopping.Dispose();
        EngineTelemetry.CasesSuspended(-suspended.Count);
    }

    private async Task WorkAsync(CaseRunner runner)
    {
        try
        {
            await foreach (var loanId in queue.Reader.ReadAllAsync(stopping.Token))
            {
                rings[loanId] = Ring.Running;
                await RunAsync(runner, loanId);
                Finish(loanId);
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends: whatever is due is found by the next one's sweep.
        }
    }

    private async Task RunAsync(CaseRunner runner, string loanId)
    {
        try
        {
            await runner.RunAsync(loanId, onStep: null, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A broken case must not stop the others: it is suspended, and people are told.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            var broken = CaseFailures.NeedPerson(problem); // Anything else passes: the sweep rings the case again.
            if (broken)
            {
                EngineTelemetry.CasesSuspended(suspended.ContainsKey(loanId) ? 0 : 1);
                suspended[loanId] = problem.Message;
            }

            EngineTelemetry.CaseFailed(problem, broken);

            onBroken(loanId, problem);
        }
    }

    private void Finish(string loanId)
    {
        if (!rings.TryRemove(new KeyValuePair<string, Ring>(loanId, Ring.Running)))
        {
            // It was rung while it ran: once more.
            rings[loanId] = Ring.Queued;
            queue.Writer.TryWrite(loanId);
            return;
        }

        if (Interlocked.Decrement(ref busy) == 0)
        {
            Interlocked.Exchange(ref quiet, null)?.TrySetResult();
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Simulation.Stores;
using CollectionsFlows.Simulation.Time;

namespace CollectionsFlows.Simulation.Replay;

/// <summary>Replays a recorded history as fast as the machine can, and writes the contract's four files, byte for byte the same for the same inputs.</summary>
public static class ReplayRun
{
    /// <summary>Runs the replay into a directory, which is created.</summary>
    /// <param name="request">What to replay.</param>
    /// <param name="directory">Where the files go; files of an earlier replay are replaced once the new ones are complete.</param>
    /// <param name="progress">Told from time to time.</param>
    /// <param name="cancellation">Stops; nothing is replaced then.</param>
    public static async Task<ReplaySummary> ExecuteAsync(
        ReplayRequest request, string directory, IProgress<ReplayProgress>? progress = null, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        Directory.CreateDirectory(directory);
        using var output = new ReplayOutput(request, directory);
        var meter = new Meter(request.Loans.Count, progress);
        if (request.OpenStore is null)
        {
            await RunShardsAsync(request, output, meter, cancellation);
        }
        else
        {
            await RunWholeAsync(request, request.OpenStore, output, meter, cancellation);
        }

        return output.Finish(watch, meter.CaseDays);
    }

    private static async Task RunShardsAsync(ReplayRequest request, ReplayOutput output, Meter meter, CancellationToken cancellation)
    {
        var shards = new ConcurrentQueue<IReadOnlyList<ImportedLoan>>(Shards(request.Loans, request.ShardSize));
        var workers = Enumerable.Range(0, Math.Max(1, request.Workers)).Select(worker => Task.Run(
            async () =>
            {
                while (shards.TryDequeue(out var loans))
                {
                    var time = new VirtualTime(StartOf(request));
                    var memory = new InMemoryStore();
                    var store = new ReplayStore(memory, memory, memory, new InMemoryEvidenceArchive(memory), Owner: null);
                    await RunShardAsync(request, loans, store, time, output, meter, cancellation);
                }
            },
            cancellation));
        await Task.WhenAll(workers);
    }

    private static async Task RunWholeAsync(
        ReplayRequest request, Func<TimeProvider, ValueTask<ReplayStore>> open, ReplayOutput output, Meter meter, CancellationToken cancellation)
    {
        var time = new VirtualTime(StartOf(request));
        var store = await open(time);
        try
        {
            await RunShardAsync(request, request.Loans, store, time, output, meter, cancellation);
        }
        finally
        {
            if (store.Owner is { } owner)
            {
                await owner.DisposeAsync();
            }
        }
    }

    private static async Task RunShardAsync(
        ReplayRequest request, IReadOnlyList<ImportedLoan> loans, ReplayStore store, VirtualTime time, ReplayOutput output, Meter meter, CancellationToken cancellation)
    {
        var done = await new ReplayShard(request, loans, store, time).RunAsync(cancellation);
        foreach (var loan in done)
        {
            await output.AddAsync(loan, store.Cases, cancellation);
            meter.Add(ReplayOutput.CaseDaysOf(loan, request));
        }
    }

    /// <summary>Before any borrower's first day begins, wherever that is.</summary>
    private static DateTimeOffset StartOf(ReplayRequest request) => new(request.From.AddDays(-1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>Groups loans by borrower, and borrowers into shards.</summary>
    private static IEnumerable<IReadOnlyList<ImportedLoan>> Shards(IReadOnlyList<ImportedLoan> loans, int size)
    {
        var shard = new List<ImportedLoan>();
        foreach (var borrower in loans.GroupBy(loan => loan.Terms.BorrowerId, StringComparer.Ordinal))
        {
            shard.AddRange(borrower);
            if (shard.Count >= size)
            {
                yield return shard;
                shard = new List<ImportedLoan>();
            }
        }

        if (shard.Count > 0)
        {
            yield return shard;
        }
    }

    private sealed class Meter(int loans, IProgress<ReplayProgress>? progress)
    {
        private readonly Lock gate = new();
        private int loansDone;

        public long CaseDays { get; private set; }

        public void Add(int caseDays)
        {
            lock (gate)
            {
                loansDone++;
                CaseDays += caseDays;
                progress?.Report(new ReplayProgress(loansDone, loans, CaseDays));
            }
        }
    }
}

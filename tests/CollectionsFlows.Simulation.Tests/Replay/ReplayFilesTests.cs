using System.Security.Cryptography;
using CollectionsFlows.Simulation.Replay;
using CollectionsFlows.Simulation.Stores;
using static CollectionsFlows.Simulation.Tests.Replay.ReplayFixture;

namespace CollectionsFlows.Simulation.Tests.Replay;

/// <summary>The files of a replay depend on its inputs only, and are whole or not there.</summary>
public sealed class ReplayFilesTests : IDisposable
{
    private readonly ReplayFixture replay = new();

    public void Dispose() => replay.Dispose();

    [Fact]
    public async Task shards_and_workers_change_no_byte()
    {
        var request = replay.Generated(120, 3);
        var (_, expected) = await replay.RunAsync(request with { ShardSize = int.MaxValue, Workers = 1 });

        foreach (var (size, workers) in new[] { (1, 1), (1, 4), (7, 2), (50, 3) })
        {
            var (_, contents) = await replay.RunAsync(request with { ShardSize = size, Workers = workers });
            Assert.Equal(expected, contents);
        }
    }

    [Fact]
    public async Task one_store_for_all_gives_the_same_bytes_as_many_small_ones()
    {
        var request = replay.Generated(60, 3);
        var (_, many) = await replay.RunAsync(request);
        var (_, one) = await replay.RunAsync(request with
        {
            OpenStore = _ =>
            {
                var memory = new InMemoryStore();
                return new(new ReplayStore(memory, memory, memory, new InMemoryEvidenceArchive(memory), Owner: null));
            },
        });

        Assert.Equal(many, one);
    }

    [Fact]
    public async Task the_order_of_loans_in_the_portfolio_changes_no_byte()
    {
        var request = replay.Generated(60, 2);
        var (_, forward) = await replay.RunAsync(request with { ShardSize = 10 });
        var (_, backward) = await replay.RunAsync(request with { ShardSize = 10, Loans = [.. request.Loans.Reverse()] });

        Assert.Equal(forward, backward);
    }

    [Fact]
    public async Task the_summary_holds_the_digests_of_the_other_files()
    {
        var (summary, _) = await replay.RunAsync(replay.Generated(20, 2));

        Assert.Equal([Digest("cases.csv"), Digest("contacts.csv"), Digest("journal.ndjson")], [summary.Sha256.Cases, summary.Sha256.Contacts, summary.Sha256.Journal]);
    }

    [Fact]
    public async Task files_are_in_order_of_loan_and_time()
    {
        var (summary, contents) = await replay.RunAsync(replay.Generated(80, 3) with { ShardSize = 9, Workers = 3 });

        var cases = Rows(contents[0]).Select(row => row[0]).ToList();
        var contacts = Rows(contents[1]).Select(row => DateTimeOffset.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(80, cases.Count);
        Assert.Equal(cases.Order(StringComparer.Ordinal), cases);
        Assert.Equal(summary.Contacts.Values.Sum(), contacts.Count);
        Assert.Equal(contacts.Order(), contacts);
    }

    [Fact]
    public async Task a_stopped_replay_leaves_the_earlier_files_in_place()
    {
        var (_, before) = await replay.RunAsync(replay.March([Loan("A", "B1")]));
        var request = replay.Generated(50, 3) with { ShardSize = 5, Workers = 1 };
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReplayRun.ExecuteAsync(request, replay.Out, new StopAt(stop, loans: 10), stop.Token));

        Assert.Equal(before, Files.Select(name => File.ReadAllText(Path.Combine(replay.Out, name))));
        Assert.Equal([.. Files, "summary.json"], Directory.GetFiles(replay.Out).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string[]> Rows(string csv) => csv.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(','));

    private string Digest(string name) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(replay.Out, name))));

    private sealed class StopAt(CancellationTokenSource stop, int loans) : IProgress<ReplayProgress>
    {
        public void Report(ReplayProgress value)
        {
            if (value.LoansDone == loans)
            {
                stop.Cancel();
            }
        }
    }
}

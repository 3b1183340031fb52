using System.Diagnostics;
using System.Globalization;
using CollectionsFlows.Local.Storage;
using CollectionsFlows.Simulation.Tests.Stores;

namespace CollectionsFlows.Local.Tests.Storage;

/// <summary>Kills a process that writes as fast as it can, again and again, and looks at what it leaves behind.</summary>
public sealed class CrashTests
{
    private const int Kills = 20;

    [Fact]
    public async Task whatever_was_acknowledged_survives_a_kill_and_every_step_is_whole()
    {
        using var directory = new TemporaryDirectory();
        _ = directory.Keys;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var acknowledged = new List<string[]>();
        for (var run = 0; run < Kills; run++)
        {
            acknowledged.AddRange(await RunAndKill(directory.Path, run, random.Next(1, 250)));
            await using var store = await directory.OpenAsync();
            try
            {
                await Inspect(store, acknowledged);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"after kill {run + 1} with seed {seed}: {e.Message}", e);
            }
        }

        Assert.True(acknowledged.Count > Kills * 4, $"only {acknowledged.Count} writes were acknowledged: the test proves nothing");
    }

    private static async Task<List<string[]>> RunAndKill(string directory, int run, int milliseconds)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CollectionsFlows.CrashWorker.dll"));
        start.ArgumentList.Add(directory);
        start.ArgumentList.Add(run.ToString(CultureInfo.InvariantCulture));
        using var worker = Process.Start(start)!;
        var errors = worker.StandardError.ReadToEndAsync();
        var first = await worker.StandardOutput.ReadLineAsync();
        var rest = worker.StandardOutput.ReadToEndAsync();
        await Task.Delay(milliseconds);
        var died = worker.HasExited;
        worker.Kill();
        await worker.WaitForExitAsync();
        Assert.False(died || first is null, $"the worker ended by itself: {await errors}");
        // The last line may be cut by the kill: it does not count.
        var lines = $"{first}\n{await rest}".Split('\n')[..^1];
        return [.. lines.Select(line => line.Split(' '))];
    }

    private static async Task Inspect(SqliteStore store, List<string[]> acknowledged)
    {
        var puts = acknowledged.Where(line => line[0] == "put").ToLookup(line => line[1], line => line[2]);
        foreach (var loanId in puts.Select(group => group.Key))
        {
            var record = await store.LoadAsync(loanId);
            var journal = await store.JournalAsync(loanId, 0, int.MaxValue);
            Assert.True(record.Version >= Highest(acknowledged, "step", loanId), $"{loanId} lost a step");
            Assert.Equal(record.Version * 3, journal.Count);
            Assert.Equal(journal.Select((_, i) => i + 1), journal.Select(fact => fact.Seq));
            Assert.Equal(record.Version * 3, record.State?.Sequence ?? 0);
            Assert.Equal(record.Version == 0 ? "" : journal[^1].Hash, record.LastHash);

            // An acknowledged event is drained or waiting: known either way, with its body.
            foreach (var id in puts[loanId])
                Assert.Equal(Application.Cases.InboxResult.Duplicate, await store.PutAsync(StoreSamples.Payment(loanId, id)));
            var waiting = record.Inbox.Select(item => item.Input.Id).ToHashSet(StringComparer.Ordinal);
            Assert.True(puts[loanId].Count(id => !waiting.Contains(id)) <= record.Version * 2, $"{loanId} lost an event");
        }

        foreach (var borrowerId in acknowledged.Where(line => line[0] == "borrower").Select(line => line[1]).Distinct(StringComparer.Ordinal))
        {
            var borrower = (await store.LoadBorrowerAsync(borrowerId))!;
            Assert.True(borrower.Version >= Highest(acknowledged, "borrower", borrowerId), $"{borrowerId} lost a change");
            Assert.Equal(borrower.Version, borrower.Ledger.Count);
            Assert.Equal(borrower.Version, borrower.AppliedEvents.Count);
            Assert.Equal(borrower.Version, (await store.MessagesAsync(borrowerId, null)).Count);
            Assert.NotNull(borrower.Details);
        }
    }

    private static int Highest(List<string[]> acknowledged, string kind, string id) => acknowledged
        .Where(line => line[0] == kind && line[1] == id)
        .Select(line => int.Parse(line[2], CultureInfo.InvariantCulture))
        .DefaultIfEmpty().Max();
}

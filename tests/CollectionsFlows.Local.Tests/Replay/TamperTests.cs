using CollectionsFlows.Local.Tests.Storage;
using CollectionsFlows.Local.Tests.Verbs;
using CollectionsFlows.Local.Verbs;

namespace CollectionsFlows.Local.Tests.Replay;

/// <summary>Whoever changes one byte of a journal is found out.</summary>
public sealed class TamperTests
{
    private const int Changes = 200;
    private const int LoansTaken = 30;

    [SkippableFact]
    public async Task any_changed_byte_is_found_even_without_the_summary()
    {
        RealPortfolio.SkipWithoutData();
        using var directory = new TemporaryDirectory();
        await ReplaySomeAsync(directory);
        // Alone, for the summary beside it has the hash of the whole file.
        using var alone = new TemporaryDirectory();
        var journal = Path.Combine(alone.Path, "journal.ndjson");
        var bytes = await File.ReadAllBytesAsync(Path.Combine(directory.Path, "out", "journal.ndjson"));
        await File.WriteAllBytesAsync(journal, bytes);
        var whole = await Cli.RunAsync("verify", "--journal", journal);
        Assert.True(whole.Exit == CommandLine.Done, whole.Error);

        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var change = 0; change < Changes; change++)
        {
            var (position, by) = (random.Next(bytes.Length), (byte)random.Next(1, 256));
            bytes[position] ^= by;
            await File.WriteAllBytesAsync(journal, bytes);
            var (exit, _, error) = await Cli.RunAsync("verify", "--journal", journal);
            Assert.True(exit == CommandLine.No && error.Contains("line ", StringComparison.Ordinal), $"byte {position} xor {by} (seed {seed}): exit {exit}, {error}");
            bytes[position] ^= by;
        }
    }

    [SkippableFact]
    public async Task a_missing_last_line_is_found_by_the_summary()
    {
        RealPortfolio.SkipWithoutData();
        using var directory = new TemporaryDirectory();
        await ReplaySomeAsync(directory);
        var journal = Path.Combine(directory.Path, "out", "journal.ndjson");
        Assert.Equal(CommandLine.Done, (await Cli.RunAsync("verify", "--journal", journal)).Exit);
        var lines = await File.ReadAllLinesAsync(journal);
        await File.WriteAllTextAsync(journal, string.Concat(lines.SkipLast(1).Select(line => line + "\n")));
        var (exit, _, error) = await Cli.RunAsync("verify", "--journal", journal);
        Assert.Equal(CommandLine.No, exit);
        Assert.Contains("journal.ndjson", error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("cases.csv")]
    [InlineData("contacts.csv")]
    public async Task a_changed_table_is_found_by_the_summary(string name)
    {
        RealPortfolio.SkipWithoutData();
        using var directory = new TemporaryDirectory();
        await ReplaySomeAsync(directory);
        await File.AppendAllTextAsync(Path.Combine(directory.Path, "out", name), "\n");
        var (exit, _, error) = await Cli.RunAsync("verify", "--journal", Path.Combine(directory.Path, "out", "journal.ndjson"));
        Assert.Equal(CommandLine.No, exit);
        Assert.Contains(name, error, StringComparison.Ordinal);
    }

    /// <summary>Part of the portfolio, late payers among them: the file says who is late last.</summary>
    private static async Task ReplaySomeAsync(TemporaryDirectory directory)
    {
        var loans = await File.ReadAllLinesAsync(RealPortfolio.Find("real-loans.csv")!);
        var taken = loans.Skip(1).TakeLast(LoansTaken).ToList();
        var ids = taken.Select(row => row.Split(',')[0]).ToHashSet(StringComparer.Ordinal);
        var events = (await File.ReadAllLinesAsync(RealPortfolio.Find("real-events.ndjson")!)).Where(line => ids.Any(id => line.Contains($"\"{id}\"", StringComparison.Ordinal)));
        await RealPortfolio.ReplayAsync(
            Path.Combine(directory.Path, "out"),
            Cli.Write(directory, "loans.csv", string.Join('\n', [loans[0], .. taken]) + "\n"),
            Cli.Write(directory, "events.ndjson", string.Concat(events.Select(line => line + "\n"))));
    }
}

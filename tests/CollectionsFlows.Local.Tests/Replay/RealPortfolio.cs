using System.Globalization;
using System.Text.Json;
using CollectionsFlows.Local.Tests.Verbs;
using CollectionsFlows.Local.Verbs;

namespace CollectionsFlows.Local.Tests.Replay;

/// <summary>The recorded portfolio beside the repository and what its record says happened.</summary>
internal static class RealPortfolio
{
    public static readonly DateOnly Until = new(2016, 12, 31);

    /// <summary>The file's path; null when it is not there.</summary>
    public static string? Find(string name)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "CollectionsFlows.sln")))
            directory = directory.Parent;
        var path = directory is null ? null : Path.Combine(directory.FullName, "..", "shared", "data", name);
        return File.Exists(path) ? path : null;
    }

    public static void SkipWithoutData() =>
        Skip.If(Find("real-loans.csv") is null || Find("real-events.ndjson") is null || Find("real-expected.csv") is null, "../shared/data is not there");

    public static async Task ReplayAsync(string directory, string? loans = null, string? events = null, string store = "memory")
    {
        var (exit, _, error) = await Cli.RunAsync(
            "replay", "--loans", loans ?? Find("real-loans.csv")!, "--events", events ?? Find("real-events.ndjson")!, "--policy", "us-creditor",
            "--from", "2016-08-01", "--until", "2016-12-31", "--store", store, "--out", directory);
        Assert.True(exit == CommandLine.Done, error);
    }

    public static DateOnly DateOf(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset InstantOf(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The rows of a file without quoted fields, by column name.</summary>
    public static List<Dictionary<string, string>> Rows(string path)
    {
        var lines = File.ReadAllLines(path);
        var names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal))];
    }

    /// <summary>When each loan was paid: every loan has one payment at most.</summary>
    public static Dictionary<string, DateTimeOffset> Payments()
    {
        var payments = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Find("real-events.ndjson")!))
        {
            using var json = JsonDocument.Parse(line);
            payments.Add(json.RootElement.GetProperty("loanId").GetString()!, json.RootElement.GetProperty("at").GetDateTimeOffset());
        }

        return payments;
    }
}

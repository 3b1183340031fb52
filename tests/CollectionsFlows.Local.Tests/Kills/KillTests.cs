using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CollectionsFlows.Local.Storage;
using CollectionsFlows.Local.Tests.Storage;
using CollectionsFlows.Local.Verbs;
using CollectionsFlows.Simulation.Portfolio;
using Xunit.Abstractions;

namespace CollectionsFlows.Local.Tests.Kills;

/// <summary>The host is killed with SIGKILL again and again while events arrive, and the journals end as if nothing had happened.</summary>
public sealed partial class KillTests(ITestOutputHelper output)
{
    private const string KillsVariable = "COLLECTIONS_KILLS";
    private const string SeedVariable = "COLLECTIONS_KILL_SEED";

    [Fact]
    public async Task a_host_killed_at_random_moments_ends_with_the_journals_of_one_left_alone()
    {
        var kills = FromEnvironment(KillsVariable) ?? 12;
        var seed = FromEnvironment(SeedVariable) ?? Random.Shared.Next();
        var again = $"{KillsVariable}={kills} {SeedVariable}={seed} dotnet test tests/CollectionsFlows.Local.Tests --filter {nameof(KillTests)}";
        output.WriteLine(again);
        try
        {
            await CompareAsync(kills, seed);
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"reproduce with: {again}\n{problem.Message}", problem);
        }
    }

    private async Task CompareAsync(int kills, int seed)
    {
        var portfolio = DemoPortfolio.Create(11, new PortfolioOptions { Loans = 60 }, months: 3);
        using var calm = new TemporaryDirectory();
        using var killed = new TemporaryDirectory();
        _ = calm.Keys;
        File.Copy(DataDirectory.KeyFile(calm.Path), DataDirectory.KeyFile(killed.Path));

        var watch = Stopwatch.StartNew();
        await new KillRun(calm.Path, portfolio, new KillSchedule(seed, kills: 0, steps: 1, busy: [])).ExecuteAsync();
        var undisturbed = watch.Elapsed;
        var run = new KillRun(killed.Path, portfolio, new KillSchedule(seed, kills, KillRun.StepsOf(portfolio), KillRun.EventSteps(portfolio)));
        await run.ExecuteAsync();
        output.WriteLine($"{run.Kills} kills, {run.KillsInFlight} of them with requests on their way ({run.RequestsHit} of {run.Requests}); {undisturbed.TotalSeconds:0} s undisturbed, {(watch.Elapsed - undisturbed).TotalSeconds:0} s killed");
        Assert.Equal(kills, run.Kills);

        var (expected, actual) = (await ReadAsync(calm), await ReadAsync(killed));
        Assert.True(expected.Count > 1000, $"only {expected.Count} lines: the comparison would prove nothing");
        var kinds = expected.Select(line => FactType().Match(line)).Where(match => match.Success).CountBy(match => match.Groups["type"].Value).OrderByDescending(kind => kind.Value);
        output.WriteLine($"{expected.Count} facts and messages compared: {string.Join(", ", kinds.Select(kind => $"{kind.Value} {kind.Key}"))}");
        for (var line = 0; line < Math.Min(expected.Count, actual.Count); line++)
            Assert.True(expected[line] == actual[line], $"undisturbed: {expected[line]}\nkilled:      {actual[line]}");
        Assert.Equal(expected.Count, actual.Count);
        await VerifiesAsync(calm.Path);
        await VerifiesAsync(killed.Path);
    }

    /// <summary>Every fact of every loan, byte for byte, hashes included; then every message, each command once; nothing left waiting.</summary>
    private static async Task<List<string>> ReadAsync(TemporaryDirectory directory)
    {
        var lines = new List<string>();
        await using var store = await directory.OpenAsync(readOnly: true);
        Assert.Empty(await store.UnmatchedAsync(1));
        var borrowers = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var loanId in await store.LoanIdsAsync(null, 1000))
        {
            var record = await store.LoadAsync(loanId);
            Assert.Empty(record.Inbox);
            borrowers.Add(record.State!.Terms.BorrowerId);
            lines.AddRange((await store.JournalAsync(loanId, 0, 100_000)).Select(entry => Encoding.UTF8.GetString(entry.Line)));
        }

        var commands = new HashSet<string>(StringComparer.Ordinal);
        foreach (var borrowerId in borrowers)
        {
            foreach (var message in await store.MessagesAsync(borrowerId, loanId: null))
            {
                Assert.True(commands.Add(message.CommandId), $"{message.CommandId} was sent twice");
                lines.Add($"{message.CommandId} {message.At:O} {message.Channel} {message.Address} {message.Status} {message.Text}");
            }

            var borrower = await store.LoadBorrowerAsync(borrowerId);
            Assert.Equal(borrower!.Ledger.Count, borrower.Ledger.Select(entry => entry.Id).Distinct(StringComparer.Ordinal).Count());
        }

        return lines;
    }

    private static async Task VerifiesAsync(string directory)
    {
        using var error = new StringWriter();
        Assert.True(await CommandLine.RunAsync(["verify", "--data", directory], TextWriter.Null, error) == CommandLine.Done, error.ToString());
    }

    [GeneratedRegex("^\\{.*?\"type\":\"(?<type>[a-z.-]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FactType();

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}

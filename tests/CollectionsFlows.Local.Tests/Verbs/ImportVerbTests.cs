using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CollectionsFlows.Local.Hosting;
using CollectionsFlows.Local.Storage;
using CollectionsFlows.Local.Tests.Kills;
using CollectionsFlows.Local.Tests.Storage;
using CollectionsFlows.Local.Verbs;
using CollectionsFlows.Simulation.Portfolio;

namespace CollectionsFlows.Local.Tests.Verbs;

public sealed class ImportVerbTests
{
    private static readonly string BadRow = Cli.Row.Replace("L-1", "L-2", StringComparison.Ordinal).Replace(",100,", ",-1,", StringComparison.Ordinal);

    [Fact]
    public async Task one_bad_row_imports_nothing_unless_the_good_ones_are_asked_for()
    {
        using var directory = new TemporaryDirectory();
        var (loans, data) = (Cli.Write(directory, "loans.csv", $"{Cli.Header}\n{Cli.Row}\n{BadRow}\n"), Path.Combine(directory.Path, "data"));
        Assert.Equal(CommandLine.Done, (await Cli.RunAsync("import", "--data", data, "--loans", Cli.Write(directory, "other.csv", $"{Cli.Header}\n{Cli.Row.Replace("L-1", "L-0", StringComparison.Ordinal)}\n"))).Exit);
        var (exit, _, error) = await Cli.RunAsync("import", "--data", data, "--loans", loans);
        Assert.Equal(CommandLine.BadInput, exit);
        Assert.Contains($"{loans}: line 3", error, StringComparison.Ordinal);
        Assert.Equal(["L-0"], (await JournalsAsync(data)).Keys);

        await Cli.RunAsync("import", "--data", data, "--loans", loans, "--partial");
        Assert.Equal(["L-0", "L-1"], (await JournalsAsync(data)).Keys);
    }

    [Fact]
    public async Task importing_twice_changes_nothing()
    {
        using var directory = new TemporaryDirectory();
        var (loans, data) = (Cli.Write(directory, "loans.csv", $"{Cli.Header}\n{Cli.Row}\n"), Path.Combine(directory.Path, "data"));
        Assert.StartsWith("1 loans enrolled, 0 unchanged", (await Cli.RunAsync("import", "--data", data, "--loans", loans)).Out, StringComparison.Ordinal);
        var before = await JournalsAsync(data);
        var again = await Cli.RunAsync("import", "--data", data, "--loans", loans);
        Assert.Equal(CommandLine.Done, again.Exit);
        Assert.StartsWith("0 loans enrolled, 1 unchanged", again.Out, StringComparison.Ordinal);
        Assert.Equal(before["L-1"], (await JournalsAsync(data))["L-1"]);
    }

    [Fact]
    public async Task a_loan_that_changed_in_the_file_is_refused_and_the_others_with_it()
    {
        using var directory = new TemporaryDirectory();
        var data = Path.Combine(directory.Path, "data");
        await Cli.RunAsync("import", "--data", data, "--loans", Cli.Write(directory, "loans.csv", $"{Cli.Header}\n{Cli.Row}\n"));
        var changed = Cli.Write(directory, "changed.csv", $"{Cli.Header}\n{Cli.Row.Replace("L-1", "L-2", StringComparison.Ordinal)}\n{Cli.Row.Replace(",100,", ",200,", StringComparison.Ordinal)}\n");
        var (exit, _, error) = await Cli.RunAsync("import", "--data", data, "--loans", changed);
        Assert.Equal(CommandLine.BadInput, exit);
        Assert.Contains($"{changed}: line 3", error, StringComparison.Ordinal);
        Assert.Equal(["L-1"], (await JournalsAsync(data)).Keys);
    }

    [Fact]
    public async Task an_event_of_an_unknown_loan_waits_in_sight_and_is_applied_when_the_loan_appears()
    {
        using var directory = new TemporaryDirectory();
        using var clock = await VirtualClock.OpenAsync(directory.Path, new DateTimeOffset(2026, 2, 20, 12, 0, 0, TimeSpan.Zero));
        await using var host = await LocalHost.StartAsync(directory.Path, "http://127.0.0.1:0", clock, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = new Uri(host.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.OwnerToken);
        var secret = Convert.FromBase64String((await File.ReadAllTextAsync(Path.Combine(directory.Path, "webhook-secrets"))).Trim()["whsec_".Length..]);
        var at = DateTimeOffset.Parse("2026-02-20T06:00:00-06:00", CultureInfo.InvariantCulture);
        var payment = Stimulus.Event(new ContractEvent(at, "evt-early", "L-1", "payment.posted",
            """{"id":"evt-early","at":"2026-02-20T05:00:00-06:00","loanId":"L-1","type":"payment.posted","data":{"paymentId":"P-1","amount":100,"currency":"USD"}}"""));

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(payment));
        Assert.Contains("evt-early", await client.GetStringAsync("/api/unmatched"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(payment));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(Stimulus.Import($"{Cli.Header}\n{Cli.Row}\n")));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(Stimulus.ClockTo(clock.Now.AddDays(1))));
        Assert.DoesNotContain("evt-early", await client.GetStringAsync("/api/unmatched"), StringComparison.Ordinal);
        Assert.Contains("payment.posted", await client.GetStringAsync("/api/cases/L-1/journal"), StringComparison.Ordinal);
        Assert.Contains("paid-off", await client.GetStringAsync("/api/cases/L-1"), StringComparison.Ordinal);

        async Task<HttpStatusCode> SendAsync(Stimulus stimulus)
        {
            using var request = stimulus.ToRequest(secret);
            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    private static async Task<SortedDictionary<string, string>> JournalsAsync(string data)
    {
        var journals = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await using var store = await SqliteStore.OpenAsync(data, StoreKeys.LoadOrCreate(data, environment: null), readOnly: true);
        foreach (var loanId in await store.LoanIdsAsync(null, 100))
            journals[loanId] = string.Join('\n', (await store.JournalAsync(loanId, 0, 1000)).Select(entry => Encoding.UTF8.GetString(entry.Line)));
        return journals;
    }
}

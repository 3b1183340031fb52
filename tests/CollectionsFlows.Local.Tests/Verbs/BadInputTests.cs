using CollectionsFlows.Local.Tests.Storage;
using CollectionsFlows.Local.Verbs;

namespace CollectionsFlows.Local.Tests.Verbs;

/// <summary>A bad file is named with the line that is wrong, and nothing is done with any of it.</summary>
public sealed class BadInputTests
{
    private static readonly Dictionary<string, (string Name, string Text, int? Line)> Files = new(StringComparer.Ordinal)
    {
        ["wrong header"] = ("loans.csv", $"{Cli.Header.Replace("dueOn", "due", StringComparison.Ordinal)}\n{Cli.Row}\n", 1),
        ["no header"] = ("loans.csv", $"{Cli.Row}\n", 1),
        ["wrong type"] = ("loans.csv", $"{Cli.Header}\n{Cli.Row.Replace(",100,", ",hundred,", StringComparison.Ordinal)}\n", 2),
        ["negative money"] = ("loans.csv", $"{Cli.Header}\n{Cli.Row.Replace(",100,", ",-100,", StringComparison.Ordinal)}\n", 2),
        ["unknown currency"] = ("loans.csv", $"{Cli.Header}\n{Cli.Row.Replace("USD", "XYZ", StringComparison.Ordinal)}\n", 2),
        ["duplicate instalment"] = ("loans.csv", $"{Cli.Header}\n{Cli.Row}\n{Cli.Row}\n", 3),
        ["mixed currencies"] = ("loans.csv", $"{Cli.Header}\n{Cli.Row}\n{Cli.Row.Replace("USD,0,1,2026-03-01", "EUR,0,2,2026-04-01", StringComparison.Ordinal)}\n", 3),
        ["line of 1 MB"] = ("loans.csv", $"{Cli.Header}\n{Cli.Row.Replace("Example Borrower", new string('x', 1 << 20), StringComparison.Ordinal)}\n", 2),
        ["NUL byte"] = ("loans.csv", $"{Cli.Header}\n{Cli.Row.Replace("Example", "Exa\0mple", StringComparison.Ordinal)}\n", 2),
        ["too few columns"] = ("loans.csv", $"{Cli.Header}\nL-1,B-1\n", 2),
        ["open quote"] = ("loans.csv", $"{Cli.Header}\n{Cli.Row.Replace("Example", "\"Example", StringComparison.Ordinal)}\n", 2),
        ["empty file"] = ("loans.csv", "", null),
        ["header only"] = ("loans.csv", $"{Cli.Header}\n", null),
        ["bad JSON"] = ("loans.ndjson", "{\"loanId\":\"L-1\",\n", 1),
        ["JSON of another shape"] = ("loans.ndjson", "[1]\n", 1),
    };

    private static readonly Dictionary<string, string> Events = new(StringComparer.Ordinal)
    {
        ["bad JSON"] = "{\"id\":",
        ["unknown type"] = """{"id":"evt-2","at":"2026-03-02T10:00:00-06:00","loanId":"L-1","type":"payment.imagined","data":{}}""",
        ["negative money"] = """{"id":"evt-2","at":"2026-03-02T10:00:00-06:00","loanId":"L-1","type":"payment.posted","data":{"paymentId":"P-2","amount":-1,"currency":"USD"}}""",
        ["unknown currency"] = """{"id":"evt-2","at":"2026-03-02T10:00:00-06:00","loanId":"L-1","type":"payment.posted","data":{"paymentId":"P-2","amount":1,"currency":"XYZ"}}""",
        ["no offset"] = """{"id":"evt-2","at":"2026-03-02T10:00:00","loanId":"L-1","type":"payment.posted","data":{"paymentId":"P-2","amount":1,"currency":"USD"}}""",
        ["line of 1 MB"] = $$$"""{"id":"evt-2","at":"2026-03-02T10:00:00-06:00","loanId":"L-1","type":"reply.received","data":{"channel":"sms","text":"{{{new string('x', 1 << 20)}}}"}}""",
    };

    private const string GoodEvent = """{"id":"evt-1","at":"2026-03-02T09:00:00-06:00","loanId":"L-1","type":"payment.posted","data":{"paymentId":"P-1","amount":1,"currency":"USD"}}""";

    public static TheoryData<string> BadLoans => [.. Files.Keys];

    public static TheoryData<string> BadEvents => [.. Events.Keys];

    [Theory]
    [MemberData(nameof(BadLoans))]
    public async Task bad_loans_are_neither_replayed_nor_imported(string kind)
    {
        using var directory = new TemporaryDirectory();
        var (name, text, line) = Files[kind];
        var loans = Cli.Write(directory, name, text);
        var events = Cli.Write(directory, "events.ndjson", GoodEvent + "\n");
        string[][] commands =
        [
            ["replay", "--loans", loans, "--events", events, "--policy", "us-creditor", "--from", "2026-02-01", "--until", "2026-04-01", "--out", Path.Combine(directory.Path, "out")],
            ["import", "--data", Path.Combine(directory.Path, "data"), "--loans", loans],
        ];
        foreach (var command in commands)
        {
            var (exit, output, error) = await Cli.RunAsync(command);
            Assert.True(exit == CommandLine.BadInput, $"{command[0]}: exit {exit}, {output}{error}");
            Assert.Empty(output);
            Assert.Contains(loans, error, StringComparison.Ordinal);
            Assert.True(line is null || error.Contains($"line {line}", StringComparison.Ordinal), error);
            Assert.True(error.Length < 5000, "the message repeats the file");
        }

        Assert.Equal([events, loans], Directory.EnumerateFileSystemEntries(directory.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(BadEvents))]
    public async Task bad_events_are_not_replayed(string kind)
    {
        using var directory = new TemporaryDirectory();
        var loans = Cli.Write(directory, "loans.csv", $"{Cli.Header}\n{Cli.Row}\n");
        var events = Cli.Write(directory, "events.ndjson", $"{GoodEvent}\n{Events[kind]}\n");
        var (exit, output, error) = await Cli.RunAsync(
            "replay", "--loans", loans, "--events", events, "--policy", "us-creditor", "--from", "2026-02-01", "--until", "2026-04-01", "--out", Path.Combine(directory.Path, "out"));
        Assert.Equal(CommandLine.BadInput, exit);
        Assert.Empty(output);
        Assert.Contains($"{events}: line 2", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(directory.Path, "out")));
    }

    [Fact]
    public async Task byte_order_mark_and_carriage_returns_make_no_difference()
    {
        using var directory = new TemporaryDirectory();
        var loans = Cli.Write(directory, "loans.csv", $"\uFEFF{Cli.Header}\r\n{Cli.Row}\r\n");
        var plain = Cli.Write(directory, "plain.csv", $"{Cli.Header}\n{Cli.Row}\n");
        var data = Path.Combine(directory.Path, "data");
        var first = await Cli.RunAsync("import", "--data", data, "--loans", loans);
        Assert.True(first.Exit == CommandLine.Done, first.Error);
        Assert.StartsWith("1 loans enrolled", first.Out, StringComparison.Ordinal);
        Assert.StartsWith("0 loans enrolled, 1 unchanged", (await Cli.RunAsync("import", "--data", data, "--loans", plain)).Out, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>What the README shows of loans files and events can be sent as it stands.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));

    [Fact]
    public void the_example_of_a_loans_file_is_read_without_an_error()
    {
        var read = LoansFile.ReadText(Block().Matches(Readme).Single(block => block.Groups["kind"].Value == "csv").Groups["text"].Value);
        Assert.Empty(read.Errors);
        Assert.Equal(["L-1", "L-2"], read.Loans.Select(loan => loan.Terms.LoanId));
    }

    [Fact]
    public void the_table_has_every_type_of_event_with_an_example_that_is_accepted()
    {
        var rows = Row().Matches(Readme).Select(row => (Type: row.Groups["type"].Value, Data: row.Groups["data"].Value)).ToList();
        Assert.Equal(EventReader.Types.Order(StringComparer.Ordinal), rows.Select(row => row.Type).Append("loan.updated").Order(StringComparer.Ordinal));
        foreach (var (type, data) in rows)
            Accepted($$"""{"id":"evt-1","at":"2026-02-03T10:00:00+08:00","loanId":"L-1","type":"{{type}}","data":{{data}}}""");
    }

    [Fact]
    public void every_event_shown_as_a_block_is_accepted()
    {
        var events = Block().Matches(Readme).Where(block => block.Groups["kind"].Value == "json" && block.Groups["text"].Value.StartsWith("{\"id\"", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(events);
        Assert.All(events, shown => Accepted(shown.Groups["text"].Value));
    }

    private static void Accepted(string json)
    {
        using var document = JsonDocument.Parse(json);
        var read = EventReader.Read(document.RootElement, id: null, out var errors);
        Assert.True(read is not null, $"{json}: {string.Join("; ", errors)}");
    }

    [GeneratedRegex(@"^```(?<kind>\w*)\r?\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\| `(?<type>[a-z-]+\.[a-z]+)` \| `(?<data>\{.*?\})` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Row();
}

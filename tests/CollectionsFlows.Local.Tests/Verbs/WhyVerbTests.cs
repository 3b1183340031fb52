using CollectionsFlows.Local.Tests.Storage;
using CollectionsFlows.Local.Verbs;

namespace CollectionsFlows.Local.Tests.Verbs;

/// <summary><c>status LOANID --why</c>: the loan of <see cref="Cli.Row"/>, imported today.</summary>
public sealed class WhyVerbTests
{
    [Fact]
    public async Task it_tells_in_sentences_why_a_borrower_was_or_could_be_contacted()
    {
        using var directory = new TemporaryDirectory();
        var data = await ImportedAsync(directory);
        var past = await Cli.RunAsync("status", "--data", data, "L-1", "--why", "2026-01-01");
        Assert.Equal((CommandLine.Done, ""), (past.Exit, past.Error));
        Assert.StartsWith("There was no case yet: the loan was enrolled at", past.Out, StringComparison.Ordinal);
        // Sunday 2 June 2030, noon in Chicago: the house opens on Monday at 09:00 there (S7).
        var future = await Cli.RunAsync("status", "--data", data, "L-1", "--why", "2030-06-02T12:00:00-05:00", "--channel", "phone");
        Assert.Contains("Call to number 1: not before 2030-06-03 09:00 in America/Chicago, by HOUSE-HOURS", future.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("555", future.Out, StringComparison.Ordinal);
        Assert.Contains("Hypothetical", (await Cli.RunAsync("status", "--data", data, "L-1", "--why")).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--why: 'soon'", "L-1", "--why", "soon")]
    [InlineData("--channel: 'fax'", "L-1", "--channel", "fax")]
    [InlineData("--why needs a LOANID", "--why")]
    [InlineData("loan L-9 is not known here", "L-9", "--why")]
    public async Task bad_values_are_one_line(string expected, params string[] arguments)
    {
        using var directory = new TemporaryDirectory();
        var (exit, _, error) = await Cli.RunAsync(["status", "--data", await ImportedAsync(directory), .. arguments]);
        Assert.Equal(CommandLine.BadInput, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(character => character == '\n'));
    }

    private static async Task<string> ImportedAsync(TemporaryDirectory directory)
    {
        var data = Path.Combine(directory.Path, "data");
        Assert.Equal(CommandLine.Done, (await Cli.RunAsync("import", "--data", data, "--loans", Cli.Write(directory, "loans.csv", $"{Cli.Header}\n{Cli.Row}\n"))).Exit);
        return data;
    }
}

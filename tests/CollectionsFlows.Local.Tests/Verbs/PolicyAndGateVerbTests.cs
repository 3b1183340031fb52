using System.Text.Json;
using CollectionsFlows.Local.Tests.Storage;
using CollectionsFlows.Local.Verbs;

namespace CollectionsFlows.Local.Tests.Verbs;

public sealed class PolicyAndGateVerbTests
{
    /// <summary>The example of contract.md.</summary>
    private const string GateExample = """
        [{"name":"PT+ET mobile, 10:59 ET","now":"2026-03-03T10:59:00-05:00","channel":"sms","direction":"outbound",
         "jurisdiction":"US","creditorRole":"collector","debtId":"D1","borrowerId":"B1","address":"+12125550100","place":"mobile",
         "timeZones":["America/New_York","America/Los_Angeles"],
         "consents":[{"channel":"sms","address":"+12125550100","at":"2026-02-20T12:00:00-05:00"}],
         "preferences":[], "flags":[], "houseRules":false,
         "history":[{"at":"2026-03-01T09:00:00-05:00","channel":"phone","direction":"outbound","outcome":"no-answer","debtIds":["D1"],"address":"+12125550100"}],
         "expect":{"verdict":"defer","rule":"US-REGF-LOCATION","until":"2026-03-03T11:00:00-05:00"}}]
        """;

    [Theory]
    [InlineData("cn-consumer")]
    [InlineData("cn-consumer-short")]
    [InlineData("first-days")]
    [InlineData("us-collector")]
    [InlineData("us-creditor")]
    [InlineData("care-only")]
    public async Task a_shipped_policy_is_listed_and_what_is_shown_can_be_checked(string name)
    {
        using var directory = new TemporaryDirectory();
        Assert.Contains(name, (await Cli.RunAsync("policy", "list")).Out.Split([' ', '\n']));
        var shown = await Cli.RunAsync("policy", "show", name);
        Assert.Equal(CommandLine.Done, shown.Exit);
        var check = await Cli.RunAsync("policy", "check", Cli.Write(directory, "mine.json", shown.Out));
        Assert.True(check.Exit == CommandLine.Done, check.Error);
    }

    [Fact]
    public async Task every_error_of_a_policy_is_listed_with_its_path()
    {
        using var directory = new TemporaryDirectory();
        var text = (await Cli.RunAsync("policy", "show", "us-creditor")).Out
            .Replace("\"stepsAt\": \"10:00\"", "\"stepsAt\": \"25:00\"", StringComparison.Ordinal)
            .Replace("\"keptAtLeast\": 0.95", "\"keptAtLeast\": 95", StringComparison.Ordinal);
        var (exit, _, error) = await Cli.RunAsync("policy", "check", Cli.Write(directory, "mine.json", text));
        Assert.Equal(CommandLine.No, exit);
        Assert.Contains("stepsAt", error, StringComparison.Ordinal);
        Assert.Contains("keptAtLeast", error, StringComparison.Ordinal);
        Assert.All(error.TrimEnd().Split('\n'), line => Assert.Contains("mine.json:", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_mistyped_member_or_flag_of_a_gate_case_is_pointed_out_for_it_changes_nothing()
    {
        using var directory = new TemporaryDirectory();
        var mistyped = GateExample
            .Replace("\"houseRules\"", "\"houseRule\"", StringComparison.Ordinal)
            .Replace("\"flags\":[]", "\"flags\":[\"bankrupcy\",{\"name\":\"opted-out:email\",\"frm\":\"2026-01-01T00:00:00Z\"}]", StringComparison.Ordinal)
            .Replace("\"outcome\"", "\"result\"", StringComparison.Ordinal);
        var (exit, _, error) = await Cli.RunAsync("gate", Cli.Write(directory, "cases.json", mistyped));
        Assert.Equal(CommandLine.Done, exit);
        Assert.Equal(
            [
                "$[0]: nobody reads 'houseRule'; is 'houseRules' meant?",
                "$[0].history[0]: nobody reads 'result'",
                "$[0].flags[0]: no rule reads the flag 'bankrupcy', it changes nothing; is 'bankruptcy' meant?",
                "$[0].flags[1]: nobody reads 'frm'; is 'from' meant?",
            ],
            error.TrimEnd().Split('\n').Select(line => line[(line.IndexOf("cases.json: ", StringComparison.Ordinal) + "cases.json: ".Length)..]));
    }

    [Fact]
    public async Task the_contracts_flags_and_members_are_all_known()
    {
        using var directory = new TemporaryDirectory();
        const string Flags = """["cease","attorney","bankruptcy","deceased","disputed","opted-out:sms","employer-prohibits","breathing-space","plan-signed","complaint-open","identity-theft","night-agreed","number-checked","email-notice","email-prior-collector","unreachable","incapacitated"]""";
        var cases = GateExample.Replace("\"flags\":[]", $"\"flags\":{Flags}", StringComparison.Ordinal).Replace(",\n \"expect\"", ",\n \"expected\"", StringComparison.Ordinal);
        var (_, _, error) = await Cli.RunAsync("gate", Cli.Write(directory, "cases.json", cases));
        Assert.Equal("$[0]: nobody reads 'expected'; is 'expect' meant?", error.TrimEnd()[(error.IndexOf("cases.json: ", StringComparison.Ordinal) + "cases.json: ".Length)..]);
    }

    [Fact]
    public async Task the_contracts_gate_example_is_judged_as_expected()
    {
        using var directory = new TemporaryDirectory();
        var (exit, output, error) = await Cli.RunAsync("gate", Cli.Write(directory, "cases.json", GateExample));
        Assert.True(exit == CommandLine.Done, error);
        using var verdict = JsonDocument.Parse(output);
        Assert.Equal("defer", verdict.RootElement.GetProperty("verdict").GetString());
        Assert.Equal("US-REGF-LOCATION", verdict.RootElement.GetProperty("rule").GetString());
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero), verdict.RootElement.GetProperty("until").GetDateTimeOffset());
    }

    [Fact]
    public async Task a_verdict_that_was_not_expected_is_a_no()
    {
        using var directory = new TemporaryDirectory();
        var path = Cli.Write(directory, "cases.json", GateExample.Replace("\"verdict\":\"defer\"", "\"verdict\":\"allow\"", StringComparison.Ordinal));
        var (exit, output, error) = await Cli.RunAsync("gate", path);
        Assert.Equal(CommandLine.No, exit);
        Assert.Single(output.TrimEnd().Split('\n'));
        Assert.Contains("PT+ET mobile, 10:59 ET", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"name\":")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("[{\"name\":\"a\",\"now\":\"yesterday\"}]")]
    public async Task cases_that_cannot_be_read_are_bad_input(string text)
    {
        using var directory = new TemporaryDirectory();
        var (exit, output, error) = await Cli.RunAsync("gate", Cli.Write(directory, "cases.json", text));
        Assert.Equal(CommandLine.BadInput, exit);
        Assert.Empty(output);
        Assert.Contains("cases.json", error, StringComparison.Ordinal);
    }
}

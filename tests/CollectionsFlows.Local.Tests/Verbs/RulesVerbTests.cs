using System.Text.Json;
using CollectionsFlows.Local.Tests.Storage;
using CollectionsFlows.Local.Verbs;

namespace CollectionsFlows.Local.Tests.Verbs;

/// <summary>The rules in force are listed and explained; a lender's own are taken from a folder, named where they are wrong, and kept where they were used.</summary>
public sealed class RulesVerbTests
{
    private const string Case = """
        [{"name":"06:30","now":"2026-03-03T06:30:00+08:00","channel":"phone","jurisdiction":"CN","creditorRole":"creditor","debtId":"D1","timeZones":["Asia/Shanghai"]}]
        """;

    private static string Night(string from, int version = 1, string more = "") => $$"""
        {"id":"CN","title":"Ours","version":{{version}},"supersedes":"CN@1","rules":[{"$type":"local-hours","id":"CN-NIGHT","title":"t","source":"s","neverAnswer":true,"agreedFlag":"night-agreed",
         "weekdays":{"from":"{{from}}","to":"22:00:00","toInside":false},"weekends":{"from":"{{from}}","to":"22:00:00","toInside":false}{{more}}}]}
        """;

    private const string Override = ""","override":{"by":"A. Example","reason":"pilot"}""";

    private static void WritePack(TemporaryDirectory directory, string text)
    {
        Directory.CreateDirectory(Path.Combine(directory.Path, "packs"));
        Cli.Write(directory, Path.Combine("packs", "cn.json"), text);
    }

    [Fact]
    public async Task every_rule_is_listed_with_pack_status_and_date()
    {
        var (exit, output, _) = await Cli.RunAsync("rules");
        Assert.Equal(CommandLine.Done, exit);
        var lines = output.TrimEnd().Split('\n');
        Assert.Contains(lines, line => line.StartsWith("US-REGF-7IN7 ", StringComparison.Ordinal) && line.Contains("US@1", StringComparison.Ordinal) && line.Contains(" T ", StringComparison.Ordinal) && line.Contains("collector", StringComparison.Ordinal) && line.Contains("2026-03-01", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("CN-CALLS-3 ", StringComparison.Ordinal) && line.Contains(" S ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task the_list_is_json_for_machines()
    {
        var (_, output, _) = await Cli.RunAsync("rules", "--json");
        using var rules = JsonDocument.Parse(output);
        var first = rules.RootElement.EnumerateArray().First();
        Assert.Equal(("CEASE", "common@1", "T", "both"), (first.GetProperty("id").GetString(), first.GetProperty("pack").GetString(), first.GetProperty("status").GetString(), first.GetProperty("binds").GetString()));
        Assert.All(rules.RootElement.EnumerateArray(), rule => Assert.False(rule.TryGetProperty("override", out _)));
    }

    [Fact]
    public async Task a_rule_is_explained_and_an_unknown_one_finds_its_neighbour()
    {
        var shown = await Cli.RunAsync("rules", "show", "US-MA-2IN7");
        Assert.Equal(CommandLine.Done, shown.Exit);
        Assert.Contains("part 2 of 2", shown.Out, StringComparison.Ordinal);
        Assert.Contains("940 CMR 7.04(1)(f)", shown.Out, StringComparison.Ordinal);
        var (exit, output, error) = await Cli.RunAsync("rules", "show", "US-MA-2IN");
        Assert.Equal((CommandLine.BadInput, ""), (exit, output));
        Assert.Contains("US-MA-2IN7", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_messages_may_say_is_listed_explained_and_added_to()
    {
        var (_, listed, _) = await Cli.RunAsync("rules");
        Assert.Contains(listed.Split('\n'), line => line.StartsWith("CONTENT-SHORTENER ", StringComparison.Ordinal) && line.Contains("shorteners", StringComparison.Ordinal));

        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(Path.Combine(directory.Path, "content"));
        Cli.Write(directory, Path.Combine("content", "ours.json"), """
            {"id":"shorteners","title":"Ours","source":"house","asOf":"2026-03-01","status":"T","rule":"CONTENT-SHORTENER","kind":"domains",
             "groups":[{"says":"a shortener we do not want","phrases":["sho.example"]}]}
            """);
        var (exit, shown, _) = await Cli.RunAsync("rules", "show", "content-shortener", "--packs", directory.Path);
        Assert.Equal(CommandLine.Done, exit);
        Assert.Contains("a shortener we do not want: 'sho.example'", shown, StringComparison.Ordinal);
        Assert.Contains("'bit.ly'", shown, StringComparison.Ordinal); // Added to, not replaced.
    }

    [Fact]
    public async Task a_bad_content_list_is_named()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(Path.Combine(directory.Path, "content"));
        Cli.Write(directory, Path.Combine("content", "ours.json"), """{"id":"ours"}""");
        var (exit, output, error) = await Cli.RunAsync("rules", "--packs", directory.Path);

        Assert.Equal((CommandLine.BadInput, ""), (exit, output));
        Assert.Contains(Path.Combine("content", "ours.json"), Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_is_shown_as_json_is_a_pack_file_ready_to_be_changed()
    {
        using var directory = new TemporaryDirectory();
        var shown = await Cli.RunAsync("rules", "show", "CN-CALLS-3", "--json");
        var file = Cli.Write(directory, "mine.json", shown.Out.Replace("\"limit\": 3", "\"limit\": 2", StringComparison.Ordinal));
        var (exit, output, error) = await Cli.RunAsync("rules", "check", file);
        Assert.True(exit == CommandLine.Done, error);
        Assert.Contains("CN@1+lender.1, and loosens nothing", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task every_error_of_a_pack_file_is_listed()
    {
        using var directory = new TemporaryDirectory();
        var file = Cli.Write(directory, "mine.json", Night("07:00:00").Replace("CN@1", "CN@9", StringComparison.Ordinal));
        var (exit, output, error) = await Cli.RunAsync("rules", "check", file);
        Assert.Equal((CommandLine.No, ""), (exit, output));
        var lines = error.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length); // the version it was written against, and the night that ends too early
        Assert.All(lines, line => Assert.StartsWith($"{file}: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task the_gate_judges_by_a_lenders_rules_and_shows_what_was_loosened()
    {
        using var directory = new TemporaryDirectory();
        var cases = Cli.Write(directory, "cases.json", Case);
        Assert.Contains("\"verdict\":\"defer\"", (await Cli.RunAsync("gate", cases)).Out, StringComparison.Ordinal);
        WritePack(directory, Night("06:00:00", more: Override));
        var (exit, output, error) = await Cli.RunAsync("gate", cases, "--packs", directory.Path);
        Assert.True(exit == CommandLine.Done, error);
        Assert.Contains("\"verdict\":\"allow\"", output, StringComparison.Ordinal);
        Assert.Contains("\"overrides\":[\"CN-NIGHT\"]", output, StringComparison.Ordinal);
        Assert.Contains("override by A. Example: pilot", (await Cli.RunAsync("rules", "--packs", directory.Path)).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gate", "CASES", "--packs", "DIR")]
    [InlineData("rules", "--packs", "DIR")]
    [InlineData("rules", "show", "CN-NIGHT", "--packs", "DIR")]
    [InlineData("import", "--data", "DIR", "--loans", "LOANS")]
    [InlineData("replay", "--loans", "LOANS", "--events", "EVENTS", "--policy", "us-creditor", "--until", "2026-03-05", "--out", "OUT", "--packs", "DIR")]
    public async Task a_loosened_rule_without_an_override_is_refused_by_name_in_one_line(params string[] arguments)
    {
        using var directory = new TemporaryDirectory();
        WritePack(directory, Night("06:00:00"));
        var (exit, output, error) = await Cli.RunAsync(Filled(directory, arguments));
        Assert.Equal((CommandLine.BadInput, ""), (exit, output));
        var line = Assert.Single(error.TrimEnd().Split('\n'));
        foreach (var part in new[] { Path.Combine("packs", "cn.json"), "CN-NIGHT", "\"override\"" })
            Assert.Contains(part, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_folder_without_rules_is_bad_usage()
    {
        using var directory = new TemporaryDirectory();
        var (exit, _, error) = await Cli.RunAsync("rules", "--packs", directory.Path);
        Assert.Equal(CommandLine.BadInput, exit);
        Assert.Contains("packs/", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_bad_calendar_is_named_with_its_file()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(Path.Combine(directory.Path, "calendars"));
        Cli.Write(directory, Path.Combine("calendars", "cn.json"), """{"id":"cn","title":"t","source":"s","version":1,"supersedes":"cn@1","years":[{"year":2027,"source":"s","holidays":["2027-02-30"],"workdays":[]}]}""");
        var (exit, _, error) = await Cli.RunAsync("rules", "--packs", directory.Path);
        Assert.Equal(CommandLine.BadInput, exit);
        Assert.Contains(Path.Combine("calendars", "cn.json"), error, StringComparison.Ordinal);
        Assert.Contains("2027-02-30", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_calendar_is_printed_ready_for_the_next_year()
    {
        using var directory = new TemporaryDirectory();
        Assert.Contains("until 2026", Assert.Single((await Cli.RunAsync("rules", "calendar")).Out.Split('\n'), line => line.StartsWith("calendar:cn@1 ", StringComparison.Ordinal)), StringComparison.Ordinal);
        var shown = await Cli.RunAsync("rules", "calendar", "cn");
        Directory.CreateDirectory(Path.Combine(directory.Path, "calendars"));
        // An invented year.
        Cli.Write(directory, Path.Combine("calendars", "cn.json"), shown.Out.Replace("\"years\": [", "\"years\": [ {\"year\":2027,\"source\":\"s\",\"holidays\":[\"2027-01-01\"],\"workdays\":[]},", StringComparison.Ordinal));
        var (exit, output, error) = await Cli.RunAsync("rules", "calendar", "--packs", directory.Path);
        Assert.True(exit == CommandLine.Done, error);
        Assert.Contains("until 2027", Assert.Single(output.Split('\n'), line => line.StartsWith("calendar:cn@1+lender.1 ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(CommandLine.BadInput, (await Cli.RunAsync("rules", "calendar", "mars")).Exit);
    }

    [Fact]
    public async Task a_version_that_was_in_force_is_kept_and_a_changed_one_needs_a_new_number()
    {
        using var directory = new TemporaryDirectory();
        var import = Filled(directory, "import", "--data", "DIR", "--loans", "LOANS");
        WritePack(directory, Night("09:00:00"));
        Assert.Equal(CommandLine.Done, (await Cli.RunAsync(import)).Exit);
        var kept = Path.Combine(directory.Path, "rules-used", "packs", "CN@1+lender.1.json");
        Assert.True(File.Exists(kept));

        WritePack(directory, Night("10:00:00"));
        var (exit, _, error) = await Cli.RunAsync(import);
        Assert.Equal(CommandLine.BadInput, exit);
        Assert.Contains("CN@1+lender.1", error, StringComparison.Ordinal);
        Assert.Contains("raise the \"version\"", error, StringComparison.Ordinal);

        WritePack(directory, Night("10:00:00", version: 2));
        Assert.Equal(CommandLine.Done, (await Cli.RunAsync(import)).Exit);
        Assert.True(File.Exists(kept));
        Assert.True(File.Exists(kept.Replace("lender.1", "lender.2", StringComparison.Ordinal)));
        WritePack(directory, Night("09:00:00")); // Back to the first, unchanged: that is what it was.
        Assert.Equal(CommandLine.Done, (await Cli.RunAsync(import)).Exit);
        Assert.Equal(CommandLine.Done, (await Cli.RunAsync("verify", "--data", directory.Path)).Exit);
    }

    [Fact]
    public async Task a_replay_under_a_lenders_rules_is_verified_by_what_it_kept_beside_its_journal()
    {
        using var directory = new TemporaryDirectory();
        WritePack(directory, Night("06:00:00", more: Override).Replace("\"CN\"", "\"US\"", StringComparison.Ordinal).Replace("CN@1", "US@1", StringComparison.Ordinal).Replace("CN-NIGHT", "OUR-NIGHT", StringComparison.Ordinal));
        var replay = Filled(directory, "replay", "--loans", "LOANS", "--events", "EVENTS", "--policy", "us-creditor", "--from", "2026-02-01", "--until", "2026-04-15", "--out", "OUT", "--packs", "DIR");
        var replayed = await Cli.RunAsync(replay);
        Assert.True(replayed.Exit == CommandLine.Done, replayed.Error);
        var journal = Path.Combine(directory.Path, "out", "journal.ndjson");
        Assert.Contains("US@1+lender.1", await File.ReadAllTextAsync(journal), StringComparison.Ordinal);
        Assert.Contains("\"overrides\":[\"OUR-NIGHT\"]", await File.ReadAllTextAsync(journal), StringComparison.Ordinal);
        var verified = await Cli.RunAsync("verify", "--journal", journal);
        Assert.True(verified.Exit == CommandLine.Done, verified.Error);

        Directory.Delete(Path.Combine(directory.Path, "out", "rules-used"), recursive: true);
        var (exit, _, error) = await Cli.RunAsync("verify", "--journal", journal);
        Assert.Equal(CommandLine.No, exit);
        Assert.Contains("US@1+lender.1, which is not at hand; at hand are US@1", error, StringComparison.Ordinal);
        Assert.Equal(CommandLine.Done, (await Cli.RunAsync("verify", "--journal", journal, "--packs", directory.Path)).Exit);
        Assert.Equal(CommandLine.Done, (await Cli.RunAsync(replay)).Exit); // The same again.
    }

    private static string[] Filled(TemporaryDirectory directory, params string[] arguments)
    {
        var events = """{"id":"evt-1","at":"2026-04-10T09:00:00-05:00","loanId":"L-1","type":"payment.posted","data":{"paymentId":"P-1","amount":1,"currency":"USD"}}""" + "\n";
        return [.. arguments.Select(argument => argument switch
        {
            "DIR" => directory.Path,
            "OUT" => Path.Combine(directory.Path, "out"),
            "CASES" => Cli.Write(directory, "cases.json", Case),
            "LOANS" => Cli.Write(directory, "loans.csv", $"{Cli.Header}\n{Cli.Row}\n"),
            "EVENTS" => Cli.Write(directory, "events.ndjson", events),
            _ => argument,
        })];
    }
}

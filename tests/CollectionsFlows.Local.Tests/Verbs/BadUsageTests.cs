using CollectionsFlows.Local.Tests.Storage;
using CollectionsFlows.Local.Verbs;

namespace CollectionsFlows.Local.Tests.Verbs;

/// <summary>Bad usage is exit code 2 and one line that says what is wrong.</summary>
public sealed class BadUsageTests
{
    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("plan", "--principal")]
    [InlineData("plan --principal many --annual-rate 0.12 --instalments 6 --start 2024-01-01 --first-due 2024-02-01", "many")]
    [InlineData("plan --principal 100 --annual-rate 0.12 --instalments 6 --start 2024-02-30 --first-due 2024-03-01", "2024-02-30")]
    [InlineData("plan --principal 100 --annual-rate 0.12 --instalments 6 --start 2024-01-01 --first-due 2024-02-01 --day-count 28/365", "28/365")]
    [InlineData("plan --principal 100 --annual-rate 0.12 --instalments 6 --start 2024-01-01 --first-due 2024-02-01 --currency XYZ", "XYZ")]
    [InlineData("plan --principal -100 --annual-rate 0.12 --instalments 6 --start 2024-01-01 --first-due 2024-02-01", "")]
    [InlineData("plan --principal 100 --annual-rate 0.12 --instalments 0 --start 2024-01-01 --first-due 2024-02-01", "")]
    [InlineData("policy show nobody", "us-creditor")]
    [InlineData("policy check {dir}/missing.json", "missing.json")]
    [InlineData("gate {dir}/missing.json", "missing.json")]
    [InlineData("import --data {dir}/data --loans {dir}/missing.csv", "missing.csv")]
    [InlineData("import --data {dir}/data", "--loans")]
    [InlineData("replay --loans {dir}/missing.csv --events {dir}/missing.ndjson --policy us-creditor --until 2026-01-01 --out {dir}/out", "missing.csv")]
    [InlineData("replay --loans a --events b --policy us-creditor --until 2026-01-01 --out {dir}/out --store redis", "redis")]
    [InlineData("serve --data {dir}/data --now 2026-01-01T00:00:00Z", "--clock virtual")]
    [InlineData("serve --data {dir}/data --clock virtual --now 2026-01-01", "2026-01-01")]
    [InlineData("serve --data {dir}/data --clock fast", "fast")]
    [InlineData("serve --data {dir}/data --retention-years many", "many")]
    [InlineData("serve --data {dir}/data --retention-years 0", "from 1 to 30")]
    [InlineData("serve --data {dir}/data --retention-years 31", "from 1 to 30")]
    [InlineData("serve --data {dir}/data --retention-years", "--retention-years")]
    [InlineData("plan --principal 100 --annual-rate 0.12 --instalments many --start 2024-01-01 --first-due 2024-02-01", "many")]
    [InlineData("verify", "--data")]
    [InlineData("verify --data a --journal b", "--journal")]
    [InlineData("verify --journal {dir}/missing.ndjson", "missing.ndjson")]
    public async Task bad_usage_is_said_in_one_line(string line, string said)
    {
        using var directory = new TemporaryDirectory();
        var (exit, output, error) = await Cli.RunAsync(line.Replace("{dir}", directory.Path, StringComparison.Ordinal).Split(' '));
        Assert.Equal(CommandLine.BadInput, exit);
        Assert.Empty(output);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }
}

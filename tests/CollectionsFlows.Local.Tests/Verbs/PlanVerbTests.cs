using System.Text.Json;
using CollectionsFlows.Local.Verbs;

namespace CollectionsFlows.Local.Tests.Verbs;

/// <summary>The two checks of domain.md, "Plan maths".</summary>
public sealed class PlanVerbTests
{
    [Fact]
    public async Task ten_thousand_at_twelve_percent_counts_actual_days()
    {
        var rows = await RowsAsync("10000", "act/act", "2023-12-12", "2024-01-12");
        Assert.Equal([1725.56m, 1725.56m, 1725.56m, 1725.56m, 1725.56m, 1725.59m], rows.Select(row => row.Total));
        Assert.Equal(353.39m, rows.Sum(row => row.Interest));
        Assert.Equal(10_000m, rows.Sum(row => row.Principal));
        Assert.Equal(0m, rows[^1].Balance);
        Assert.Equal(["2024-01-12", "2024-02-12", "2024-03-12", "2024-04-12", "2024-05-12", "2024-06-12"], rows.Select(row => row.DueOn));
    }

    [Fact]
    public async Task a_hundred_at_twelve_percent_counts_months_of_thirty_days()
    {
        var rows = await RowsAsync("100", "30/360", "2024-01-01", "2024-02-01");
        Assert.Equal([17.25m, 17.25m, 17.25m, 17.25m, 17.25m, 17.28m], rows.Select(row => row.Total));
        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Select(row => row.Number));
    }

    private static async Task<List<(int Number, string DueOn, decimal Principal, decimal Interest, decimal Total, decimal Balance)>> RowsAsync(
        string principal, string dayCount, string start, string firstDue)
    {
        var (exit, output, error) = await Cli.RunAsync(
            "plan", "--principal", principal, "--annual-rate", "0.12", "--instalments", "6", "--start", start, "--first-due", firstDue, "--day-count", dayCount);
        Assert.True(exit == CommandLine.Done, error);
        using var json = JsonDocument.Parse(output);
        return [.. json.RootElement.EnumerateArray().Select(row => (
            row.GetProperty("number").GetInt32(), row.GetProperty("dueOn").GetString()!, row.GetProperty("principal").GetDecimal(),
            row.GetProperty("interest").GetDecimal(), row.GetProperty("total").GetDecimal(), row.GetProperty("balance").GetDecimal()))];
    }
}

using CollectionsFlows.Local.Tests.Storage;

namespace CollectionsFlows.Local.Tests.Replay;

/// <summary>A replay of 250 real loans ends as the record says.</summary>
public sealed class RealPortfolioTests
{
    [SkippableFact]
    public async Task every_loan_ends_as_it_really_did()
    {
        RealPortfolio.SkipWithoutData();
        using var directory = new TemporaryDirectory();
        await RealPortfolio.ReplayAsync(directory.Path);
        var cases = RealPortfolio.Rows(Path.Combine(directory.Path, "cases.csv")).ToDictionary(row => row["loanId"], StringComparer.Ordinal);
        var dueOn = RealPortfolio.Rows(RealPortfolio.Find("real-loans.csv")!).ToDictionary(row => row["loanId"], row => RealPortfolio.DateOf(row["dueOn"]), StringComparer.Ordinal);
        var payments = RealPortfolio.Payments();
        var expected = RealPortfolio.Rows(RealPortfolio.Find("real-expected.csv")!);
        Assert.Equal(250, expected.Count);
        Assert.Equal(250, cases.Count);
        foreach (var loan in expected)
        {
            var id = loan["loanId"];
            if (loan["outcome"] == "paid-off")
                Paid(cases[id], payments[id], int.Parse(loan["paidDaysAfterDue"], System.Globalization.CultureInfo.InvariantCulture));
            else
                Unpaid(cases[id], RealPortfolio.Until.DayNumber - dueOn[id].DayNumber);
        }
    }

    [SkippableFact]
    public async Task nobody_hears_of_a_collecting_kind_before_the_day_after_their_due_date()
    {
        RealPortfolio.SkipWithoutData();
        using var directory = new TemporaryDirectory();
        await RealPortfolio.ReplayAsync(directory.Path);
        var dueOn = RealPortfolio.Rows(RealPortfolio.Find("real-loans.csv")!).ToDictionary(row => row["loanId"], row => RealPortfolio.DateOf(row["dueOn"]), StringComparer.Ordinal);
        var contacts = RealPortfolio.Rows(Path.Combine(directory.Path, "contacts.csv"));
        Assert.NotEmpty(contacts);
        Assert.All(contacts, contact =>
            Assert.True(
                contact["template"].StartsWith("care-", StringComparison.Ordinal) || RealPortfolio.DateOf(contact["localTime"][..10]) > dueOn[contact["loanId"]],
                $"{contact["template"]} to {contact["loanId"]} at {contact["localTime"]}"));

        // An unpaid loan is written to: silence would pass the check above.
        var unpaid = RealPortfolio.Rows(RealPortfolio.Find("real-expected.csv")!).Where(loan => loan["outcome"] == "unpaid").Select(loan => loan["loanId"]);
        Assert.All(unpaid, id => Assert.Contains(contacts, contact => contact["loanId"] == id && contact["template"] == "friendly-reminder" && contact["verdict"] == "sent"));
    }

    [SkippableTheory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    public async Task two_runs_give_the_same_files(string secondStore)
    {
        RealPortfolio.SkipWithoutData();
        using var first = new TemporaryDirectory();
        using var second = new TemporaryDirectory();
        await RealPortfolio.ReplayAsync(first.Path);
        await RealPortfolio.ReplayAsync(second.Path, store: secondStore);
        foreach (var name in (string[])["cases.csv", "contacts.csv", "journal.ndjson"])
            Assert.True((await File.ReadAllTextAsync(Path.Combine(first.Path, name))) == await File.ReadAllTextAsync(Path.Combine(second.Path, name)), name);
        Assert.Equal(WithoutTime(first.Path), WithoutTime(second.Path));
    }

    private static void Paid(Dictionary<string, string> row, DateTimeOffset paidAt, int daysAfterDue)
    {
        Assert.Equal(("closed", "paid-off"), (row["status"], row["closedReason"]));
        Assert.Equal(paidAt, RealPortfolio.InstantOf(row["closedAt"]));
        Assert.Equal(Math.Max(0, daysAfterDue).ToString(System.Globalization.CultureInfo.InvariantCulture), row["maxDaysPastDue"]);
        Assert.Equal("0.00", row["overdue"]);
    }

    private static void Unpaid(Dictionary<string, string> row, int daysPastDue)
    {
        Assert.Equal(("collecting", ""), (row["status"], row["closedAt"]));
        Assert.Equal(daysPastDue.ToString(System.Globalization.CultureInfo.InvariantCulture), row["daysPastDue"]);
        Assert.Equal(row["daysPastDue"], row["maxDaysPastDue"]);
        // The first step of each stage in us-creditor; nobody is at the 120 days of a charge-off.
        Assert.InRange(daysPastDue, 30, 119);
        Assert.Equal(daysPastDue switch { < 60 => "mid", < 90 => "late", _ => "pre-legal" }, row["stage"]);
        Assert.Equal("0.00", row["paid"]);
    }

    private static string[] WithoutTime(string directory) =>
        [.. File.ReadAllLines(Path.Combine(directory, "summary.json")).Where(line => !line.Contains("\"elapsedSeconds\"", StringComparison.Ordinal))];
}

using static CollectionsFlows.Simulation.Tests.Replay.ReplayFixture;

namespace CollectionsFlows.Simulation.Tests.Replay;

/// <summary>What a replay makes of events: each is applied once, or reported.</summary>
public sealed class ReplayEventsTests : IDisposable
{
    private const int Status = 1;
    private const int DaysPastDue = 4;
    private const int Overdue = 6;
    private const int Paid = 7;
    private const int ClosedAt = 11;

    private readonly ReplayFixture replay = new();

    public void Dispose() => replay.Dispose();

    [Fact]
    public async Task a_payment_in_full_closes_the_case_at_its_instant()
    {
        await replay.RunAsync(replay.March([Loan("A", "B1")], Payment("e1", "A", "2026-03-09T15:00:00-04:00", "p1", "1000.00")));

        var row = replay.CaseOf("A");
        Assert.Equal("closed", row[Status]);
        Assert.Equal("2026-03-09T15:00:00-04:00", row[ClosedAt]);
    }

    [Fact]
    public async Task an_unpaid_loan_is_21_days_past_due_at_the_end_of_march()
    {
        await replay.RunAsync(replay.March([Loan("A", "B1")]));

        var row = replay.CaseOf("A");
        Assert.Equal("21", row[DaysPastDue]); // due on the 10th, looked at on the 31st
        Assert.Equal("1000.00", row[Overdue]);
    }

    [Fact]
    public async Task an_event_repeated_under_its_id_is_applied_once_and_counted()
    {
        var payment = Payment("e1", "A", "2026-03-09T15:00:00-04:00", "p1", "400.00");

        var (summary, _) = await replay.RunAsync(replay.March([Loan("A", "B1")], payment, payment, payment));

        Assert.Equal(2, summary.DuplicateEvents);
        Assert.Equal("400.00", replay.CaseOf("A")[Paid]);
        Assert.Single(replay.FactsOf("A", "payment.posted"));
    }

    [Fact]
    public async Task an_event_after_the_last_local_day_is_reported_and_not_applied()
    {
        // The second one is on 31 March in New York though it is April in UTC.
        var (summary, _) = await replay.RunAsync(replay.March(
            [Loan("A", "B1")],
            Payment("e1", "A", "2026-04-01T00:00:00-04:00", "p1", "100.00"),
            Payment("e2", "A", "2026-03-31T23:59:59-04:00", "p2", "10.00")));

        Assert.Equal(1, summary.EventsAfterEnd);
        Assert.Equal("10.00", replay.CaseOf("A")[Paid]);
    }

    [Fact]
    public async Task events_of_loans_that_are_not_there_are_reported()
    {
        var (summary, contents) = await replay.RunAsync(replay.March(
            [Loan("A", "B1")],
            Payment("e1", "Z", "2026-03-02T12:00:00-05:00", "p1", "1.00"),
            Payment("e2", "Z", "2026-03-03T12:00:00-05:00", "p2", "1.00"),
            Payment("e3", "Y", "2026-03-04T12:00:00-05:00", "p3", "1.00")));

        Assert.Equal(3, summary.UnmatchedEvents);
        Assert.Equal("0.00", replay.CaseOf("A")[Paid]);
        Assert.All(contents, content => Assert.DoesNotContain("\"loanId\":\"Z\"", content));
    }

    [Fact]
    public async Task an_event_from_before_the_first_day_happens_when_the_loan_is_enrolled()
    {
        await replay.RunAsync(replay.March([Loan("A", "B1")], Payment("e1", "A", "2026-02-01T12:00:00-05:00", "p1", "250.00")));

        Assert.Equal("250.00", replay.CaseOf("A")[Paid]);
        var fact = Assert.Single(replay.FactsOf("A", "payment.posted"));
        Assert.Contains("\"at\":\"2026-03-01T05:00:00", fact); // midnight in New York
    }

    [Fact]
    public async Task a_borrower_with_loans_in_two_zones_has_each_loans_own_days()
    {
        var loans = new[] { Loan("East", "B1"), Loan("West", "B1", "America/Los_Angeles") };

        await replay.RunAsync(replay.March(loans));

        // Both are past due from 11 March on; midnight comes to Los Angeles three hours after New York.
        Assert.Contains("\"at\":\"2026-03-11T04:00:00", Assert.Single(replay.FactsOf("East", "delinquency.began")));
        Assert.Contains("\"at\":\"2026-03-11T07:00:00", Assert.Single(replay.FactsOf("West", "delinquency.began")));
        Assert.Equal("21", replay.CaseOf("East")[DaysPastDue]);
        Assert.Equal("21", replay.CaseOf("West")[DaysPastDue]);
    }

    [Fact]
    public async Task the_order_of_lines_in_the_file_does_not_matter()
    {
        string[] lines =
        [
            Payment("e1", "A", "2026-03-05T12:00:00-05:00", "p1", "100.00"),
            Payment("e2", "B", "2026-03-06T12:00:00-05:00", "p2", "1000.00"),
            Payment("e3", "A", "2026-03-20T12:00:00-04:00", "p3", "900.00"),
        ];
        var loans = new[] { Loan("A", "B1"), Loan("B", "B2") };

        var (_, forward) = await replay.RunAsync(replay.March(loans, lines));
        var (_, backward) = await replay.RunAsync(replay.March(loans, [.. lines.Reverse()]));

        Assert.Equal(forward, backward);
    }
}

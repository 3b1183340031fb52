using System.Text.Json;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Simulation.Portfolio;

namespace CollectionsFlows.Simulation.Tests.Portfolio;

public class DemoPortfolioTests
{
    private static readonly DemoPortfolio Demo = DemoPortfolio.Create();
    private static readonly DemoPortfolio Many = DemoPortfolio.Create(3, new PortfolioOptions { Loans = 3_000 }, 6);

    [Fact]
    public void the_demo_is_500_loans_and_six_months_from_5_january_2026()
    {
        Assert.Equal(500, Demo.Loans.Count);
        Assert.Equal(new DateOnly(2026, 1, 5), Demo.From);
        Assert.Equal(new DateOnly(2026, 7, 4), Demo.Until);
    }

    [Fact]
    public void files_are_the_same_to_the_byte_for_the_same_seed()
    {
        Assert.Equal(Files(DemoPortfolio.Create(1)), Files(Demo));
        Assert.NotEqual(Files(DemoPortfolio.Create(2)).Events, Files(Demo).Events);
        Assert.NotEqual(Files(DemoPortfolio.Create(2)).Loans, Files(Demo).Loans);
    }

    [Fact]
    public void the_loans_file_imports_whole() => Assert.Empty(LoansFile.ReadText(Files(Demo).Loans).Errors);

    [Fact]
    public void events_are_in_order_of_time_unique_and_of_known_loans()
    {
        Assert.Equal(Demo.Events.Select(happened => happened.At.UtcDateTime).Order(), Demo.Events.Select(happened => happened.At.UtcDateTime));
        Assert.Equal(Demo.Events.Count, Demo.Events.Select(happened => happened.Id).Distinct().Count());
        Assert.Subset(Demo.Loans.Select(loan => loan.Terms.LoanId).ToHashSet(), Demo.Events.Select(happened => happened.LoanId).ToHashSet());
    }

    [Fact]
    public void every_line_is_a_contract_event_with_its_id_time_loan_type_and_data()
    {
        var lines = Files(Demo).Events.TrimEnd('\n').Split('\n');

        Assert.Equal(Demo.Events.Count, lines.Length);
        Assert.All(lines.Zip(Demo.Events), pair =>
        {
            using var line = JsonDocument.Parse(pair.First);
            Assert.Equal(["id", "at", "loanId", "type", "data"], line.RootElement.EnumerateObject().Select(property => property.Name));
            Assert.Equal(pair.Second.Id, line.RootElement.GetProperty("id").GetString());
            Assert.Equal(pair.Second.At, line.RootElement.GetProperty("at").GetDateTimeOffset());
            Assert.Equal(pair.Second.LoanId, line.RootElement.GetProperty("loanId").GetString());
            Assert.Equal(pair.Second.Type, line.RootElement.GetProperty("type").GetString());
        });
    }

    [Fact]
    public void every_event_is_read_by_the_reader_of_events_without_an_error() => Assert.All(Many.Events, happened =>
    {
        var read = EventReader.Read(happened.ToJsonElement(), null, out var errors);
        Assert.Empty(errors);
        Assert.Equal((happened.Id, happened.At, happened.LoanId, happened.Type), (read!.Id, read.At, read.LoanId, read.Type));
    });

    [Fact]
    public void some_borrowers_of_either_language_ask_for_silence_and_no_other_answer_is_taken_for_that()
    {
        var replies = Many.Events.Where(happened => happened.Type == "reply.received")
            .Select(happened => EventReader.Read(happened.ToJsonElement(), null, out _)!.Borrower!)
            .DistinctBy(effect => effect.Text).ToDictionary(effect => effect.Text!, effect => effect.OptsOut, StringComparer.Ordinal);

        Assert.Equal(["STOP", "退订"], replies.Where(reply => reply.Value).Select(reply => reply.Key).Order(StringComparer.Ordinal));
        Assert.True(replies.Count > 6);
    }

    [Fact]
    public void every_path_can_be_seen()
    {
        var types = Many.Events.Select(happened => happened.Type).ToHashSet();

        Assert.Equal(
            [
                "complaint.advanced", "complaint.raised", "dispute.raised", "dispute.resolved", "hardship.declared", "payment.posted",
                "payment.reversed", "plan.accepted", "promise.made", "reply.received",
            ],
            types.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void promises_fall_due_after_they_are_made_and_within_the_shortest_time_a_policy_allows() =>
        Assert.All(Demo.Events.Where(happened => happened.Type == "promise.made"), happened =>
        {
            var data = happened.ToJsonElement().GetProperty("data");
            var dueOn = DateOnly.ParseExact(data.GetProperty("dueOn").GetString()!, "yyyy-MM-dd");
            Assert.InRange(dueOn.DayNumber - DateOnly.FromDateTime(happened.At.DateTime).DayNumber, 1, 14);
            Assert.True(data.GetProperty("amount").GetDecimal() > 0m);
        });

    [Fact]
    public void plans_have_dates_in_order_after_the_acceptance_and_positive_amounts()
    {
        var plans = Many.Events.Where(happened => happened.Type == "plan.accepted").ToList();

        Assert.NotEmpty(plans);
        Assert.All(plans, happened =>
        {
            var instalments = happened.ToJsonElement().GetProperty("data").GetProperty("instalments").EnumerateArray().ToList();
            var dates = instalments.Select(instalment => DateOnly.ParseExact(instalment.GetProperty("dueOn").GetString()!, "yyyy-MM-dd")).ToList();
            Assert.Equal(dates.Distinct().Order(), dates);
            Assert.True(dates[0] > DateOnly.FromDateTime(happened.At.DateTime));
            Assert.All(instalments, instalment => Assert.True(instalment.GetProperty("amount").GetDecimal() > 0m));
        });
    }

    [Fact]
    public void a_window_of_no_months_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => DemoPortfolio.Create(1, months: 0));

    private static (string Loans, string Events) Files(DemoPortfolio portfolio)
    {
        using var loans = new StringWriter();
        using var events = new StringWriter();
        portfolio.WriteLoans(loans);
        portfolio.WriteEvents(events);
        return (loans.ToString(), events.ToString());
    }
}

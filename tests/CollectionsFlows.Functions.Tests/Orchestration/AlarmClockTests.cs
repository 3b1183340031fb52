using System.Globalization;
using System.Text.Json;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Functions.Orchestration;
using CollectionsFlows.Simulation.Tests.Stores;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>What a clock does after a step: run what is due, sleep, or end.</summary>
public sealed class AlarmClockTests
{
    private static readonly DateTimeOffset Now = At("2026-03-20T12:00:00Z");
    private static readonly PolicyCatalogue Policies = PolicyCatalogue.Shipped();

    private static readonly Delinquency Behind = new(1, new DateOnly(2026, 3, 15), Now.AddDays(-4), new Dictionary<string, StepProgress>());

    [Fact]
    public void the_clock_of_an_unknown_loan_ends() => Assert.Equal(AlarmAction.Rest, AlarmClock.After(null, Policies, Now).Action);

    [Fact]
    public void each_kind_of_command_has_its_activity_and_only_those_due_run_in_their_order()
    {
        var state = Case() with
        {
            Delinquency = Behind,
            Commands =
            [
                Waiting(new CaseCommand.WriteOff("L-1:5", "L-1:4")),
                Waiting(Message("L-1:6"), notBefore: Now.AddTicks(1)),
                Waiting(Message("L-1:7"), attempt: 3, notBefore: Now),
                Waiting(new CaseCommand.ReferToLegal("L-1:8", "L-1:3")),
            ],
        };

        var wake = After(state, Now.AddDays(1));

        Assert.Equal(AlarmAction.Run, wake.Action);
        Assert.Equal(
            [
                new CommandCall("WriteOff", "L-1", "L-1:5", 1),
                new CommandCall("SendNotification", "L-1", "L-1:7", 3),
                new CommandCall("ReferToLegal", "L-1", "L-1:8", 1),
            ],
            wake.Commands);
    }

    [Fact]
    public void commands_that_wait_for_their_time_let_the_clock_sleep()
    {
        var wake = After(Case() with { Delinquency = Behind, Commands = [Waiting(Message("L-1:6"), notBefore: Now.AddHours(2))] }, Now.AddHours(2));

        Assert.Equal((AlarmAction.Sleep, Now.AddHours(2)), (wake.Action, wake.WakeAt));
        Assert.Empty(wake.Commands);
    }

    [Fact]
    public void a_loan_that_is_only_watched_has_a_clock_for_its_last_three_days_only()
    {
        Assert.Equal(AlarmAction.Sleep, After(Case(), Now.AddDays(3)).Action);
        Assert.Equal(AlarmAction.Rest, After(Case(), Now.AddDays(3).AddTicks(1)).Action);
        Assert.Equal(AlarmAction.Sleep, After(Case(), Now.AddMinutes(-1)).Action); // Overdue already: the timer fires at once.
        Assert.Equal(AlarmAction.Rest, After(Case(), null).Action);
    }

    [Fact]
    public void a_case_somebody_works_on_keeps_its_clock_however_long_it_sleeps()
    {
        CaseState[] live =
        [
            Case() with { Delinquency = Behind },
            Case() with { Delinquency = Behind, Promises = [new PromiseToPay("PR-1", 50m, new DateOnly(2026, 4, 30), Now, PromiseStatus.Active, null)] },
            Case() with { Tracks = [new ActiveTrack(ExceptionTrack.Dispute, "D-1", new DateOnly(2026, 3, 1), null, null)] },
            Case() with { ReferredToLegalAt = Now },
            Case() with { Plan = new PaymentPlan("PL-1", [new PlanInstalment(new DateOnly(2026, 9, 1), 100m)], "written", Now, 0, 0, 0, new DateOnly(2026, 3, 20)) },
            Case() with { WrittenOffOn = new DateOnly(2026, 3, 20) },
        ];

        Assert.Equal(
            [CaseStatus.Collecting, CaseStatus.Promised, CaseStatus.Held, CaseStatus.Legal, CaseStatus.OnPlan, CaseStatus.WrittenOff],
            live.Select(state => state.Status));
        Assert.All(live, state => Assert.Equal(AlarmAction.Sleep, After(state, Now.AddDays(90)).Action));
        Assert.All(live, state => Assert.Equal(AlarmAction.Sleep, After(state, null).Action)); // Only a doorbell wakes it.
    }

    [Fact]
    public void a_closed_case_needs_no_clock_unless_it_has_still_something_to_do()
    {
        var closed = Case() with { ClosedReason = ClosedReason.PaidOff, ClosedAt = Now };

        Assert.Equal(AlarmAction.Rest, After(closed, null).Action);
        Assert.Equal(AlarmAction.Sleep, After(closed, Now.AddDays(30)).Action);
        Assert.Equal(AlarmAction.Run, After(closed with { Commands = [Waiting(Message("L-1:9"))] }, null).Action);
    }

    [Theory] // Due on 15 March. New York goes over to summer time on 8 March 2026 at 2:00: midnight is at 5:00, then at 4:00 UTC.
    [InlineData("2026-03-16T03:59:59Z", 0)]
    [InlineData("2026-03-16T04:00:00Z", 1)]
    [InlineData("2026-03-17T03:59:59Z", 1)]
    [InlineData("2026-03-17T04:00:00Z", 2)]
    [InlineData("2026-11-01T03:59:59Z", 230)] // 31 October: 16 days of March, then 30 + 31 + 30 + 31 + 31 + 30 + 31.
    [InlineData("2026-11-01T04:00:00Z", 231)]
    [InlineData("2026-11-02T04:59:59Z", 231)] // Winter time again: a day of 25 hours.
    [InlineData("2026-11-02T05:00:00Z", 232)]
    public void days_past_due_are_the_borrowers_dates(string now, int days) =>
        Assert.Equal(days, AlarmClock.After(new(Case() with { Delinquency = Behind }, null, []), Policies, At(now)).Status!.DaysPastDue);

    [Fact]
    public void with_two_plausible_zones_no_day_counts_before_it_has_ended_in_both()
    {
        var twoZones = Case() with { Delinquency = Behind };
        twoZones = twoZones with { Terms = twoZones.Terms with { TimeZones = ["America/New_York", "America/Los_Angeles"] } };

        Assert.Equal(0, AlarmClock.After(new(twoZones, null, []), Policies, At("2026-03-16T06:59:59Z")).Status!.DaysPastDue);
        Assert.Equal(1, AlarmClock.After(new(twoZones, null, []), Policies, At("2026-03-16T07:00:00Z")).Status!.DaysPastDue);
    }

    [Fact]
    public void what_the_engine_shows_is_small_and_says_where_the_case_stands()
    {
        var state = StoreSamples.FullState("L-1") with { Terms = Case().Terms, Policy = Case().Policy, Stage = new string('s', 5000), Commands = [] };

        var status = AlarmClock.After(new(state, Now.AddDays(1), []), Policies, Now).Status!;
        var json = JsonSerializer.SerializeToUtf8Bytes(status);

        Assert.InRange(json.Length, 1, 1024);
        Assert.Equal((CaseStatusWord(state), Now.AddDays(1)), (status.Status, status.WakeAt));
        Assert.StartsWith("sss", status.Stage, StringComparison.Ordinal);
    }

    [Fact]
    public void neither_status_nor_calls_say_who_or_what() // S25
    {
        var state = Case() with
        {
            Delinquency = Behind,
            Commands = [Waiting(Message("L-1:6"))],
            Tasks = [new OpenTask("L-1:30", "call", "agents", Now, Now, WorkOrigin.Track, "words of somebody", 3m)],
        };

        var json = JsonSerializer.Serialize(After(state, Now));

        Assert.DoesNotContain("B-1", json, StringComparison.Ordinal);
        Assert.DoesNotContain("words", json, StringComparison.Ordinal);
        Assert.DoesNotContain("reminder", json, StringComparison.Ordinal);
    }

    private static string CaseStatusWord(CaseState state) => Core.Json.KebabCase.Of(state.Status);

    private static CaseWake After(CaseState state, DateTimeOffset? nextWake) => AlarmClock.After(new AdvancedCase(state, nextWake, []), Policies, Now);

    private static CaseState Case() => StoreSamples.State("L-1") with { Policy = Shipped("us-creditor") };

    private static PolicyReference Shipped(string name) => Policies.Find(name) is { Policy: { } policy } ? new PolicyReference(policy.Name, policy.Version) : throw new InvalidOperationException(name);

    private static CaseCommand.SendNotification Message(string id) => new(id, "remind", "overdue-reminder", Purpose.Collect, [Channel.Sms]);

    private static PendingCommand Waiting(CaseCommand command, int attempt = 1, DateTimeOffset? notBefore = null) => new(command, attempt, notBefore);

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}

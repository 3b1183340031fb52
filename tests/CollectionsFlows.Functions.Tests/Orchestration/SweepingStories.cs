using System.Globalization;
using System.Text;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Functions.Orchestration;
using CollectionsFlows.Functions.Tests.Conformance;
using CollectionsFlows.Local.Tests.Kills;
using CollectionsFlows.Simulation.Time;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>The sweeper with real clocks: who gets one, who is rung, who is left to its own timer.</summary>
public sealed class SweepingStories
{
    private static readonly DateTimeOffset Start = At("2026-02-20T10:00:00-05:00");

    [Fact]
    public async Task a_loan_that_is_watched_gets_its_clock_two_minutes_before_it_wakes()
    {
        await using var house = await DurableHouse.StartAsync(Start, DurableHostConformanceTests.InMemory);
        await ImportAsync(house, ("L-1", "2026-09-01"));
        await house.SettleAsync();
        var wake = (await house.Cases.NextWakeAsync())!.Value;
        Assert.True(wake > Start.AddDays(30));
        Assert.True(await HasEndedAsync(house, "L-1"));

        house.Time.MoveTo(wake - CaseSweeper.Lead - TimeSpan.FromSeconds(1));
        Assert.Equal(new SweepReport(0, 0, 0, 0), await house.Sweeper.SweepAsync());

        house.Time.MoveTo(wake - CaseSweeper.Lead);
        Assert.Equal(new SweepReport(0, 1, 0, 0), await house.Sweeper.SweepAsync());
        Assert.Equal(new SweepReport(0, 0, 0, 0), await house.Sweeper.SweepAsync());

        house.Time.MoveTo(wake);
        await UntilAsync(async () => await house.Cases.NextWakeAsync() > wake);
    }

    [Fact]
    public async Task a_clock_that_only_sleeps_is_left_alone_until_the_grace_is_over()
    {
        await using var house = await DurableHouse.StartAsync(Start, DurableHostConformanceTests.InMemory, change: services => services.AddSingleton<TimerClock, Deaf>());
        await ImportAsync(house, ("L-1", "2026-02-10"));
        await house.SettleAsync();
        await UntilAsync(async () => await StateAsync(house, "L-1") == OrchestrationRuntimeStatus.Running);
        var wake = (await house.Cases.NextWakeAsync())!.Value;

        house.Time.MoveTo(wake + CaseSweeper.Grace - TimeSpan.FromSeconds(1));
        Assert.Equal(new SweepReport(0, 0, 0, 0), await house.Sweeper.SweepAsync());
        Assert.Equal(wake, await house.Cases.NextWakeAsync());

        house.Time.MoveTo(wake + CaseSweeper.Grace);
        Assert.Equal(new SweepReport(1, 0, 0, 0), await house.Sweeper.SweepAsync());
        await UntilAsync(async () => await house.Cases.NextWakeAsync() > wake);
    }

    [Fact]
    public async Task a_clock_that_does_not_hear_its_rings_is_replaced_after_a_quarter_of_an_hour()
    {
        await using var house = await DurableHouse.StartAsync(Start, DurableHostConformanceTests.InMemory, change: services => services.AddSingleton<TimerClock, Deaf>());
        await ImportAsync(house, ("L-1", "2026-02-10"));
        await house.SettleAsync();
        await UntilAsync(async () => await StateAsync(house, "L-1") == OrchestrationRuntimeStatus.Running);
        await house.Engine.Client.SuspendInstanceAsync(InstanceIds.Of("L-1")); // It takes rings, and does nothing.
        await UntilAsync(async () => await StateAsync(house, "L-1") == OrchestrationRuntimeStatus.Suspended);
        var wake = (await house.Cases.NextWakeAsync())!.Value;
        var wall = new VirtualTime(TimeProvider.System.GetUtcNow().AddHours(1)); // As after an outage: long late, and not yet rung.
        var sweeper = new CaseSweeper(house.Cases, house.Services.GetRequiredService<CaseClocks>(), house.Time) { WallClock = wall };

        house.Time.MoveTo(wake.AddHours(2));
        Assert.Equal(new SweepReport(1, 0, 0, 0), await sweeper.SweepAsync());
        wall.MoveTo(wall.GetUtcNow() + CaseSweeper.DeafAfter);
        Assert.Equal(new SweepReport(1, 0, 0, 0), await sweeper.SweepAsync());
        wall.MoveTo(wall.GetUtcNow().AddSeconds(1));
        Assert.Equal(new SweepReport(0, 0, 1, 0), await sweeper.SweepAsync());
        await UntilAsync(async () => await house.Cases.NextWakeAsync() > wake);
    }

    [Fact]
    public async Task a_suspended_clock_is_left_alone_until_its_own_timer_must_have_been_lost()
    {
        await using var house = await DurableHouse.StartAsync(Start, DurableHostConformanceTests.InMemory, change: services => services.AddSingleton<TimerClock, Deaf>());
        await ImportAsync(house, ("L-1", "2026-02-10"));
        await house.SettleAsync();
        await house.StartEngineAsync(_ => Sidecar.InMemoryAsync(tasks => tasks.AddOrchestratorFunc<CaseAlarm>(nameof(LoanCaseOrchestrator), (context, _) =>
        {
            context.SetCustomStatus(new AlarmStatus(AlarmStatus.Suspended, null, 0, null, null));
            return context.WaitForExternalEvent<object?>("never");
        })));
        var clocks = house.Services.GetRequiredService<CaseClocks>();
        await clocks.StartAsync("L-1");
        await UntilAsync(async () => await clocks.FindAsync("L-1") is { } clock && CaseClocks.IsSuspended(clock));
        var wall = new VirtualTime(TimeProvider.System.GetUtcNow());
        var sweeper = new CaseSweeper(house.Cases, clocks, house.Time) { WallClock = wall };

        house.Time.MoveTo((await house.Cases.NextWakeAsync())!.Value.AddHours(2));
        Assert.Equal(new SweepReport(0, 0, 0, 1), await sweeper.SweepAsync());
        wall.MoveTo(wall.GetUtcNow() + LoanCaseOrchestrator.Pause + CaseSweeper.DeafAfter + TimeSpan.FromMinutes(1));
        Assert.Equal(new SweepReport(1, 0, 0, 0), await sweeper.SweepAsync());
    }

    [Fact]
    public async Task a_late_case_whose_clock_somebody_ended_is_given_another()
    {
        await using var house = await DurableHouse.StartAsync(Start, DurableHostConformanceTests.InMemory, change: services => services.AddSingleton<TimerClock, Deaf>());
        await ImportAsync(house, ("L-1", "2026-02-10"));
        await house.SettleAsync();
        await house.Engine.Client.TerminateInstanceAsync(InstanceIds.Of("L-1"));
        await UntilAsync(() => HasEndedAsync(house, "L-1"));
        var wake = (await house.Cases.NextWakeAsync())!.Value;

        house.Time.MoveTo(wake + CaseSweeper.Grace);
        Assert.Equal(new SweepReport(0, 1, 0, 0), await house.Sweeper.SweepAsync());
        await UntilAsync(async () => await house.Cases.NextWakeAsync() > wake);
    }

    [Fact]
    public async Task when_the_engine_has_lost_everything_exactly_the_cases_that_need_a_clock_get_one()
    {
        await using var house = await DurableHouse.StartAsync(Start, DurableHostConformanceTests.InMemory);
        // Overdue; a reminder in two days (three before the due date); one in months; one that is paid at once.
        await ImportAsync(house, ("L-overdue", "2026-02-10"), ("L-near", "2026-02-25"), ("L-far", "2026-09-01"), ("L-paid", "2026-03-15"));
        await PayAsync(house, "L-paid");
        await house.SettleAsync();
        await house.StartEngineAsync(tasks => Sidecar.InMemoryAsync(tasks));

        Assert.Equal((4, 2), await house.Sweeper.RehydrateAsync());
        Assert.Equal((4, 0), await house.Sweeper.RehydrateAsync());

        Assert.NotNull(await StateAsync(house, "L-overdue"));
        Assert.NotNull(await StateAsync(house, "L-near"));
        Assert.Null(await StateAsync(house, "L-far"));
        Assert.Null(await StateAsync(house, "L-paid"));
    }

    private static async Task ImportAsync(DurableHouse house, params (string LoanId, string DueOn)[] loans)
    {
        var file = new StringBuilder("loanId,borrowerId,name,phone,email,language,jurisdiction,timeZone,product,creditorRole,currency,penaltyAnnualRate,instalmentNumber,dueOn,principalDue,interestDue,feesDue\n");
        foreach (var (loanId, dueOn) in loans)
            file.Append(CultureInfo.InvariantCulture, $"{loanId},B-{loanId},Ann Example,+12125550101,,en-US,US,America/New_York,loan,creditor,USD,0,1,{dueOn},300,0,0\n");
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(file.ToString()));
        var outcome = await house.Services.GetRequiredService<IPortfolioImport>().ImportAsync(content, PortfolioFormat.Csv, "us-creditor", partial: false);
        Assert.Equal((loans.Length, 0), (outcome.Enrolled, outcome.Errors.Count));
    }

    private static async Task PayAsync(DurableHouse house, string loanId)
    {
        using var client = new HttpClient { BaseAddress = house.Address };
        using var request = Stimulus.Webhook(
            $"evt-{loanId}", $$$"""{"loanId":"{{{loanId}}}","type":"payment.posted","at":"2026-02-20T10:00:00-05:00","data":{"paymentId":"P-1","amount":300,"currency":"USD"}}""").ToRequest(house.WebhookSecret);
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<OrchestrationRuntimeStatus?> StateAsync(DurableHouse house, string loanId) =>
        (await house.Engine.Client.GetInstanceAsync(InstanceIds.Of(loanId)))?.RuntimeStatus;

    private static async Task<bool> HasEndedAsync(DurableHouse house, string loanId)
    {
        for (var look = 0; look < 250; look++)
        {
            if (await house.Engine.Client.GetInstanceAsync(InstanceIds.Of(loanId)) is { IsCompleted: true })
                return true;
            await Task.Delay(20);
        }

        return false;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var look = 0; look < 500; look++)
        {
            if (await holds())
                return;
            await Task.Delay(20);
        }

        Assert.Fail("it did not come about within ten seconds");
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    /// <summary>A durable timer that does not fire as long as anybody looks.</summary>
    private sealed class Deaf : TimerClock
    {
        public override DateTimeOffset InstantOf(DateTimeOffset wake) => TimeProvider.System.GetUtcNow().AddHours(1);
    }
}

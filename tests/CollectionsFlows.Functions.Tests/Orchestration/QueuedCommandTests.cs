using System.Net;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Functions.Orchestration;
using CollectionsFlows.Functions.Tests.Conformance;
using CollectionsFlows.Local.Tests.Kills;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>Between a decision and its effect lies the engine's queue, which may be long: what came meanwhile is decided on first.</summary>
public class QueuedCommandTests
{
    private static readonly DateTimeOffset Reminder = new(2026, 3, 3, 15, 0, 0, TimeSpan.Zero); // DPD 1 at 10:00 in New York.

    [Fact]
    public async Task a_payment_that_arrives_while_a_reminder_is_queued_stops_it()
    {
        await using var house = await QuietHouseAsync();
        var call = await ReminderAsync(house);
        house.Time.MoveTo(Reminder.AddMinutes(20));
        await Stories.SendAsync(
            house, Stimulus.Webhook("evt-1", """{"loanId":"L-1","type":"payment.posted","at":"2026-03-03T15:20:00Z","data":{"paymentId":"P-1","amount":300,"currency":"USD"}}"""), HttpStatusCode.Accepted);
        house.Time.MoveTo(Reminder.AddMinutes(70));

        await house.Services.GetRequiredService<CaseActivities>().SendNotificationAsync(call, default);
        var step = (await house.Services.GetRequiredService<CaseEngine>().AdvanceAsync("L-1"))!;

        Assert.Contains(step.NewFacts, fact => fact.Fact is CaseFact.DelinquencyCured);
        Assert.Contains(step.NewFacts, fact => fact.Fact is CaseFact.NotificationWithdrawn);
        Assert.DoesNotContain(await MessagesAsync(house), message => message.Template == "friendly-reminder");
    }

    [Fact]
    public async Task the_result_of_another_command_is_no_news_and_a_reminder_goes_out_once_however_often_it_is_asked_for()
    {
        await using var house = await QuietHouseAsync();
        var call = await ReminderAsync(house);

        var activities = house.Services.GetRequiredService<CaseActivities>();
        await activities.SendNotificationAsync(call, default);
        await activities.SendNotificationAsync(call, default); // Its own result waits in the inbox now.
        await house.Services.GetRequiredService<CaseEngine>().AdvanceAsync("L-1");
        await activities.SendNotificationAsync(call, default);

        Assert.Single(await MessagesAsync(house), message => message.Template == "friendly-reminder");
    }

    /// <summary>A host whose clocks are never rung: the test does by hand what the engine would.</summary>
    private static async Task<DurableHouse> QuietHouseAsync()
    {
        var house = await DurableHouse.StartAsync(
            new DateTimeOffset(2026, 3, 1, 15, 0, 0, TimeSpan.Zero), DurableHostConformanceTests.InMemory, change: services => services.AddSingleton<IDoorbell, SilentDoorbell>());
        await Stories.ImportAsync(house, "L-1", ("2026-03-02", 300), ("2026-09-01", 300));
        return house;
    }

    private static async Task<CommandCall> ReminderAsync(DurableHouse house)
    {
        var activities = house.Services.GetRequiredService<CaseActivities>();
        await activities.AdvanceAsync("L-1", default);
        house.Time.MoveTo(Reminder);
        return Assert.Single((await activities.AdvanceAsync("L-1", default)).Commands);
    }

    private static ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(DurableHouse house) =>
        house.Services.GetRequiredService<IBorrowerStore>().MessagesAsync("B-L-1", null);
}

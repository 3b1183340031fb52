using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Application.Tests.Commands;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Tests.Telemetry;

/// <summary>What the engine tells of itself; each value is counted by hand.</summary>
[Collection(TelemetryAlone.Name)]
public sealed class EngineTelemetryTests
{
    private readonly SendingCase it = new();

    [Fact]
    public async Task a_step_says_how_long_it_took_by_the_time_provider_s_own_stopwatch()
    {
        await it.EnrolWithPhoneAsync();
        using var listening = new Listening();
        var engine = new CaseEngine(it.Office.Store, it.Office.Policies, new Ticking(it.Office.Time));
        await engine.AdvanceAsync("L-1");
        await engine.AdvanceAsync("L-none");

        Assert.Equal(
            ["0.25 collections.step.outcome=quiet", "0.25 collections.step.outcome=unknown-loan"], listening.Of("collections.case.step.duration"));
        Assert.All(listening.Measurements, each => Assert.Equal("s", each.Unit));
        Assert.Equal(["L-1", "L-none"], listening.Activities.Select(each => each.GetTagItem("collections.loan.id")));
    }

    [Fact]
    public async Task a_step_that_breaks_tells_the_error_s_type_and_the_error_is_the_same_to_the_caller()
    {
        await it.EnrolWithPhoneAsync();
        using var listening = new Listening();
        var engine = new CaseEngine(it.Office.Store, new NoPolicies(), new Ticking(it.Office.Time));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await engine.AdvanceAsync("L-1"));

        Assert.Equal(["0.25 collections.step.outcome=failed error.type=InvalidOperationException"], listening.Of("collections.case.step.duration"));
        Assert.DoesNotContain("broken by this test", listening.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_event_that_lay_ninety_seconds_in_the_inbox_lagged_ninety_seconds()
    {
        await it.EnrolWithPhoneAsync();
        var paid = new CaseInput("p-1", it.Office.Time.GetUtcNow(), new CaseEvent.PaymentPosted("p-1", 10m, Currency.Parse("USD"), "card", null));
        await it.Office.Store.PutAsync(new InboxItem("L-1", paid, it.Office.Time.GetUtcNow(), "body"));
        it.Office.Time.MoveTo(it.Office.Time.GetUtcNow().AddSeconds(90));
        using var listening = new Listening();
        await it.Office.RunAsync("L-1");
        await it.Office.RunAsync("L-1");

        Assert.Equal(["90 collections.event.type=payment.posted"], listening.Of("collections.inbox.lag"));
    }

    [Fact]
    public async Task a_case_woken_five_minutes_after_its_time_was_three_hundred_seconds_late()
    {
        await it.EnrolWithPhoneAsync();
        var wake = (await it.Office.Store.LoadAsync("L-1")).NextWake!.Value;
        it.Office.Time.MoveTo(wake.AddMinutes(5));
        using var listening = new Listening();
        await it.Office.RunAsync("L-1");

        Assert.Equal(["300"], listening.Of("collections.case.wake.lateness"));
    }

    [Fact]
    public async Task contacts_count_once_each_by_verdict_and_rule_and_commands_by_kind_and_outcome()
    {
        var state = await it.EnrolWithPhoneAsync();
        using var listening = new Listening();
        foreach (var (command, attempt) in new[] { (SendingCase.Message(), 1), (SendingCase.Message("L-1:10"), 1) })
        {
            await it.Office.Commands.RunAsync(state, command with { Attempt = attempt });
        }

        Assert.Equal(
            ["1 collections.command.kind=send-notification collections.command.outcome=sent", "1 collections.command.kind=send-notification collections.command.outcome=sent"],
            listening.Of("collections.commands"));
        Assert.Empty(listening.Of("collections.contacts")); // What counts is what is on record.
    }

    [Fact]
    public async Task a_message_deferred_to_nine_in_the_morning_and_sent_then_counts_as_one_deferral_by_its_rule_and_one_contact()
    {
        await it.EnrolWithPhoneAsync();
        await it.Office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"hello?"}""");
        await it.Office.UntilAsync("L-1", "2026-03-05T05:00:00Z"); // 23:00 in Chicago on the 4th
        using var listening = new Listening();
        var words = "Example Lending here: 105 is open on L-1. Pay: https://pay.example.test/loan/L-1 Help: 400-555-0100. Reply STOP to opt out.";
        Assert.Equal(InboxResult.Stored, (await it.Office.Desk.SendAsync("L-1", "m-1", new WrittenMessage(Channel.Sms, Purpose.Care, words, null, "note"), "agent one"))!.Result);
        await it.Office.RunAsync("L-1");
        await it.Office.UntilAsync("L-1", "2026-03-05T18:00:00Z"); // noon there

        Assert.Equal(
            ["1 collections.contact.verdict=deferred collections.contact.rule=HOUSE-HOURS", "1 collections.contact.verdict=sent collections.contact.rule=none"],
            listening.Of("collections.contacts"));
    }

    [Fact]
    public async Task a_broken_case_is_suspended_until_the_pump_goes_and_a_failed_effect_is_retried()
    {
        await it.EnrolWithPhoneAsync();
        using var listening = new Listening();
        await RunBrokenAsync(new NoPolicies());
        await RunBrokenAsync(new NoDisk());

        Assert.Equal(["1", "-1"], listening.Of("collections.case.suspended"));
        Assert.Equal(
            ["1 error.type=InvalidOperationException collections.case.effect=suspended", "1 error.type=IOException collections.case.effect=retried"],
            listening.Of("collections.case.failures"));
    }

    [Fact]
    public async Task metrics_have_no_tag_with_an_id()
    {
        using var listening = new Listening();
        await it.EnrolWithPhoneAsync();
        await it.Office.UntilAsync("L-1", "2026-07-01T16:00:00Z");

        Assert.NotEmpty(listening.Of("collections.contacts"));
        Assert.All(listening.Measurements.SelectMany(each => each.Tags), tag => Assert.DoesNotContain("L-1", tag, StringComparison.Ordinal));
    }

    private async Task RunBrokenAsync(IPolicySource policies)
    {
        var store = it.Office.Store;
        await using var pump = new CasePump(
            store, it.Office.Time, _ => new CaseRunner(new CaseEngine(store, policies, it.Office.Time), it.Office.Commands, store, it.Office.Time), (_, _) => { });
        pump.Start(1);
        await ((IDoorbell)pump).RingAsync("L-1");
        await pump.WhenQuietAsync();
    }

    /// <summary>Each look at its stopwatch finds a quarter of a second gone.</summary>
    private sealed class Ticking(TimeProvider clock) : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => 4;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

        public override long GetTimestamp() => ++ticks;
    }

    private sealed class NoPolicies : IPolicySource
    {
        public Policy Find(PolicyReference reference) => throw new InvalidOperationException("broken by this test");
    }

    private sealed class NoDisk : IPolicySource
    {
        public Policy Find(PolicyReference reference) => throw new IOException("full");
    }
}

using System.Text.Json;
using CollectionsFlows.Functions.Orchestration;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>The turns of the clock that a lived story does not take: a case that fails for good, one that is never quiet, the end of a generation.</summary>
public class LoanCaseOrchestratorTests
{
    private static readonly DateTime Now = new(2026, 3, 3, 15, 0, 0, DateTimeKind.Utc);
    private static readonly CaseWake Asleep = new(AlarmAction.Sleep, new DateTimeOffset(Now).AddDays(1), [], new AlarmStatus("collecting", "early", 1, "step", null));

    [Fact]
    public async Task a_case_that_fails_for_good_is_shown_as_suspended_and_tried_again_in_an_hour()
    {
        var clock = new ScriptedClock((_, turn) => turn == 1 ? throw Failed() : new CaseWake(AlarmAction.Rest, null, [], null));

        await LoanCaseOrchestrator.RunAsync(clock);

        Assert.Equal([Now.AddHours(1)], clock.Timers);
        Assert.Equal("suspended", clock.Statuses[0]!.Status);
        Assert.Equal(new DateTimeOffset(Now).AddHours(1), clock.Statuses[0]!.WakeAt);
        Assert.Equal(2, clock.Activities.Count); // Tried again, and ended because it was not needed any more.
        Assert.False(clock.HasBegunAnew);
    }

    [Fact]
    public async Task a_command_that_fails_for_good_suspends_its_case_too()
    {
        var call = new CommandCall(CaseActivities.SendNotification, "L-1", "L-1:5", 1);
        var clock = new ScriptedClock((name, turn) => name != CaseActivities.AdvanceCase ? throw Failed()
            : turn == 1 ? new CaseWake(AlarmAction.Run, null, [call], Asleep.Status) : new CaseWake(AlarmAction.Rest, null, [], null));

        await LoanCaseOrchestrator.RunAsync(clock);

        Assert.Equal([CaseActivities.AdvanceCase, CaseActivities.SendNotification, CaseActivities.AdvanceCase], clock.Activities);
        Assert.Contains(clock.Statuses, status => status?.Status == "suspended");
    }

    [Fact]
    public async Task a_case_that_is_never_quiet_is_suspended_instead_of_filling_the_history()
    {
        var call = new CommandCall(CaseActivities.WriteOff, "L-1", "L-1:5", 1);
        var clock = new ScriptedClock((_, turn) => turn <= 200 ? new CaseWake(AlarmAction.Run, null, [call], Asleep.Status) : new CaseWake(AlarmAction.Rest, null, [], null));

        await LoanCaseOrchestrator.RunAsync(clock);

        Assert.Equal([Now.AddHours(1)], clock.Timers);
        Assert.Contains(clock.Statuses, status => status?.Status == "suspended");
    }

    [Fact]
    public async Task after_fifty_wakes_it_begins_anew_keeping_rings_with_nothing_outstanding()
    {
        var clock = new ScriptedClock((_, _) => Asleep);

        await LoanCaseOrchestrator.RunAsync(clock);

        Assert.Equal(50, clock.Activities.Count);
        Assert.Equal(50, clock.Timers.Count);
        Assert.True(clock.HasBegunAnew);
        Assert.True(clock.KeptRings);
        Assert.Equal(0, clock.Waiting);
    }

    [Fact]
    public async Task a_case_without_a_wake_waits_for_the_doorbell_alone()
    {
        var clock = new ScriptedClock((_, turn) => turn == 1 ? Asleep with { WakeAt = null } : new CaseWake(AlarmAction.Rest, null, [], null)) { Rings = true };

        await LoanCaseOrchestrator.RunAsync(clock);

        Assert.Empty(clock.Timers);
        Assert.Equal(2, clock.Activities.Count);
    }

    private static TaskFailedException Failed() => new(CaseActivities.AdvanceCase, 1, new CaseStepException("IOException; see the log of L-1"));

    /// <summary>An engine whose activities answer as told, and whose timers fire at once unless somebody rings.</summary>
    private sealed class ScriptedClock(Func<string, int, CaseWake> answer) : TaskOrchestrationContext
    {
        private readonly List<CancellationToken> waits = [];

        public List<string> Activities { get; } = [];

        public List<DateTime> Timers { get; } = [];

        public List<AlarmStatus?> Statuses { get; } = [];

        public bool Rings { get; init; }

        public bool HasBegunAnew { get; private set; }

        public bool KeptRings { get; private set; }

        /// <summary>Doorbells waited for and not cancelled.</summary>
        public int Waiting => waits.Count(wait => !wait.IsCancellationRequested);

        public override TaskName Name => nameof(LoanCaseOrchestrator);

        public override string InstanceId => "loan-L-1";

        public override ParentOrchestrationInstance? Parent => null;

        public override DateTime CurrentUtcDateTime => Now;

        public override bool IsReplaying => false;

        protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

        public override T? GetInput<T>()
            where T : default => (T)(object)new CaseAlarm("L-1");

        public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
        {
            Assert.NotNull(options?.Retry); // Every activity is tried again.
            Activities.Add(name.Name);
            var result = answer(name.Name, Activities.Count);
            return Task.FromResult(result is TResult typed ? typed : default!);
        }

        public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
        {
            Timers.Add(fireAt);
            return Task.CompletedTask;
        }

        public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
        {
            Assert.Equal("doorbell", eventName);
            waits.Add(cancellationToken);
            return Rings ? Task.FromResult<T>(default!) : Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => default(T)!, TaskScheduler.Default);
        }

        public override void SetCustomStatus(object? customStatus)
        {
            Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(customStatus).Length, 0, 1024);
            Statuses.Add((AlarmStatus?)customStatus);
        }

        public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
        {
            Assert.Equal(new CaseAlarm("L-1"), newInput);
            (HasBegunAnew, KeptRings) = (true, preserveUnprocessedEvents);
        }

        public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException("the clock tells nobody anything");

        public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
            throw new NotSupportedException("the clock has no clocks of its own");

        public override Guid NewGuid() => throw new NotSupportedException("ids are deterministic");
    }
}

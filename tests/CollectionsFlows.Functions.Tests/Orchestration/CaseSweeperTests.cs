using System.Collections.Concurrent;
using CollectionsFlows.Functions.Orchestration;
using CollectionsFlows.Simulation.Stores;
using CollectionsFlows.Simulation.Tests.Stores;
using CollectionsFlows.Simulation.Time;
using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>However many cases are due and however many of them stay so, none waits behind them for ever.</summary>
public sealed class CaseSweeperTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = StoreSamples.Noon;

    private readonly InMemoryStore store = new();
    private readonly Engine engine = new();

    [Fact]
    public async Task cases_that_stay_due_keep_nobody_behind_them_waiting()
    {
        await DueAsync("stuck", 5_500, Now.AddDays(-2));
        await DueAsync("last", 1, Now.AddDays(-1));
        engine.Run("stuck", 5_500);

        Assert.Equal(new SweepReport(5_500, 1, 0, 0), await Sweeper().SweepAsync());

        Assert.Contains("loan-last-0", engine.Running.Keys);
        Assert.Equal(5_500, engine.Rings);
    }

    [Fact]
    public async Task a_backlog_keeps_nobody_waiting_who_wakes_in_a_moment()
    {
        await DueAsync("late", 1_500, Now.AddDays(-1));
        await DueAsync("soon", 1, Now.AddMinutes(2));
        await DueAsync("later", 1, Now.AddMinutes(2).AddTicks(1));

        Assert.Equal(new SweepReport(0, 1_501, 0, 0), await Sweeper().SweepAsync());

        Assert.Contains("loan-soon-0", engine.Running.Keys);
        Assert.DoesNotContain("loan-later-0", engine.Running.Keys);
    }

    [Fact]
    public async Task a_new_portfolio_is_started_in_portions_the_first_due_first()
    {
        await DueAsync("b", 10_000, Now.AddDays(-1));
        await DueAsync("a", 2_000, Now.AddDays(-2));

        Assert.Equal(new SweepReport(0, 10_000, 0, 0), await Sweeper().SweepAsync());
        Assert.Equal(2_000, engine.Running.Keys.Count(id => id.StartsWith("loan-a-", StringComparison.Ordinal)));

        Assert.Equal(new SweepReport(10_000, 2_000, 0, 0), await Sweeper().SweepAsync()); // The stand-in's clocks do not tick: the first ones are still due, and rung.
        Assert.Equal(new SweepReport(12_000, 0, 0, 0), await Sweeper().SweepAsync());
    }

    [Fact]
    public async Task one_case_that_cannot_be_woken_is_told_and_keeps_nobody_waiting()
    {
        await DueAsync("broken", 1, Now.AddDays(-3));
        await DueAsync("good", 40, Now.AddDays(-1));
        engine.Broken = "loan-broken-0";

        var failure = await Assert.ThrowsAsync<AggregateException>(() => Sweeper().SweepAsync());

        Assert.IsType<RpcException>(failure.InnerException);
        Assert.Equal(40, engine.Running.Count);
    }

    [Fact]
    public async Task an_engine_that_is_down_is_not_asked_for_every_case()
    {
        await DueAsync("L", 3_000, Now.AddDays(-1));
        engine.IsDown = true;

        await Assert.ThrowsAsync<AggregateException>(() => Sweeper().SweepAsync());

        Assert.InRange(engine.Asked, 100, 200); // Those already under way are finished.
    }

    [Fact]
    public async Task it_stops_when_told()
    {
        await DueAsync("L", 10, Now.AddDays(-1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Sweeper().SweepAsync(new CancellationToken(canceled: true)));

        Assert.Empty(engine.Running);
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    private CaseSweeper Sweeper()
    {
        var clocks = new CaseClocks();
        clocks.Attach(engine);
        return new CaseSweeper(store, clocks, new VirtualTime(Now));
    }

    private async Task DueAsync(string name, int count, DateTimeOffset wake)
    {
        for (var number = 0; number < count; number++)
            Assert.True(await store.CommitAsync(StoreSamples.Step($"{name}-{number}", wake: wake)));
    }

    /// <summary>Starts each clock once and rings those that run.</summary>
    private sealed class Engine : EngineStandIn
    {
        private int rings;
        private int asked;

        public ConcurrentDictionary<string, bool> Running { get; } = new(StringComparer.Ordinal);

        public string? Broken { get; set; }

        public bool IsDown { get; set; }

        public int Rings => rings;

        public int Asked => asked;

        public void Run(string name, int count)
        {
            foreach (var number in Enumerable.Range(0, count))
                Running[$"loan-{name}-{number}"] = true;
        }

        public override Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
        {
            cancellation.ThrowIfCancellationRequested();
            if (options!.InstanceId == Broken)
                throw new RpcException(new Status(StatusCode.Unavailable, "invented"));
            return Running.TryAdd(options.InstanceId!, true) ? Task.FromResult(options.InstanceId!) : throw new OrchestrationAlreadyExistsException(options.InstanceId);
        }

        public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => Task.FromResult(
            IsDown && Interlocked.Increment(ref asked) > 0 ? throw new RpcException(new Status(StatusCode.Unavailable, "invented"))
            : Running.ContainsKey(instanceId) ? new OrchestrationMetadata("clock", instanceId) { RuntimeStatus = OrchestrationRuntimeStatus.Running, LastUpdatedAt = TimeProvider.System.GetUtcNow() }
            : null);

        public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
        {
            Assert.Null(eventPayload);
            Interlocked.Increment(ref rings);
            return Running.ContainsKey(instanceId) ? Task.CompletedTask : throw new RpcException(new Status(StatusCode.NotFound, "no such instance"));
        }
    }
}

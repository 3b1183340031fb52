using CollectionsFlows.Application.Intake;
using CollectionsFlows.Functions.Orchestration;
using CollectionsFlows.Functions.Tests.Conformance;
using CollectionsFlows.Local.Tests.Conformance;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>Every ring is lost, as when a process dies between commit and ring: the sweeper finds what waits, and the facts are the same.</summary>
public sealed class LostDoorbellTests : HostConformance
{
    protected override async Task<IHostUnderTest> StartAsync(DateTimeOffset now) => await DurableHouse.StartAsync(
        now, DurableHostConformanceTests.InMemory, change: services => services.AddSingleton<IDoorbell, SilentDoorbell>());
}

/// <summary>Every ring comes three times, at once.</summary>
public sealed class RepeatedDoorbellTests : HostConformance
{
    protected override async Task<IHostUnderTest> StartAsync(DateTimeOffset now) => await DurableHouse.StartAsync(
        now, DurableHostConformanceTests.InMemory, change: services => services.AddSingleton<IDoorbell, Repeated>());

    private sealed class Repeated(CaseClocks clocks) : IDoorbell
    {
        public async ValueTask RingAsync(string loanId, CancellationToken cancellation = default) =>
            await Task.WhenAll(clocks.RingAsync(loanId, cancellation), clocks.RingAsync(loanId, cancellation), clocks.RingAsync(loanId, cancellation));
    }
}

/// <summary>Rings come late and in the wrong order: each after the next one, the last never.</summary>
public sealed class LateDoorbellTests : HostConformance
{
    protected override async Task<IHostUnderTest> StartAsync(DateTimeOffset now) => await DurableHouse.StartAsync(
        now, DurableHostConformanceTests.InMemory, change: services => services.AddSingleton<IDoorbell, Late>());

    private sealed class Late(CaseClocks clocks) : IDoorbell
    {
        private string? held;

        public async ValueTask RingAsync(string loanId, CancellationToken cancellation = default)
        {
            if (Interlocked.Exchange(ref held, loanId) is { } earlier)
                await clocks.RingAsync(earlier, cancellation);
        }
    }
}

/// <summary>Rings nobody asked for, while the cases sleep.</summary>
public sealed class NeedlessDoorbellTests : HostConformance
{
    protected override async Task<IHostUnderTest> StartAsync(DateTimeOffset now) => await DurableHouse.StartAsync(
        now, DurableHostConformanceTests.InMemory, beforeTimePasses: async house =>
        {
            foreach (var loanId in await house.Cases.LoanIdsAsync(null, 10))
            {
                for (var ring = 0; ring < 120; ring++) // Through two generations of the clock.
                    await house.Services.GetRequiredService<CaseClocks>().RingAsync(loanId);
            }
        });
}

/// <summary>Instances are ended and purged by hand.</summary>
public sealed class PurgedInstanceTests : HostConformance
{
    protected override async Task<IHostUnderTest> StartAsync(DateTimeOffset now) => await DurableHouse.StartAsync(
        now, DurableHostConformanceTests.InMemory, beforeTimePasses: async house =>
        {
            foreach (var loanId in await house.Cases.LoanIdsAsync(null, 10))
                await PurgeAsync(house.Engine.Client, InstanceIds.Of(loanId));
        });

    private static async Task PurgeAsync(DurableTaskClient client, string instanceId)
    {
        if (await client.GetInstanceAsync(instanceId) is { IsCompleted: false })
        {
            await client.TerminateInstanceAsync(instanceId);
            await client.WaitForInstanceCompletionAsync(instanceId);
        }

        await client.PurgeInstanceAsync(instanceId);
        Assert.Null(await client.GetInstanceAsync(instanceId));
    }
}

/// <summary>The whole task hub is lost, again and again.</summary>
public sealed class LostHubTests : HostConformance
{
    protected override async Task<IHostUnderTest> StartAsync(DateTimeOffset now) => await DurableHouse.StartAsync(
        now, DurableHostConformanceTests.InMemory, beforeTimePasses: house => house.StartEngineAsync(tasks => Sidecar.InMemoryAsync(tasks)));
}

/// <summary>The process dies after an activity did its work and before the engine heard of it: every ninth answer is lost, and the work is asked for again.</summary>
public sealed class LostAnswerTests : HostConformance
{
    protected override async Task<IHostUnderTest> StartAsync(DateTimeOffset now)
    {
        var answers = 0;
        return await DurableHouse.StartAsync(now, DurableHostConformanceTests.InMemory, afterActivity: () =>
        {
            if (Interlocked.Increment(ref answers) % 9 == 0)
                throw new IOException("the answer is lost");
        });
    }
}

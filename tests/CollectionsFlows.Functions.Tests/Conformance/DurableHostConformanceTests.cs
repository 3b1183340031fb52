using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Functions.Tests.Orchestration;
using CollectionsFlows.Local.Tests.Conformance;
using CollectionsFlows.Simulation.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Functions.Tests.Conformance;

/// <summary>The stories on the Azure host's services and orchestrator, on the official durable worker; records in memory.</summary>
public sealed class DurableHostConformanceTests : HostConformance
{
    protected override async Task<IHostUnderTest> StartAsync(DateTimeOffset now) => await DurableHouse.StartAsync(now, InMemory);

    internal static void InMemory(IServiceCollection services)
    {
        var store = new InMemoryStore();
        services.AddSingleton<ICaseStore>(store);
        services.AddSingleton<IBorrowerStore>(store);
        services.AddSingleton<IEnrolmentStore>(store);
        services.AddSingleton<IEvidenceArchive>(new InMemoryEvidenceArchive(store));
    }
}

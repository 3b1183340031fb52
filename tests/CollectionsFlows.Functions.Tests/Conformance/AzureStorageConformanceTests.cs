using Azure.Core.Pipeline;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Functions.Evidence;
using CollectionsFlows.Functions.Storage;
using CollectionsFlows.Functions.Tests.Orchestration;
using CollectionsFlows.Functions.Tests.Storage;
using CollectionsFlows.Local.Tests.Conformance;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Functions.Tests.Conformance;

/// <summary>The stories as in production: records in Tables, evidence in Blobs, clocks on the durable engine's Azure Storage provider; storage is the emulator's.</summary>
public sealed class AzureStorageConformanceTests : HostConformance
{
    protected override async Task<IHostUnderTest> StartAsync(DateTimeOffset now)
    {
        var store = await OpenAsync();
        return await DurableHouse.StartAsync(now, services => Register(services, store), async tasks =>
        {
            var hub = await AzuriteHub.CreateAsync();
            return await Sidecar.StartAsync(hub, hub, tasks);
        });
    }

    internal static Task<TablesStore> OpenAsync(params HttpPipelinePolicy[] policies) => OpenAsync(Azurite.NewPrefix(), policies);

    internal static Task<TablesStore> OpenAsync(string prefix, params HttpPipelinePolicy[] policies) =>
        Azurite.OpenAsync(prefix, MasterKeys.Parse(FixedKeys.Setting), policies);

    internal static void Register(IServiceCollection services, TablesStore store, params HttpPipelinePolicy[] policies)
    {
        var name = $"evidence-{Guid.NewGuid():N}";
        Azurite.Blobs(name).CreateIfNotExists();
        var evidence = Azurite.Blobs(name, policies);
        services.AddSingleton(evidence);
        services.AddSingleton<ICaseStore>(store);
        services.AddSingleton<IBorrowerStore>(store);
        services.AddSingleton<IEnrolmentStore>(store);
        services.AddSingleton<IEvidenceArchive>(new BlobEvidenceArchive(evidence, store));
        services.AddSingleton<IMessageArchive>(new BlobMessageArchive(evidence, store));
    }
}

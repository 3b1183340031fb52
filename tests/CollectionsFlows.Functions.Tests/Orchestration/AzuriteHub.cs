using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CollectionsFlows.Functions.Tests.Storage;
using DurableTask.AzureStorage;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>A task hub of the Azure Storage provider, as in production, on the emulator.</summary>
internal static class AzuriteHub
{
    /// <summary>A new hub; every request to storage passes the policies given.</summary>
    public static async Task<AzureStorageOrchestrationService> CreateAsync(params HttpPipelinePolicy[] policies)
    {
        var connection = Azurite.ConnectionString;
        var hub = new AzureStorageOrchestrationService(new AzureStorageOrchestrationServiceSettings
        {
            TaskHubName = $"hub{Guid.NewGuid().ToString("N")[..10]}",
            PartitionCount = 1,
            MaxQueuePollingInterval = TimeSpan.FromMilliseconds(200),
            UseAppLease = false,
            StorageAccountClientProvider = new StorageAccountClientProvider(
                new Clients<BlobServiceClient, BlobClientOptions>(() => new BlobClientOptions(), options => new BlobServiceClient(connection, options), policies),
                new Clients<QueueServiceClient, QueueClientOptions>(() => new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None }, options => new QueueServiceClient(connection, options), policies),
                new Clients<TableServiceClient, TableClientOptions>(() => new TableClientOptions(), options => new TableServiceClient(connection, options), policies)),
        });
        await hub.CreateIfNotExistsAsync();
        return hub;
    }

    private sealed class Clients<TClient, TOptions>(Func<TOptions> options, Func<TOptions, TClient> create, HttpPipelinePolicy[] policies) : IStorageServiceClientProvider<TClient, TOptions>
        where TOptions : ClientOptions
    {
        public TOptions CreateOptions()
        {
            var made = options();
            foreach (var policy in policies)
                made.AddPolicy(policy, HttpPipelinePosition.PerCall);
            return made;
        }

        public TClient CreateClient(TOptions options) => create(options);
    }
}

using Azure;
using Azure.Core;
using Azure.Storage.Blobs;

namespace CollectionsFlows.Functions.Tests.Evidence;

/// <summary>A container of its own on the storage emulator, gone with the test.</summary>
internal sealed class EvidenceContainer : IAsyncDisposable
{
    private const string Variable = "AzureWebJobsStorage";

    private EvidenceContainer(BlobContainerClient client) => Client = client;

    public BlobContainerClient Client { get; }

    public static async Task<EvidenceContainer> CreateAsync()
    {
        var client = Connect($"evidence-{Guid.NewGuid():N}");
        try
        {
            await client.CreateAsync();
        }
        catch (Exception problem) when (problem is AggregateException or RequestFailedException { Status: 0 })
        {
            throw new InvalidOperationException($"no blob storage answers at {client.Uri.Authority}: start it with `npx azurite --skipApiVersionCheck`, or name another in {Variable}", problem);
        }

        return new EvidenceContainer(client);
    }

    /// <summary>The same container through a client that sends every request past <paramref name="policy"/> first.</summary>
    public BlobContainerClient Through(Azure.Core.Pipeline.HttpPipelinePolicy policy) => Connect(Client.Name, policy);

    public async ValueTask DisposeAsync() => await Client.DeleteIfExistsAsync();

    private static BlobContainerClient Connect(string name, Azure.Core.Pipeline.HttpPipelinePolicy? policy = null)
    {
        var options = new BlobClientOptions { Retry = { MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(100) } };
        if (policy is not null) options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        return new BlobContainerClient(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } connection ? connection : "UseDevelopmentStorage=true", name, options);
    }
}

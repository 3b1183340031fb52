using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using CollectionsFlows.Functions.Tests.Storage;

namespace CollectionsFlows.Functions.Tests.Evidence;

/// <summary>A container of its own on the storage emulator, gone with the test.</summary>
internal sealed class EvidenceContainer : IAsyncDisposable
{
    private EvidenceContainer(BlobContainerClient client) => Client = client;

    public BlobContainerClient Client { get; }

    public static async Task<EvidenceContainer> CreateAsync()
    {
        var client = Azurite.Blobs($"{Azurite.NewPrefix()}-evidence");
        await client.CreateAsync();
        return new EvidenceContainer(client);
    }

    /// <summary>The same container through a client that sends every request past <paramref name="policy"/> first.</summary>
    public BlobContainerClient Through(HttpPipelinePolicy policy) => Azurite.Blobs(Client.Name, policy);

    public async ValueTask DisposeAsync() => await Client.DeleteIfExistsAsync();
}

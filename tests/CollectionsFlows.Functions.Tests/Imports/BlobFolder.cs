using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using CollectionsFlows.Functions.Tests.Storage;

namespace CollectionsFlows.Functions.Tests.Imports;

/// <summary>A container of its own on the emulator of Azure Storage, gone after the test.</summary>
internal sealed class BlobFolder : IAsyncDisposable
{
    private readonly string name = $"t{Guid.NewGuid():N}";

    public BlobContainerClient Blobs => Seen([]);

    public static async Task<BlobFolder> NewAsync()
    {
        var folder = new BlobFolder();
        await folder.Blobs.CreateAsync();
        return folder;
    }

    /// <summary>The same container through these policies, each asked once for a call.</summary>
    public BlobContainerClient Seen(params HttpPipelinePolicy[] policies) => Azurite.Blobs(name, policies);

    public Task PutAsync(string blob, string text) => Blobs.GetBlobClient(blob).UploadAsync(new BinaryData(text), overwrite: true);

    /// <summary>What a blob holds; null where there is none.</summary>
    public async Task<string?> TextAsync(string blob)
    {
        var client = Blobs.GetBlobClient(blob);
        return await client.ExistsAsync() ? (await client.DownloadContentAsync()).Value.Content.ToString() : null;
    }

    public async Task<List<string>> NamesAsync()
    {
        var names = new List<string>();
        await foreach (var blob in Blobs.GetBlobsAsync())
            names.Add(blob.Name);
        return names;
    }

    public async ValueTask DisposeAsync() => await Blobs.DeleteIfExistsAsync();
}

using System.Net.Sockets;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace CollectionsFlows.Functions.Tests.Imports;

/// <summary>A container of its own on the emulator of Azure Storage, gone after the test.</summary>
internal sealed class BlobFolder : IAsyncDisposable
{
    private const string Variable = "AzureWebJobsStorage";

    private static readonly Lazy<string> Connection = new(Find);

    private readonly string name = $"t{Guid.NewGuid():N}";

    public BlobContainerClient Blobs => Seen([]);

    public static async Task<BlobFolder> NewAsync()
    {
        var folder = new BlobFolder();
        await folder.Blobs.CreateAsync();
        return folder;
    }

    /// <summary>The same container through these policies, each asked once for a call.</summary>
    public BlobContainerClient Seen(params HttpPipelinePolicy[] policies)
    {
        var options = new BlobClientOptions();
        foreach (var policy in policies)
            options.AddPolicy(policy, Azure.Core.HttpPipelinePosition.PerCall);
        return new BlobContainerClient(Connection.Value, name, options);
    }

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

    private static string Find()
    {
        var connection = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : "UseDevelopmentStorage=true";
        var endpoint = new BlobServiceClient(connection).Uri;
        try
        {
            using var probe = new TcpClient(endpoint.Host, endpoint.Port);
            return connection;
        }
        catch (SocketException e)
        {
            throw new InvalidOperationException($"nothing listens at {endpoint.Host}:{endpoint.Port}: start 'npx azurite' (or set {Variable}) and run the tests again", e);
        }
    }
}

using System.Net.Sockets;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Functions.Evidence;
using CollectionsFlows.Functions.Storage;
using CollectionsFlows.Functions.Tests.Evidence;
using CollectionsFlows.Simulation.Tests.Stores;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>The emulator of Azure Storage the tests run against. Each store has tables of its own, so that one emulator serves all tests.</summary>
internal static class Azurite
{
    private const string Variable = "AzureWebJobsStorage";

    private static readonly Lazy<string> Connection = new(Find);

    private static int stores;

    public static MasterKeys Keys { get; } = MasterKeys.Parse($"k:{Key(1)};address:{Key(9)}");

    public static string ConnectionString => Connection.Value;

    public static string Key(byte fill) => Convert.ToBase64String(Enumerable.Repeat(fill, 32).ToArray());

    /// <summary>A name no other store of the emulator has.</summary>
    public static string NewPrefix() => $"t{Environment.ProcessId}x{Interlocked.Increment(ref stores)}x{Guid.NewGuid().ToString("N")[..8]}";

    public static TableServiceClient Tables(params HttpPipelinePolicy[] policies)
    {
        var options = new TableClientOptions();
        foreach (var policy in policies) options.AddPolicy(policy, HttpPipelinePosition.PerCall);
        return new TableServiceClient(ConnectionString, options);
    }

    public static BlobContainerClient Blobs(string prefix, params HttpPipelinePolicy[] policies)
    {
        var options = new BlobClientOptions();
        foreach (var policy in policies) options.AddPolicy(policy, HttpPipelinePosition.PerCall);
        return new BlobContainerClient(ConnectionString, prefix, options);
    }

    public static Task<TablesStore> OpenAsync(string prefix, params HttpPipelinePolicy[] policies) => OpenAsync(prefix, Keys, policies);

    public static Task<TablesStore> OpenAsync(string prefix, MasterKeys keys, params HttpPipelinePolicy[] policies) =>
        TablesStore.OpenAsync(Tables(policies), Blobs(prefix, policies), keys, TimeProvider.System, prefix, TimeSpan.FromMilliseconds(200));

    public static async Task<StoreUnderTest> StoreAsync()
    {
        var prefix = NewPrefix();
        var store = await OpenAsync(prefix);
        var evidence = await EvidenceContainer.CreateAsync();
        return new StoreUnderTest(store, store, store, new BlobEvidenceArchive(evidence.Through(new ImmutabilityPolicy()), store), async () =>
        {
            await evidence.DisposeAsync();
            await DropAsync(prefix);
        });
    }

    /// <summary>Removes a store's tables and container.</summary>
    public static async ValueTask DropAsync(string prefix)
    {
        var service = Tables();
        foreach (var table in new[] { "cases", "events", "index", "borrowers", "addresses", "settings" }) await service.DeleteTableAsync(prefix + table);
        await Blobs(prefix).DeleteIfExistsAsync();
    }

    private static string Find()
    {
        var connection = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : "UseDevelopmentStorage=true";
        var endpoint = new TableServiceClient(connection).Uri;
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

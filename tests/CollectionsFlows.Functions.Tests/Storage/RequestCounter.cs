using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>Counts the requests of a storage client by what they are: <c>GET cases</c>, <c>POST $batch cases</c> …; a transaction is one request, as it is billed. Add it per call: retries count once.</summary>
internal sealed class RequestCounter : HttpPipelinePolicy
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    public int Total => counts.Values.Sum();

    /// <summary>Requests by kind, in ordinal order.</summary>
    public IReadOnlyList<(string Kind, int Count)> Counts => [.. counts.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value))];

    public void Reset() => counts.Clear();

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Count(message);
        ProcessNext(message, pipeline);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Count(message);
        await ProcessNextAsync(message, pipeline);
    }

    private void Count(HttpMessage message) => counts.AddOrUpdate(KindOf(message.Request), 1, (_, count) => count + 1);

    /// <summary>The method and the table or container, without keys (they hold ids).</summary>
    private static string KindOf(Request request)
    {
        var last = request.Uri.ToUri().AbsolutePath.Split('/')[^1];
        return $"{request.Method} {(last.IndexOf('(', StringComparison.Ordinal) is var keys and >= 0 ? last[..keys] : last)}";
    }
}

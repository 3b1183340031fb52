using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CollectionsFlows.Functions.Tests.Evidence;

/// <summary>A container's immutability policy as the service enforces it: a blob can be created and read; whatever would change or remove one is refused. The emulator has none of its own.</summary>
internal sealed class ImmutabilityPolicy : HttpPipelinePolicy
{
    private readonly ConcurrentDictionary<string, bool> created = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> requests = new();

    /// <summary>Method, operation and condition of every request, e.g. <c>PUT If-None-Match=*</c>.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("the archive waits for nothing synchronously");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var method = message.Request.Method.Method;
        var uri = message.Request.Uri.ToUri();
        var operation = uri.Query.Contains("comp=", StringComparison.Ordinal) ? uri.Query : "";
        requests.Enqueue($"{method}{operation}{(message.Request.Headers.TryGetValue("If-None-Match", out var condition) ? $" If-None-Match={condition}" : "")}");
        var isChange = method is "DELETE" or "PATCH" || (method == "PUT" && (operation.Length > 0 || created.ContainsKey(uri.AbsolutePath)));
        if (isChange)
        {
            throw new RequestFailedException(409, "This operation is not permitted as the blob is immutable due to a policy.", "BlobImmutableDueToPolicy", null);
        }

        await ProcessNextAsync(message, pipeline);
        if (method == "PUT" && message.Response.Status == 201) created.TryAdd(uri.AbsolutePath, true);
    }
}

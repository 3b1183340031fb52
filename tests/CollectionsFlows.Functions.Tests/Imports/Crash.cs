using Azure.Core;
using Azure.Core.Pipeline;

namespace CollectionsFlows.Functions.Tests.Imports;

/// <summary>Ends the process, as far as it can see, at its n-th call of the storage: before the call is made, or when it was made and its answer is lost.</summary>
internal sealed class Crash(int call, bool afterIt) : HttpPipelinePolicy
{
    private int calls;

    /// <summary>Whether it came to that call.</summary>
    public bool Happened => Volatile.Read(ref calls) >= call;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("storage is asked without blocking");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var now = Interlocked.Increment(ref calls);
        // Whoever has crashed makes no further call either.
        if (now > call || (now == call && !afterIt))
            throw new IOException("the process was killed");
        await ProcessNextAsync(message, pipeline);
        if (now == call)
            throw new IOException("the process was killed");
    }
}

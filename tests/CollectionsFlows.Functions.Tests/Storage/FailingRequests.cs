using Azure.Core;
using Azure.Core.Pipeline;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>Thrown where a process dies.</summary>
public sealed class CrashException() : Exception("the process died here");

/// <summary>
/// Lets a process die at its n-th request to storage and stay dead: before it is sent, or after it was done and before its answer arrives. Add it to
/// the options of every client of a store.
/// </summary>
internal sealed class FailingRequests : HttpPipelinePolicy
{
    private int seen;

    /// <summary>The request to die at, from 1; 0: none.</summary>
    public int At { get; set; }

    /// <summary>Whether the request is done before the process dies.</summary>
    public bool IsDone { get; init; }

    /// <summary>Requests seen so far.</summary>
    public int Seen => Volatile.Read(ref seen);

    public void Reset() => Volatile.Write(ref seen, 0);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("the stores are asynchronous");

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var number = Interlocked.Increment(ref seen);
        if (At > 0 && (number > At || (number == At && !IsDone))) throw new CrashException();
        await ProcessNextAsync(message, pipeline);
        if (At > 0 && number == At) throw new CrashException();
    }
}

using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.DurableTask.Protobuf;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>Keeps everything that crosses the boundary between the host and the durable engine, in both directions.</summary>
internal sealed class BoundaryRecorder : Interceptor
{
    private readonly ConcurrentQueue<IMessage> messages = new();

    /// <summary>In the order in which they crossed.</summary>
    public IReadOnlyList<IMessage> Messages => [.. messages];

    /// <summary>The histories orchestrators were asked to go on from.</summary>
    public IReadOnlyList<OrchestratorRequest> Requests => [.. messages.OfType<WorkItem>().Where(item => item.OrchestratorRequest is not null).Select(item => item.OrchestratorRequest)];

    /// <summary>What they answered.</summary>
    public IReadOnlyList<OrchestratorResponse> Responses => [.. messages.OfType<OrchestratorResponse>()];

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        Keep(request);
        var call = continuation(request, context);
        return new AsyncUnaryCall<TResponse>(KeptAsync(call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        Keep(request);
        var call = continuation(request, context);
        return new AsyncServerStreamingCall<TResponse>(new KeptStream<TResponse>(call.ResponseStream, Keep), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    private async Task<T> KeptAsync<T>(Task<T> response)
    {
        var message = await response;
        Keep(message);
        return message;
    }

    private void Keep(object? message)
    {
        if (message is IMessage kept)
            messages.Enqueue(kept);
    }

    private sealed class KeptStream<T>(IAsyncStreamReader<T> inner, Action<object?> keep) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await inner.MoveNext(cancellationToken))
                return false;
            keep(inner.Current);
            return true;
        }
    }
}

using DurableTask.Core;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>The official worker and client of Durable Task over a task hub of the test's choice: in memory, or on Azurite as in production.</summary>
internal sealed class Sidecar : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly GrpcChannel channel;
    private readonly IHost worker;

    private Sidecar(WebApplication server, GrpcChannel channel, IHost worker) => (this.server, this.channel, this.worker) = (server, channel, worker);

    public DurableTaskClient Client => worker.Services.GetRequiredService<DurableTaskClient>();

    /// <summary>A task hub that lives as long as the test.</summary>
    public static Task<Sidecar> InMemoryAsync(Action<DurableTaskRegistry> tasks, BoundaryRecorder? recorder = null, ILoggerProvider? logs = null)
    {
        var hub = new InMemoryOrchestrationService();
        return StartAsync(hub, hub, tasks, recorder, logs);
    }

    public static async Task<Sidecar> StartAsync(
        IOrchestrationService hub, IOrchestrationServiceClient hubClient, Action<DurableTaskRegistry> tasks, BoundaryRecorder? recorder = null, ILoggerProvider? logs = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(hub).AddSingleton(hubClient).AddSingleton<TaskHubGrpcServer>();
        var sidecar = builder.Build();
        sidecar.MapGrpcService<TaskHubGrpcServer>();
        await sidecar.StartAsync();
        var line = GrpcChannel.ForAddress(sidecar.Urls.First());
        var host = Worker(recorder is null ? line.CreateCallInvoker() : line.Intercept(recorder), tasks, logs);
        await host.StartAsync();
        return new Sidecar(sidecar, line, host);
    }

    public async ValueTask DisposeAsync()
    {
        await worker.StopAsync();
        worker.Dispose();
        await channel.ShutdownAsync();
        channel.Dispose();
        await server.StopAsync();
        await server.DisposeAsync();
    }

    private static IHost Worker(CallInvoker calls, Action<DurableTaskRegistry> tasks, ILoggerProvider? logs)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        if (logs is not null)
            builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddDurableTaskWorker(worker =>
        {
            worker.UseGrpc(options => options.CallInvoker = calls);
            worker.AddTasks(tasks);
        });
        builder.Services.AddDurableTaskClient(client =>
        {
            client.UseGrpc(options => options.CallInvoker = calls);
            client.RegisterDirectly();
        });
        return builder.Build();
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Tests.Messaging;

/// <summary>A real HTTP server that plays the provider: it keeps what it was asked and answers by script.</summary>
internal sealed class ProviderStandIn : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<Request> received = [];

    private ProviderStandIn(WebApplication app) => this.app = app;

    public IReadOnlyList<Request> Received
    {
        get
        {
            lock (received) return [.. received];
        }
    }

    /// <summary>What the client connects with: the stand-in's address and an invented key.</summary>
    public string ConnectionString => $"endpoint={Address};accesskey={Convert.ToBase64String(new byte[32])}";

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<ProviderStandIn> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var standIn = new ProviderStandIn(builder.Build());
        standIn.app.Run(async context =>
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            lock (standIn.received)
                standIn.received.Add(new Request(
                    context.Request.Method, context.Request.Path + context.Request.QueryString.Value, context.Request.Headers.Authorization.ToString(), body.RootElement.Clone(),
                    context.Request.Headers["Operation-Id"].ToString()));
            await answer(context);
        });
        await standIn.app.StartAsync();
        return standIn;
    }

    /// <summary>202 with one result for each recipient of the request.</summary>
    public static Func<HttpContext, Task> Results(int status, bool successful, string? error = null) => context =>
        WriteAsync(context, 202, $$"""{"value":[{"to":"+13125550142","messageId":"Outgoing_invented","httpStatusCode":{{status}},"repeatabilityResult":"accepted","successful":{{(successful ? "true" : "false")}}{{(error is null ? "" : $",\"errorMessage\":{JsonSerializer.Serialize(error)}")}}}]}""");

    /// <summary>202 for an e-mail: queued under the id it came with, or under another.</summary>
    public static Func<HttpContext, Task> Queues(string? id = null) => context =>
        WriteAsync(context, 202, $$"""{"id":"{{id ?? context.Request.Headers["Operation-Id"].ToString()}}","status":"Running","error":null}""");

    public static Func<HttpContext, Task> Refuses(int status, string body = """{"error":{"code":"Invented","message":"invented"}}""", string? retryAfter = null) => context =>
    {
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        return WriteAsync(context, status, body);
    };

    public static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    internal sealed record Request(string Method, string Target, string Authorization, JsonElement Body, string OperationId);
}

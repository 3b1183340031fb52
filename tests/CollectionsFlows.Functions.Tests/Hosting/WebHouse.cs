using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Functions.Hosting;
using CollectionsFlows.Functions.Tests.Conformance;
using CollectionsFlows.Local.Tests.Conformance;
using CollectionsFlows.Web.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Tests.Hosting;

/// <summary>The web part as this host's settings make it, behind a router of somebody else's, as the functions runtime is.</summary>
internal sealed class WebHouse : IAsyncDisposable
{
    private readonly WebApplication application;

    private WebHouse(WebApplication application, string token, byte[] secret)
    {
        (this.application, Token, Secret) = (application, token, secret);
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(application.Urls.First()) };
    }

    public HttpClient Client { get; }

    public string Token { get; }

    public byte[] Secret { get; }

    public static async Task<WebHouse> StartAsync(params (string Name, string Value)[] settings)
    {
        var (token, secret) = (AccessTokens.NewToken(), new byte[32]);
        (string Name, string Value)[] all =
        [
            ("COLLECTIONS_MASTER_KEYS", FixedKeys.Setting),
            ("COLLECTIONS_WEBHOOK_SECRETS", $"whsec_{Convert.ToBase64String(secret)}"),
            ("COLLECTIONS_ACCESS_TOKENS", $"owner supervisor {AccessTokens.Hash(token)}"),
            .. settings,
        ];
        var read = HostSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(all.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build(), AppContext.BaseDirectory);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(new AddressKeys(read.MasterKeys.AddressSecret)).AddSingleton(Outbox.All);
        builder.Services.AddCases(Path.Combine(AppContext.BaseDirectory, "no-lender")).AddWebPipeline(read.Web);
        DurableHostConformanceTests.InMemory(builder.Services);
        var server = builder.Build();
        Route(server);
        await server.StartAsync();
        return new WebHouse(server, token, secret);
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token = null, params string[] principals)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        foreach (var principal in principals)
            request.Headers.Add(PrincipalAuthentication.Header, principal);
        return Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await application.DisposeAsync();
    }

    /// <summary>The runtime's routes leave an endpoint and route values in each request.</summary>
    private static void Route(WebApplication server)
    {
        var web = server.Services.GetRequiredService<WebPipeline>();
        server.UseRouting();
        server.MapPost("api/webhooks/{name}", (HttpContext context) => web.RunAsync(context));
        server.Map("{*path}", (HttpContext context) => web.RunAsync(context));
    }
}

using System.Net.Http.Headers;
using System.Text;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact.Reasons;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Simulation.Stores;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Hosting;
using CollectionsFlows.Web.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Web.Tests.House;

/// <summary>The web part on a real Kestrel at a free port of 127.0.0.1, with a store in memory and small stand-ins for the other ports.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    /// <summary>The instant of the vector in regulation.md: 2021-02-25T15:02:10Z.</summary>
    public static readonly DateTimeOffset VectorTime = DateTimeOffset.FromUnixTimeSeconds(1614265330);

    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string OldSecret = "whsec_b2xkLW9sZC1vbGQtb2xkLW9sZC1vbGQh";
    public const string StripeSecret = "whsec_invented-stripe-secret-0001";
    public const string MessageKey = "invented-message-key-0123456789";

    private readonly WebApplication app;

    private RunningHost(WebApplication app)
    {
        this.app = app;
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };
    }

    public HttpClient Http { get; }

    public required SteppedTime WallClock { get; init; }

    public required SteppedTime CaseTime { get; init; }

    public required InMemoryStore Store { get; init; }

    public required StandInQueries Queries { get; init; }

    public required StandInPorts Ports { get; init; }

    public required IEvidenceArchive Evidence { get; init; }

    public required List<string> Log { get; init; }

    public ConsoleSessions Sessions => app.Services.GetRequiredService<ConsoleSessions>();

    public static async Task<RunningHost> StartAsync(bool virtualClock = false, WebhookOptions? webhooks = null, Action<IServiceCollection>? also = null, string? scheme = null)
    {
        var parts = new Parts();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new ListLog(parts.Log));
        builder.Services.AddSingleton<TimeProvider>(parts.CaseTime);
        builder.Services.AddSingleton<ICaseStore>(parts.Store);
        builder.Services.AddSingleton<IBorrowerStore>(parts.Store);
        builder.Services.AddSingleton<ICaseQueries>(parts.Queries);
        builder.Services.AddSingleton<IKpis>(parts.Ports);
        builder.Services.AddSingleton<IPortfolioImport>(parts.Ports);
        builder.Services.AddSingleton<IInboundAddressBook>(parts.Ports);
        builder.Services.AddSingleton<IDoorbell>(parts.Ports);
        builder.Services.AddSingleton(new AddressKeys(new byte[32]));
        builder.Services.AddSingleton(new ContactReasons(parts.Store, parts.Store, LivingCases.Policies, LivingCases.Drafts, Outbox.All, parts.CaseTime));
        builder.Services.AddSingleton(parts.Evidence);
        builder.Services.AddSingleton<EventIntake>();
        builder.Services.AddSingleton(provider => new MessageDesk(
            parts.Store, parts.Store, PolicyCatalogue.Shipped(), new LenderProfile("Example Lending", "400-555-0100", "https://pay.example.test/loan"), provider.GetRequiredService<EventIntake>(), parts.CaseTime));
        if (virtualClock)
            builder.Services.AddSingleton<IVirtualClock>(new StandInClock(parts.CaseTime));
        also?.Invoke(builder.Services);
        builder.Services.AddCollectionsWeb(new WebOptions
        {
            Webhooks = webhooks ?? DefaultWebhooks,
            Tokens = new AccessTokens(Enum.GetValues<Role>().Select(role => new AccessToken(new Caller($"{role} One", role), AccessTokens.Hash(TokenOf(role))))),
            WallClock = parts.WallClock,
            MaxImportBytes = 1024 * 1024,
            AuthenticationScheme = scheme,
        });
        var built = builder.Build();
        built.MapCollectionsWeb();
        await built.StartAsync();
        return new RunningHost(built) { WallClock = parts.WallClock, CaseTime = parts.CaseTime, Store = parts.Store, Queries = parts.Queries, Ports = parts.Ports, Log = parts.Log, Evidence = parts.Evidence };
    }

    public static WebhookOptions DefaultWebhooks { get; } = new()
    {
        Payments =
        [
            new("bank", WebhookScheme.Standard, [OldSecret, Secret]),
            new("cards", WebhookScheme.Stripe, [StripeSecret]),
        ],
        MessageKeys = [MessageKey],
    };

    public static string TokenOf(Role role) => $"invented-{role}-token";

    /// <summary>Sends a request as a caller; null: as nobody.</summary>
    public async Task<HttpResponseMessage> SendAsync(Role? role, HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (role is { } known)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(known));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(Role? role, string path, params (string Name, string Value)[] headers) => SendAsync(role, HttpMethod.Get, path, null, headers);

    public Task<HttpResponseMessage> PostAsync(Role? role, string path, string json, params (string Name, string Value)[] headers) =>
        SendAsync(role, HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"), headers);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private sealed record Parts
    {
        public SteppedTime WallClock { get; } = new(VectorTime);
        public SteppedTime CaseTime { get; } = new(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
        public InMemoryStore Store { get; } = new();
        public IEvidenceArchive Evidence => field ??= new InMemoryEvidenceArchive(Store);
        public StandInQueries Queries { get; } = new();
        public StandInPorts Ports { get; } = new();
        public List<string> Log { get; } = [];
    }
}

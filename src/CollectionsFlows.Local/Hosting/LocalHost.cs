using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Local.Verbs;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Hosting;

namespace CollectionsFlows.Local.Hosting;

/// <summary>The web server of the embedded host over one case system.</summary>
internal sealed partial class LocalHost : IAsyncDisposable
{
    private readonly WebApplication application;

    private LocalHost(WebApplication application, CaseSystem system, VirtualClock? clock, string ownerToken)
    {
        (this.application, System, Clock, OwnerToken) = (application, system, clock, ownerToken);
    }

    public CaseSystem System { get; }

    /// <summary>The virtual clock; null on real time.</summary>
    public VirtualClock? Clock { get; }

    /// <summary>The owner's bearer token.</summary>
    public string OwnerToken { get; }

    /// <summary>Where it listens.</summary>
    public string Url => application.Urls.First();

    /// <summary>A link that signs the owner in; good for as long as the host runs, at most a day.</summary>
    public string SignInLink =>
        $"{Url}/sign-in?token={application.Services.GetRequiredService<ConsoleSessions>().NewLinkToken(new Caller("owner", Role.Supervisor), TimeSpan.FromDays(1), reusable: true)}";

    /// <summary>Starts serving a data directory.</summary>
    /// <param name="directory">The data directory, created when new.</param>
    /// <param name="url">Where to listen.</param>
    /// <param name="clock">A virtual clock; null: real time.</param>
    /// <param name="cancellation">Stops starting.</param>
    /// <param name="retentionYears">How long personal data is kept after a borrower's last case closed.</param>
    /// <exception cref="UsageException">Something in the directory or the address is wrong.</exception>
    public static async Task<LocalHost> StartAsync(string directory, string url, VirtualClock? clock, CancellationToken cancellation, int retentionYears = RetentionWatch.StandardYears)
    {
        Directory.CreateDirectory(directory);
        var (ownerToken, tokens) = AccessFiles.Tokens(directory);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        using var logs = LoggerFactory.Create(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        TimeProvider time = clock is null ? TimeProvider.System : clock.Time;
        var system = await CaseSystem.OpenAsync(directory, time, logs.CreateLogger("CollectionsFlows"));
        try
        {
            Register(builder.Services, system, clock);
            builder.Services.AddHostedService(provider => new RetentionWatch(system, retentionYears, provider.GetRequiredService<ILogger<RetentionWatch>>()));
            builder.Services.AddCollectionsWeb(new WebOptions { Tokens = tokens, Webhooks = AccessFiles.Webhooks(directory) });
            var built = builder.Build();
            built.MapCollectionsWeb();
            if (clock is not null)
            {
                await clock.StartAsync(system, cancellation);
            }

            await system.StartAsync(cancellation);
            await built.StartAsync(cancellation);
            return new LocalHost(built, system, clock, ownerToken);
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>Serves until it is told to stop.</summary>
    public Task WaitAsync(CancellationToken cancellation) => application.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
        await System.DisposeAsync();
    }

    private static void Register(IServiceCollection services, CaseSystem system, VirtualClock? clock)
    {
        services.AddSingleton(system.Time);
        services.AddSingleton<ICaseStore>(system.Store);
        services.AddSingleton<IBorrowerStore>(system.Store);
        services.AddSingleton<ICaseQueries>(system.Reader);
        services.AddSingleton<IKpis>(system.Reader);
        services.AddSingleton(system.Reasons);
        services.AddSingleton(system.Evidence);
        services.AddSingleton<IInboundAddressBook>(system.AddressBook);
        services.AddSingleton(system.Intake);
        services.AddSingleton(new MessageDesk(system.Store, system.Store, system.Policies, LenderSettings.Load(system.Directory), system.Intake, system.Time, LenderRules.ContentInForce(system.Directory)));
        services.AddSingleton<IPortfolioImport>(new PortfolioFileImport(system.Import, system.Policies.Catalogue, terms => system.Policies.DefaultFor(terms)));
        services.AddSingleton(new CalendarAlerts(system.Rules.Packs, system.Time));
        services.AddHostedService(provider => new Sweeper(system, provider.GetRequiredService<ILogger<LocalHost>>()));
        if (clock is not null)
        {
            services.AddSingleton<IVirtualClock>(clock);
        }
    }

    /// <summary>Rings what is due: the alarm clock of this host, and the cure for lost rings.</summary>
    private sealed partial class Sweeper(CaseSystem system, ILogger logger) : BackgroundService
    {
        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var calendars = new CalendarNotice(new CalendarAlerts(system.Rules.Packs, system.Time), TimeProvider.System, sentence => LogCalendar(logger, sentence));
            calendars.Look();
            using var timer = new PeriodicTimer(Pause);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                calendars.Look();
                await SweepAsync(stoppingToken);
            }
        }

        private async Task SweepAsync(CancellationToken stoppingToken)
        {
            try
            {
                await system.Pump.SweepAsync(stoppingToken);
            }
            catch (Exception problem) when (problem is Microsoft.Data.Sqlite.SqliteException or IOException)
            {
                LogSweepFailed(logger, problem); // The next tick tries again; a host must not end over a busy file.
            }
        }

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence}")]
        private static partial void LogCalendar(ILogger logger, string sentence);

        [LoggerMessage(Level = LogLevel.Warning, Message = "looking for due cases failed and is tried again")]
        private static partial void LogSweepFailed(ILogger logger, Exception problem);
    }
}

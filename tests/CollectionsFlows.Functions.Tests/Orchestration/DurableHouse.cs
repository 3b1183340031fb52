using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Functions.Hosting;
using CollectionsFlows.Functions.Orchestration;
using CollectionsFlows.Local.Tests.Conformance;
using CollectionsFlows.Simulation.Time;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Hosting;
using CollectionsFlows.Web.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>The Azure host without the Functions runtime: its services, its orchestrator on the official durable worker, its web pipeline behind Kestrel.</summary>
internal sealed class DurableHouse : IHostUnderTest
{
    /// <summary>What message events show.</summary>
    public const string MessageKey = "plainly-invented-message-key";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication application;

    private DurableHouse(WebApplication application, VirtualTime time, byte[] secret, string token) =>
        (this.application, Time, WebhookSecret, Token) = (application, time, secret, token);

    public VirtualTime Time { get; }

    public byte[] WebhookSecret { get; }

    public string Token { get; }

    public Uri Address => new(application.Urls.First());

    public IServiceProvider Services => application.Services;

    public ICaseStore Cases => Services.GetRequiredService<ICaseStore>();

    public CaseSweeper Sweeper => Services.GetRequiredService<CaseSweeper>();

    public Sidecar Engine { get; private set; } = null!;

    /// <summary>Done each time before time passes: the faults of a test.</summary>
    public Func<DurableHouse, Task> BeforeTimePasses { get; init; } = _ => Task.CompletedTask;

    /// <summary>Called after each activity's work.</summary>
    public Action AfterActivity { get; init; } = () => { };

    /// <summary>The sweeper's own timer: it looks so often.</summary>
    public TimeSpan SweepAfter { get; set; }

    /// <summary>Where the test looks at cases; by default the host's own records.</summary>
    public ICaseStore? Watched { get; set; }

    /// <summary>Starts the host on the given records.</summary>
    /// <param name="now">Where virtual time stands.</param>
    /// <param name="records">Registers the ports of storage.</param>
    /// <param name="engineOf">Starts the durable engine with the tasks given; null: in memory.</param>
    /// <param name="change">Changes services before they are built: faults, other channels.</param>
    /// <param name="beforeTimePasses">Faults between stretches of time.</param>
    /// <param name="afterActivity">Faults after an activity did its work: when it throws, the work is done and its answer is lost.</param>
    public static async Task<DurableHouse> StartAsync(
        DateTimeOffset now, Action<IServiceCollection> records, Func<Action<DurableTaskRegistry>, Task<Sidecar>>? engineOf = null,
        Action<IServiceCollection>? change = null, Func<DurableHouse, Task>? beforeTimePasses = null, Action? afterActivity = null)
    {
        var (token, secret, time) = (AccessTokens.NewToken(), new byte[32], new VirtualTime(now));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        Register(builder.Services, time, token, secret);
        records(builder.Services);
        change?.Invoke(builder.Services);
        var built = builder.Build();
        var web = new WebPipeline(built.Services);
        built.Run(web.RunAsync);
        await built.StartAsync();
        var house = new DurableHouse(built, time, secret, token) 
        {
            BeforeTimePasses = beforeTimePasses ?? (_ => Task.CompletedTask),
            AfterActivity = afterActivity ?? (() => { }),
        };
        await house.StartEngineAsync(engineOf ?? (tasks => Sidecar.InMemoryAsync(tasks)));
        return house;
    }

    /// <summary>Another engine takes over: what the former one knew is lost.</summary>
    public async Task StartEngineAsync(Func<Action<DurableTaskRegistry>, Task<Sidecar>> engineOf)
    {
        if (Engine is not null)
            await Engine.DisposeAsync();
        Engine = await engineOf(AddTasks);
        Services.GetRequiredService<CaseClocks>().Attach(Engine.Client);
    }

    /// <summary>Lets time pass from wake to wake. Timers and doorbells wake the cases; the sweeper starts missing clocks, as its own timer would.</summary>
    public async Task AdvanceToAsync(DateTimeOffset instant)
    {
        await SettleAsync();
        await BeforeTimePasses(this);
        await SettleAsync();
        while (await (Watched ?? Cases).NextWakeAsync() is { } wake && wake <= instant)
        {
            Time.MoveTo(wake > Time.GetUtcNow() ? wake : Time.GetUtcNow());
            await SettleAsync();
        }

        Time.MoveTo(instant);
        await SettleAsync();
    }

    public async Task<IReadOnlyList<JournalEntry>> JournalAsync(string loanId)
    {
        await SettleAsync();
        return await (Watched ?? Cases).JournalAsync(loanId, 0, int.MaxValue);
    }

    /// <summary>Waits until no case is due: every inbox drained, every command run, every wake ahead.</summary>
    public async Task SettleAsync()
    {
        var (since, swept) = (TimeProvider.System.GetTimestamp(), TimeProvider.System.GetTimestamp());
        while (await (Watched ?? Cases).DueAsync(Time.GetUtcNow(), 10) is { Count: > 0 } due)
        {
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                throw new TimeoutException($"{string.Join(", ", due)} did not settle at {Time.GetUtcNow():O}");
            if (TimeProvider.System.GetElapsedTime(swept) >= SweepAfter)
            {
                await Sweeper.SweepAsync();
                swept = TimeProvider.System.GetTimestamp();
            }

            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await application.StopAsync();
        await application.DisposeAsync();
    }

    /// <summary>What the functions runtime finds by its triggers.</summary>
    private void AddTasks(DurableTaskRegistry tasks)
    {
        CaseActivities Activities() => Services.GetRequiredService<CaseActivities>();
        tasks.AddOrchestratorFunc<CaseAlarm>(nameof(LoanCaseOrchestrator), (context, _) => LoanCaseOrchestrator.RunAsync(context));
        tasks.AddActivityFunc<string, CaseWake>(CaseActivities.AdvanceCase, async (_, loanId) =>
        {
            var wake = await Activities().AdvanceAsync(loanId, default);
            AfterActivity();
            return wake;
        });
        AddCommand(CaseActivities.SendNotification, call => Activities().SendNotificationAsync(call, default));
        AddCommand(CaseActivities.ReferToLegal, call => Activities().ReferToLegalAsync(call, default));
        AddCommand(CaseActivities.WriteOff, call => Activities().WriteOffAsync(call, default));

        void AddCommand(string name, Func<CommandCall, Task> run) => tasks.AddActivityFunc<CommandCall>(name, async (_, call) =>
        {
            await run(call);
            AfterActivity();
        });
    }

    private static void Register(IServiceCollection services, VirtualTime time, string token, byte[] secret)
    {
        services.AddSingleton<TimeProvider>(time).AddSingleton(time);
        services.AddSingleton(new AddressKeys(MasterKeys.Parse(FixedKeys.Setting).AddressSecret));
        services.AddSingleton(Outbox.All);
        services.AddCases(Path.Combine(AppContext.BaseDirectory, "no-lender"));
        services.AddSingleton<TimerClock>(new SteppedTime(time));
        services.AddCollectionsWeb(new WebOptions
        {
            Tokens = new AccessTokens([new AccessToken(new Caller("owner", Role.Supervisor), AccessTokens.Hash(token))]),
            Webhooks = new WebhookOptions { Payments = WebhookOptions.SourcesOf($"whsec_{Convert.ToBase64String(secret)}"), MessageKeys = [MessageKey] },
        });
    }
}

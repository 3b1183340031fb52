using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Contact.Reasons;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Local.Storage;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Local.Hosting;

/// <summary>Everything that makes the cases of one data directory live: store, engine, pump, intake. Opened by one process at a time.</summary>
internal sealed partial class CaseSystem : IAsyncDisposable
{
    private const int Workers = 4;

    private CaseSystem(string directory, SqliteStore store, AddressKeys addressKeys, PolicyShelf policies, PackCatalogue rules, TimeProvider time, ILogger logger)
    {
        (Directory, Store, Policies, Rules, Time) = (directory, store, policies, rules, time);
        Evidence = new FileEvidenceArchive(directory, store);
        Pump = new CasePump(store, time, RunnerOf, (loanId, problem) => LogSuspended(logger, loanId, problem));
        Intake = new EventIntake(store, store, Pump, addressKeys, time);
        Import = new PortfolioImport(store, store, Intake, Pump, addressKeys, time);
        AddressBook = new AddressBook(store, store, addressKeys);
        Reader = new CaseReader(store, policies, time, Pump.SuspendedBecause);
        Reasons = ReasonsOf(directory, store, policies, rules, time);
    }

    public string Directory { get; }

    public SqliteStore Store { get; }

    public PolicyShelf Policies { get; }

    /// <summary>The contact rules in force: the shipped ones with the lender's changes.</summary>
    public PackCatalogue Rules { get; }

    public TimeProvider Time { get; }

    public IEvidenceArchive Evidence { get; }

    public CasePump Pump { get; }

    public EventIntake Intake { get; }

    public PortfolioImport Import { get; }

    public AddressBook AddressBook { get; }

    public CaseReader Reader { get; }

    public ContactReasons Reasons { get; }

    /// <summary>Opens a data directory for work, creating it when it is new.</summary>
    public static async Task<CaseSystem> OpenAsync(string directory, TimeProvider time, ILogger logger)
    {
        var keys = StoreKeys.LoadOrCreate(directory, Environment.GetEnvironmentVariable(StoreKeys.EnvironmentVariable));
        var store = await SqliteStore.OpenAsync(directory, keys, time);
        try
        {
            var rules = LenderRules.InForce(directory);
            RuleShelf.Keep(rules, directory); // Before anything is judged by them.
            return new CaseSystem(directory, store, new AddressKeys(keys.AddressSecret), PolicyShelf.Open(directory), rules, time, logger);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts running cases, beginning with whatever was left undone.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        Pump.Start(Workers);
        await Pump.SweepAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Pump.DisposeAsync();
        await Store.DisposeAsync();
    }

    /// <summary>Tells why borrowers were contacted or not, with what dispatch uses. Reads only, so it works beside a running host too.</summary>
    public static ContactReasons ReasonsOf(string directory, SqliteStore store, PolicyShelf policies, PackCatalogue rules, TimeProvider time) =>
        new(store, store, policies, DraftsOf(directory, policies, rules), Outbox.All, time);

    private static NotificationDraft DraftsOf(string directory, PolicyShelf policies, PackCatalogue rules) =>
        new(policies, policies.Templates, LenderSettings.Load(directory), rules.Packs, LenderRules.ContentInForce(directory));

    private CaseRunner RunnerOf(IDoorbell doorbell)
    {
        var lender = LenderSettings.Load(Directory);
        var sender = new NotificationSender(Store, DraftsOf(Directory, Policies, Rules), Outbox.All, Time);
        var dossiers = new DossierAssembler(Store, Store, Evidence, Policies, lender, Time);
        return new CaseRunner(new CaseEngine(Store, Policies, Time), new CommandRunner(sender, dossiers, Time), Store, Time);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "case {LoanId} did not go on; a broken case stays suspended until somebody has looked and the host was started anew, any other is tried again")]
    private static partial void LogSuspended(ILogger logger, string loanId, Exception problem);
}

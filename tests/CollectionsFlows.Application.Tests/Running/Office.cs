using System.Globalization;
using System.Text.Json;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Simulation.Stores;
using CollectionsFlows.Simulation.Time;

namespace CollectionsFlows.Application.Tests.Running;

/// <summary>A whole small lender in memory, on a virtual clock: shipped policies, templates and packs, real engine, outbox.</summary>
internal sealed class Office : IDoorbell
{
    public static readonly LenderProfile Lender = new("Example Lending", "400-555-0100", "https://pay.example.test/loan")
    {
        MailingAddress = "100 Example Street, Anytown",
    };

    private readonly EventIntake intake;
    private int events;

    public Office(string now, params IReadOnlyList<JurisdictionPack> packs)
    {
        Time = new VirtualTime(At(now));
        Archive = new InMemoryEvidenceArchive(Store);
        intake = new EventIntake(Store, Store, this, Keys, Time);
        Dossiers = new DossierAssembler(Store, Store, Archive, Policies, Lender, Time);
        Drafts = new NotificationDraft(Policies, Policies.Templates, Lender, packs.Count == 0 ? PackCatalogue.Shipped().Packs : packs);
        Desk = new MessageDesk(Store, Store, Policies, Lender, intake, Time);
        Commands = new CommandRunner(Sender(), Dossiers, Time);
    }

    public VirtualTime Time { get; }

    public InMemoryStore Store { get; } = new();

    public InMemoryEvidenceArchive Archive { get; }

    public PolicyCatalogue Policies { get; } = PolicyCatalogue.Shipped();

    public AddressKeys Keys { get; } = new(new byte[32]);

    public DossierAssembler Dossiers { get; }

    public NotificationDraft Drafts { get; }

    public MessageDesk Desk { get; }

    public CommandRunner Commands { get; }

    public CaseEngine Engine => new(Store, Policies, Time);

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    public static DateOnly Day(string iso) => DateOnly.ParseExact(iso, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public NotificationSender Sender(IBorrowerStore? borrowers = null, params IReadOnlyList<IMessageChannel> channels) =>
        new(borrowers ?? Store, Drafts, channels.Count == 0 ? Outbox.All : channels, Time);

    public BorrowerDetails Details(string name, string? language, params (Channel Channel, string Value)[] addresses) => new()
    {
        Name = name,
        Language = language,
        Addresses = [.. addresses.Select(address => new BorrowerAddress(Keys.KeyOf(address.Channel, address.Value), address.Channel, address.Value))],
    };

    public async Task EnrolAsync(LoanTerms terms, BorrowerDetails borrower, string policy)
    {
        var enrolled = new CaseEvent.LoanEnrolled(terms, new PolicyReference(policy, Policies.Find(policy)!.Policy.Version), [.. borrower.Addresses.Select(address => address.Channel).Distinct()]);
        var item = new InboxItem(terms.LoanId, new CaseInput($"enrol:{terms.LoanId}", Time.GetUtcNow(), enrolled), Time.GetUtcNow(), terms.LoanId);
        await Store.EnrolAsync([new Enrolment(item, borrower) { BorrowerId = terms.BorrowerId }], partial: false);
        await RunAsync(terms.LoanId);
    }

    /// <summary>An event of the contract, now; <paramref name="data"/> is its JSON.</summary>
    public async Task HappensAsync(string loanId, string type, string data, string? by = null)
    {
        var json = $$"""{"id":"evt-{{++events}}","at":"{{Time.GetUtcNow():O}}","loanId":{{JsonSerializer.Serialize(loanId)}},"type":"{{type}}","data":{{data}}}""";
        var read = EventReader.Read(JsonDocument.Parse(json).RootElement, null, out var errors);
        Assert.True(read is not null, string.Join("; ", errors.Select(error => error.ToString())));
        Assert.Equal(InboxResult.Stored, await intake.AcceptAsync(read, by, reason: null));
        await RunAsync(loanId);
    }

    /// <summary>Lets time pass, waking the case whenever it wants.</summary>
    public async Task UntilAsync(string loanId, string instant)
    {
        var until = At(instant);
        while ((await Store.LoadAsync(loanId)).NextWake is { } wake && wake <= until)
        {
            Time.MoveTo(wake > Time.GetUtcNow() ? wake : Time.GetUtcNow());
            await RunAsync(loanId);
        }

        Time.MoveTo(until);
    }

    public async Task<CaseState> RunAsync(string loanId) =>
        (await new CaseRunner(Engine, Commands, Store, Time).RunAsync(loanId))!.State;

    public async Task<CaseState> StateAsync(string loanId) => (await Store.LoadAsync(loanId)).State!;

    ValueTask IDoorbell.RingAsync(string loanId, CancellationToken cancellation) => ValueTask.CompletedTask;
}

using System.Collections.Concurrent;
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
using CollectionsFlows.Simulation.Tests.Stores;

namespace CollectionsFlows.Simulation.Tests.Lawful;

/// <summary>Everything that writes to one borrower at once, over a store: real sender, drafts, packs and intake, on a clock that never shows an instant twice.</summary>
internal sealed class ConcurrentDesk : IDoorbell
{
    public const string Phone = "+12065550142";

    private static readonly PolicyCatalogue Catalogue = PolicyCatalogue.Shipped();
    private static readonly LenderProfile Lender = new("Example Lender", "+1 202 555 0100", "https://pay.example.com");

    private readonly StoreUnderTest store;
    private readonly Ticking time;
    private readonly AddressKeys keys = new(new byte[32]);
    private readonly NotificationSender sender;
    private readonly CaseRunner runner;
    private readonly EventIntake intake;

    public ConcurrentDesk(StoreUnderTest store, DateTimeOffset start, IReadOnlyList<IMessageChannel> channels)
    {
        this.store = store;
        time = new Ticking(start);
        sender = new NotificationSender(store.Borrowers, new NotificationDraft(Catalogue, Catalogue.Templates, Lender, PackCatalogue.Shipped().Packs), channels, time);
        var dossiers = new DossierAssembler(store.Cases, store.Borrowers, store.Evidence, Catalogue, Lender, time);
        runner = new CaseRunner(new CaseEngine(store.Cases, Catalogue, time), new CommandRunner(sender, dossiers, time), store.Cases, time);
        intake = new EventIntake(store.Cases, store.Borrowers, this, keys, time);
    }

    public static LoanTerms Terms(string loanId, string borrowerId, string jurisdiction, string zone) => new()
    {
        LoanId = loanId, BorrowerId = borrowerId, Product = "personal", CreditorRole = jurisdiction == "CN" ? CreditorRole.Creditor : CreditorRole.Collector,
        Jurisdiction = jurisdiction, TimeZones = [zone], Currency = Currency.Parse(jurisdiction == "CN" ? "CNY" : "USD"), PenaltyAnnualRate = 0m,
        Instalments = [new Instalment(1, new DateOnly(2026, 6, 20), 100m, 5m, 0m)],
    };

    /// <summary>A loan with nothing due yet, so that the case itself says nothing.</summary>
    public async Task<CaseState> EnrolAsync(LoanTerms terms, string policy)
    {
        var details = keys.WithKeys(new BorrowerDetails { Name = "Sample Borrower", Addresses = [new("", Channel.Sms, Phone)] });
        var enrolled = new CaseEvent.LoanEnrolled(terms, new PolicyReference(policy, Catalogue.Find(policy)!.Policy.Version), [Channel.Sms]);
        var now = time.GetUtcNow();
        var item = new InboxItem(terms.LoanId, new CaseInput($"enrol:{terms.LoanId}", now, enrolled), now, terms.LoanId);
        await store.Enrolments.EnrolAsync([new Enrolment(item, details) { BorrowerId = terms.BorrowerId }], partial: false);
        return (await runner.RunAsync(terms.LoanId))!.State;
    }

    public async Task ReportAsync(LawfulEvent happened) =>
        await intake.AcceptAsync(EventReader.Read(happened.Json, id: null, out _)!, by: null, reason: null);

    public async Task<ContactAttempt> SendAsync(CaseState state, string commandId, string template) =>
        await sender.SendAsync(state, new PendingCommand(new CaseCommand.SendNotification(commandId, "reminder", template, Purpose.Collect, [Channel.Sms]), 1));

    public async Task<BorrowerRecord> BorrowerAsync(string borrowerId) => (await store.Borrowers.LoadBorrowerAsync(borrowerId))!;

    public async Task<IReadOnlyList<StoredMessage>> MessagesAsync(string borrowerId) => await store.Borrowers.MessagesAsync(borrowerId, null);

    ValueTask IDoorbell.RingAsync(string loanId, CancellationToken cancellation) => ValueTask.CompletedTask;

    private sealed class Ticking(DateTimeOffset start) : TimeProvider
    {
        private long tenths;

        public override DateTimeOffset GetUtcNow() => start.AddMilliseconds(100 * Interlocked.Increment(ref tenths));
    }
}

/// <summary>A carrier that takes its time and is not always clear; it never refuses.</summary>
internal sealed class VagueCarrier(Random random) : IMessageChannel
{
    private readonly Lock gate = new();

    /// <summary>Every hand-over, by command: more than one is a message sent twice.</summary>
    public ConcurrentBag<string> Given { get; } = [];

    public Channel Channel => Channel.Sms;

    public bool IsOutbox => false;

    public async ValueTask<Handover> SendAsync(StoredMessage message, CancellationToken cancellation = default)
    {
        Given.Add(message.CommandId);
        await Task.Yield();
        int draw;
        lock (gate) draw = random.Next(4);
        return draw switch { 0 => throw new TimeoutException(), 1 => new Handover(MessageStatus.Unknown), _ => new Handover(MessageStatus.Sent) };
    }
}

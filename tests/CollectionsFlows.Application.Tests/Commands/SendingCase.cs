using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Simulation.Stores;

namespace CollectionsFlows.Application.Tests.Commands;

/// <summary>A borrower in Chicago to whom nothing was written yet, at 10:00 there on a Tuesday, and ways to write to them.</summary>
internal sealed class SendingCase(params JurisdictionPack[] packs)
{
    public const string Phone = "+1-312-555-0142";
    public const string Email = "pat@example.test";

    public Office Office { get; } = new("2026-03-03T16:00:00Z", packs);

    public static LoanTerms Terms(string loanId = "L-1", string jurisdiction = "US") => new()
    {
        LoanId = loanId,
        BorrowerId = "B-1",
        Product = "personal",
        CreditorRole = CreditorRole.Creditor,
        Jurisdiction = jurisdiction,
        TimeZones = ["America/Chicago"],
        Currency = Currency.Parse("USD"),
        PenaltyAnnualRate = 0m,
        Instalments = [new Instalment(1, new DateOnly(2026, 4, 20), 100m, 5m, 0m)],
    };

    public static PendingCommand Message(string id = "L-1:9", int attempt = 1, params Channel[] channels) =>
        new(new CaseCommand.SendNotification(id, "reminder", "friendly-reminder", Purpose.Collect, channels.Length == 0 ? [Channel.Sms] : channels), attempt);

    public async Task<CaseState> EnrolAsync(string loanId = "L-1", params (Channel Channel, string Value)[] addresses)
    {
        await Office.EnrolAsync(Terms(loanId), Office.Details("Pat Example", "en-US", addresses), "us-creditor");
        return await Office.StateAsync(loanId);
    }

    public Task<CaseState> EnrolWithPhoneAsync(string loanId = "L-1") => EnrolAsync(loanId, (Channel.Sms, Phone));

    public async Task<BorrowerRecord> BorrowerAsync() => (await Office.Store.LoadBorrowerAsync("B-1"))!;

    public async Task<StoredMessage?> StoredAsync(string commandId = "L-1:9") => await Office.Store.MessageAsync("B-1", commandId);

    /// <summary>The borrower's profile becomes another.</summary>
    public async Task ChangeAsync(Func<ContactProfile, ContactProfile> change)
    {
        var borrower = await BorrowerAsync();
        Assert.True(await Office.Store.SaveBorrowerAsync(new BorrowerChange { BorrowerId = "B-1", ExpectedVersion = borrower.Version, Profile = change(borrower.Profile) }));
    }
}

/// <summary>A carrier that counts what it is given and answers as told.</summary>
internal sealed class Carrier(Channel channel, Func<Handover> answer, Func<Handover?>? turn = null) : IMessageChannel
{
    public int Given { get; private set; }

    public Channel Channel => channel;

    public bool IsOutbox => false;

    public ValueTask<Handover?> ReadyAsync(StoredMessage message, CancellationToken cancellation = default) => new(turn?.Invoke());

    public ValueTask<Handover> SendAsync(StoredMessage message, CancellationToken cancellation = default)
    {
        Given++;
        return new(answer());
    }
}

/// <summary>A borrower store in which something happens just before the next save.</summary>
internal sealed class InterruptedBorrowers(InMemoryStore store, Func<BorrowerChange, Task> before, Func<BorrowerChange, Task>? after = null) : IBorrowerStore
{
    public ValueTask<BorrowerRecord?> LoadBorrowerAsync(string borrowerId, CancellationToken cancellation = default) => store.LoadBorrowerAsync(borrowerId, cancellation);

    public async ValueTask<bool> SaveBorrowerAsync(BorrowerChange change, CancellationToken cancellation = default)
    {
        await before(change);
        var saved = await store.SaveBorrowerAsync(change, cancellation);
        if (saved && after is not null) await after(change);
        return saved;
    }

    public ValueTask<StoredMessage?> MessageAsync(string borrowerId, string commandId, CancellationToken cancellation = default) => store.MessageAsync(borrowerId, commandId, cancellation);

    public ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) => store.MessagesAsync(borrowerId, loanId, cancellation);

    public ValueTask<IReadOnlyList<StoredText>> TextsAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) => store.TextsAsync(borrowerId, loanId, cancellation);

    public ValueTask<IReadOnlyList<string>> BorrowersOfAsync(string addressKey, CancellationToken cancellation = default) => store.BorrowersOfAsync(addressKey, cancellation);

    public ValueTask EraseBorrowerAsync(string borrowerId, CancellationToken cancellation = default) => store.EraseBorrowerAsync(borrowerId, cancellation);
}

using System.Collections.Immutable;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Simulation.Stores;

/// <summary>Borrowers, their ledgers, messages and texts in dictionaries. Not thread-safe: <see cref="InMemoryStore"/> locks.</summary>
internal sealed class BorrowerShelf
{
    private readonly Dictionary<string, BorrowerFile> files = new(StringComparer.Ordinal);

    public BorrowerRecord? Load(string borrowerId) => files.GetValueOrDefault(borrowerId)?.Record;

    public bool Save(BorrowerChange change)
    {
        if ((Load(change.BorrowerId)?.Version ?? 0) != change.ExpectedVersion) return false;
        var file = FileOf(change.BorrowerId);
        var old = file.Record;
        file.Record = old with
        {
            Version = old.Version + 1,
            Details = change.Details ?? old.Details,
            Profile = change.Profile ?? old.Profile,
            Ledger = change.Ledger.Count == 0 ? old.Ledger : Replace(old.Ledger, change.Ledger),
            AppliedEvents = change.AppliedEvent is null ? old.AppliedEvents : ((ImmutableHashSet<string>)old.AppliedEvents).Add(change.AppliedEvent),
        };
        foreach (var message in change.Messages) file.Messages[message.CommandId] = message;
        foreach (var text in change.Texts) file.Texts[(text.EventId, text.Kind)] = text;
        return true;
    }

    public void Unite(string borrowerId, BorrowerDetails later)
    {
        var file = FileOf(borrowerId);
        file.Record = file.Record with { Version = file.Record.Version + 1, Details = file.Record.Details.UnitedWith(later) };
    }

    public StoredMessage? Message(string borrowerId, string commandId) => files.GetValueOrDefault(borrowerId)?.Messages.GetValueOrDefault(commandId);

    public IReadOnlyList<StoredMessage> Messages(string borrowerId, string? loanId) =>
        !files.TryGetValue(borrowerId, out var file) ? [] :
        [.. file.Messages.Values
            .Where(message => loanId is null || string.Equals(message.LoanId, loanId, StringComparison.Ordinal))
            .OrderBy(message => message.At).ThenBy(message => message.CommandId, StringComparer.Ordinal)];

    public IReadOnlyList<StoredText> Texts(string borrowerId, string? loanId) =>
        !files.TryGetValue(borrowerId, out var file) ? [] :
        [.. file.Texts.Values
            .Where(text => loanId is null || string.Equals(text.LoanId, loanId, StringComparison.Ordinal))
            .OrderBy(text => text.At).ThenBy(text => text.EventId, StringComparer.Ordinal).ThenBy(text => text.Kind, StringComparer.Ordinal)];

    public IReadOnlyList<string> WithAddress(string addressKey) =>
    [
        .. files.Values
            .Where(file => file.Record.Details?.Addresses.Any(address => string.Equals(address.Key, addressKey, StringComparison.Ordinal)) == true)
            .Select(file => file.Record.BorrowerId).Order(StringComparer.Ordinal),
    ];

    // S25
    public void Erase(string borrowerId)
    {
        if (!files.TryGetValue(borrowerId, out var file)) return;
        file.Erasures++;
        file.Record = file.Record with { Version = file.Record.Version + 1, Details = null };
        foreach (var message in file.Messages.Values.ToList()) file.Messages[message.CommandId] = message with { Address = "", Subject = null, Text = "" };
        foreach (var (key, text) in file.Texts.ToList()) file.Texts[key] = text with { Text = "" };
    }

    public int ErasuresOf(string borrowerId) => files.GetValueOrDefault(borrowerId)?.Erasures ?? 0;

    private static LedgerEntry[] Replace(IReadOnlyList<LedgerEntry> ledger, IReadOnlyList<LedgerEntry> changed)
    {
        var byId = ledger.Concat(changed).GroupBy(entry => entry.Id, (_, same) => same.Last(), StringComparer.Ordinal);
        return [.. byId.OrderBy(entry => entry.Contact.At).ThenBy(entry => entry.Id, StringComparer.Ordinal)];
    }

    private BorrowerFile FileOf(string borrowerId)
    {
        if (!files.TryGetValue(borrowerId, out var file)) files.Add(borrowerId, file = new BorrowerFile(borrowerId));
        return file;
    }

    private sealed class BorrowerFile(string borrowerId)
    {
        public BorrowerRecord Record { get; set; } = new(borrowerId, 0, null, ContactProfile.Empty, [], ImmutableHashSet.Create<string>(StringComparer.Ordinal));

        public int Erasures { get; set; }

        public Dictionary<string, StoredMessage> Messages { get; } = new(StringComparer.Ordinal);

        public Dictionary<(string EventId, string Kind), StoredText> Texts { get; } = [];
    }
}

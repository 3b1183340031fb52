using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>As much of the stores as intake needs, with faults on demand.</summary>
internal sealed class MemoryStores : ICaseStore, IBorrowerStore, IEnrolmentStore, IDoorbell
{
    private readonly Dictionary<string, BorrowerRecord> borrowers = [];
    private readonly List<StoredMessage> messages = [];
    private readonly List<(string BorrowerId, StoredText Text)> texts = [];

    public List<InboxItem> Inbox { get; } = [];

    public List<string> Rings { get; } = [];

    /// <summary>How often a save is refused because somebody else was faster.</summary>
    public int LostRaces { get; set; }

    /// <summary>Called before an item is put; may throw (a crash) or change the stores (a race).</summary>
    public Action BeforePut { get; set; } = () => { };

    public ContactProfile Profile(string borrowerId) => borrowers.TryGetValue(borrowerId, out var record) ? record.Profile : ContactProfile.Empty;

    public IReadOnlyList<LedgerEntry> Ledger(string borrowerId) => borrowers[borrowerId].Ledger;

    public BorrowerDetails? Details(string borrowerId) => borrowers[borrowerId].Details;

    public IReadOnlyList<string> Texts(string borrowerId) => [.. texts.Where(text => text.BorrowerId == borrowerId).Select(text => text.Text.Text)];

    public ValueTask RingAsync(string loanId, CancellationToken cancellation = default)
    {
        Rings.Add(loanId);
        return ValueTask.CompletedTask;
    }

    public ValueTask<string?> BodyOfAsync(string eventId, CancellationToken cancellation = default) =>
        ValueTask.FromResult(Inbox.Find(item => item.Input.Id == eventId)?.BodySha256);

    public ValueTask<InboxResult> PutAsync(InboxItem item, CancellationToken cancellation = default)
    {
        BeforePut();
        return ValueTask.FromResult(Put(item));
    }

    public ValueTask<CaseRecord> LoadAsync(string loanId, CancellationToken cancellation = default) =>
        ValueTask.FromResult(new CaseRecord(null, 0, "", [.. Inbox.Where(item => item.LoanId == loanId)]));

    public ValueTask<IReadOnlyList<InboxItem>> UnmatchedAsync(int limit, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<InboxItem>>([.. Inbox.Where(item => !Inbox.Exists(other => other.LoanId == item.LoanId && other.Input.Event is CaseEvent.LoanEnrolled)).Take(limit)]);

    public ValueTask<BorrowerRecord?> LoadBorrowerAsync(string borrowerId, CancellationToken cancellation = default) =>
        ValueTask.FromResult(borrowers.GetValueOrDefault(borrowerId));

    public ValueTask<bool> SaveBorrowerAsync(BorrowerChange change, CancellationToken cancellation = default)
    {
        var old = borrowers.GetValueOrDefault(change.BorrowerId) ?? new(change.BorrowerId, 0, null, ContactProfile.Empty, [], new HashSet<string>());
        if (LostRaces-- > 0 || old.Version != change.ExpectedVersion)
            return ValueTask.FromResult(false);
        borrowers[change.BorrowerId] = old with
        {
            Version = old.Version + 1,
            Details = change.Details ?? old.Details,
            Profile = change.Profile ?? old.Profile,
            Ledger = [.. old.Ledger.Where(entry => change.Ledger.All(other => other.Id != entry.Id)), .. change.Ledger],
            AppliedEvents = change.AppliedEvent is { } applied ? new HashSet<string>(old.AppliedEvents) { applied } : old.AppliedEvents,
        };
        messages.RemoveAll(message => change.Messages.Any(other => other.CommandId == message.CommandId));
        messages.AddRange(change.Messages);
        texts.AddRange(change.Texts.Select(text => (change.BorrowerId, text)));
        return ValueTask.FromResult(true);
    }

    public ValueTask<StoredMessage?> MessageAsync(string borrowerId, string commandId, CancellationToken cancellation = default) =>
        ValueTask.FromResult(messages.Find(message => message.BorrowerId == borrowerId && message.CommandId == commandId));

    public ValueTask<IReadOnlyList<StoredText>> TextsAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<StoredText>>([.. texts.Where(text => text.BorrowerId == borrowerId && (loanId is null || text.Text.LoanId == loanId)).Select(text => text.Text)]);

    /// <summary>Keeps the emptied texts, as a store may.</summary>
    public ValueTask<IReadOnlyList<string>> BorrowersOfAsync(string addressKey, CancellationToken cancellation = default) =>
        new([.. borrowers.Values.Where(borrower => borrower.Details?.Addresses.Any(address => address.Key == addressKey) == true).Select(borrower => borrower.BorrowerId).Order(StringComparer.Ordinal)]);

    public ValueTask EraseBorrowerAsync(string borrowerId, CancellationToken cancellation = default)
    {
        for (var i = 0; i < texts.Count; i++)
            if (texts[i].BorrowerId == borrowerId)
                texts[i] = (borrowerId, texts[i].Text with { Text = "" });
        return ValueTask.CompletedTask;
    }

    public ValueTask<EnrolmentResult> EnrolAsync(IReadOnlyList<Enrolment> enrolments, bool partial, CancellationToken cancellation = default)
    {
        var known = enrolments.ToLookup(enrolment => Inbox.Find(item => item.Input.Id == enrolment.Item.Input.Id)?.BodySha256 is { } body ? body == enrolment.Item.BodySha256 : (bool?)null);
        string[] conflicts = [.. known[false].Select(enrolment => enrolment.Item.LoanId)];
        if (conflicts.Length > 0 && !partial)
            return ValueTask.FromResult(new EnrolmentResult(0, 0, conflicts));
        foreach (var enrolment in known[null])
        {
            Put(enrolment.Item);
            var old = borrowers.GetValueOrDefault(enrolment.BorrowerId) ?? new(enrolment.BorrowerId, 0, null, ContactProfile.Empty, [], new HashSet<string>());
            borrowers[enrolment.BorrowerId] = old with { Version = old.Version + 1, Details = old.Details.UnitedWith(enrolment.Borrower) };
        }

        return ValueTask.FromResult(new EnrolmentResult(known[null].Count(), known[true].Count(), conflicts));
    }

    public ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) => throw Unused();

    public ValueTask<BorrowerLoans> LoansOfAsync(string borrowerId, CancellationToken cancellation = default) => throw Unused();

    public ValueTask<bool> CommitAsync(CaseStep step, CancellationToken cancellation = default) => throw Unused();

    public ValueTask<IReadOnlyList<string>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) => throw Unused();

    public ValueTask<DateTimeOffset?> NextWakeAsync(CancellationToken cancellation = default) => throw Unused();

    public ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(string loanId, int afterSeq, int limit, CancellationToken cancellation = default) => throw Unused();

    public ValueTask<CasePage> ListAsync(CaseQuery query, CancellationToken cancellation = default) => throw Unused();

    public ValueTask<IReadOnlyList<string>> LoanIdsAsync(string? afterLoanId, int limit, CancellationToken cancellation = default) => throw Unused();

    public ValueTask<CaseCounts> CountsAsync(CancellationToken cancellation = default) => throw Unused();

    private static InvalidOperationException Unused() => new("intake does not need it");

    private InboxResult Put(InboxItem item)
    {
        if (Inbox.Find(other => other.Input.Id == item.Input.Id) is { } known)
            return known.BodySha256 == item.BodySha256 ? InboxResult.Duplicate : InboxResult.Conflict;
        Inbox.Add(item);
        return InboxResult.Stored;
    }
}

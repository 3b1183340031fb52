using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Journal;

namespace CollectionsFlows.Simulation.Stores;

/// <summary>All ports of storage over dictionaries: for simulations and tests. What is stored is kept by reference, for it is immutable; everything is done when the call returns.</summary>
/// <remarks>One lock guards all of it: a step is atomic, and a simulation runs each store on one thread anyway.</remarks>
public sealed class InMemoryStore : ICaseStore, IBorrowerStore, IEnrolmentStore
{
    private readonly Lock gate = new();
    private readonly CaseShelf cases = new();
    private readonly BorrowerShelf borrowers = new();

    public ValueTask<InboxResult> PutAsync(InboxItem item, CancellationToken cancellation = default)
    {
        lock (gate) return new(cases.Put(item));
    }

    public ValueTask<CaseRecord> LoadAsync(string loanId, CancellationToken cancellation = default)
    {
        lock (gate) return new(cases.Load(loanId));
    }

    public ValueTask<bool> CommitAsync(CaseStep step, CancellationToken cancellation = default)
    {
        lock (gate) return new(cases.Commit(step));
    }

    public ValueTask<IReadOnlyList<string>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default)
    {
        lock (gate) return new(cases.Due(now, limit));
    }

    public ValueTask<DateTimeOffset?> NextWakeAsync(CancellationToken cancellation = default)
    {
        lock (gate) return new(cases.NextWake);
    }

    public ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(string loanId, int afterSeq, int limit, CancellationToken cancellation = default)
    {
        lock (gate) return new(cases.Journal(loanId, afterSeq, limit));
    }

    public ValueTask<CasePage> ListAsync(CaseQuery query, CancellationToken cancellation = default)
    {
        lock (gate) return new(CaseListing.Page(cases.Indices, query));
    }

    public ValueTask<IReadOnlyList<InboxItem>> UnmatchedAsync(int limit, CancellationToken cancellation = default)
    {
        lock (gate) return new(cases.Unmatched(limit));
    }

    public ValueTask<IReadOnlyList<string>> LoanIdsAsync(string? afterLoanId, int limit, CancellationToken cancellation = default)
    {
        lock (gate) return new(cases.LoanIds(afterLoanId, limit));
    }

    public ValueTask<CaseCounts> CountsAsync(CancellationToken cancellation = default)
    {
        lock (gate) return new(cases.Counts());
    }

    public ValueTask<BorrowerRecord?> LoadBorrowerAsync(string borrowerId, CancellationToken cancellation = default)
    {
        lock (gate) return new(borrowers.Load(borrowerId));
    }

    public ValueTask<bool> SaveBorrowerAsync(BorrowerChange change, CancellationToken cancellation = default)
    {
        lock (gate) return new(borrowers.Save(change));
    }

    public ValueTask<StoredMessage?> MessageAsync(string borrowerId, string commandId, CancellationToken cancellation = default)
    {
        lock (gate) return new(borrowers.Message(borrowerId, commandId));
    }

    public ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string borrowerId, string? loanId, CancellationToken cancellation = default)
    {
        lock (gate) return new(borrowers.Messages(borrowerId, loanId));
    }

    public ValueTask<IReadOnlyList<StoredText>> TextsAsync(string borrowerId, string? loanId, CancellationToken cancellation = default)
    {
        lock (gate) return new(borrowers.Texts(borrowerId, loanId));
    }

    public ValueTask EraseBorrowerAsync(string borrowerId, CancellationToken cancellation = default)
    {
        lock (gate) borrowers.Erase(borrowerId);
        return ValueTask.CompletedTask;
    }

    public ValueTask<EnrolmentResult> EnrolAsync(IReadOnlyList<Enrolment> enrolments, bool partial, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            var conflicts = enrolments.Where(enrolment => cases.Judge(enrolment.Item) == InboxResult.Conflict).Select(e => e.Item.LoanId).ToList();
            conflicts.AddRange(ConflictsAmong(enrolments));
            if (conflicts.Count > 0 && !partial) return new(new EnrolmentResult(0, enrolments.Count(e => cases.Judge(e.Item) == InboxResult.Duplicate), conflicts));

            var (enrolled, unchanged) = (0, 0);
            foreach (var enrolment in enrolments)
            {
                switch (cases.Put(enrolment.Item))
                {
                    case InboxResult.Stored:
                        enrolled++;
                        borrowers.Unite(enrolment.BorrowerId, enrolment.Borrower);
                        break;
                    case InboxResult.Duplicate:
                        unchanged++;
                        break;
                }
            }

            return new(new EnrolmentResult(enrolled, unchanged, conflicts));
        }
    }

    /// <summary>How often a borrower was erased: what was written before an erasure is unreadable after it.</summary>
    internal int ErasuresOf(string borrowerId)
    {
        lock (gate) return borrowers.ErasuresOf(borrowerId);
    }

    /// <summary>Loans that one call enrols twice, with different terms, though neither is stored yet.</summary>
    private IEnumerable<string> ConflictsAmong(IReadOnlyList<Enrolment> enrolments)
    {
        var first = new Dictionary<string, InboxItem>(enrolments.Count, StringComparer.Ordinal);
        foreach (var item in enrolments.Select(enrolment => enrolment.Item))
        {
            if (cases.Judge(item) == InboxResult.Stored && !first.TryAdd(item.Input.Id, item) && !CaseShelf.SameEvent(first[item.Input.Id], item))
                yield return item.LoanId;
        }
    }
}

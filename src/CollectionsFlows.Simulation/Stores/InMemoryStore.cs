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

    public ValueTask<string?> BodyOfAsync(string eventId, CancellationToken cancellation = default)
    {
        lock (gate) return new(cases.BodyOf(eventId));
    }

    public ValueTask<CaseRecord> LoadAsync(string loanId, CancellationToken cancellation = default)
    {
        lock (gate) return new(cases.Load(loanId));
    }

    public ValueTask<BorrowerLoans> LoansOfAsync(string borrowerId, CancellationToken cancellation = default)
    {
        lock (gate) return new(cases.LoansOf(borrowerId));
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

    public ValueTask<IReadOnlyList<string>> BorrowersOfAsync(string addressKey, CancellationToken cancellation = default)
    {
        lock (gate) return new(borrowers.WithAddress(addressKey));
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
            var judged = cases.JudgeAll(enrolments.Select(enrolment => enrolment.Item));
            var conflicts = enrolments.Where((_, i) => judged[i] == InboxResult.Conflict).Select(enrolment => enrolment.Item.LoanId).ToList();
            var unchanged = judged.Count(result => result == InboxResult.Duplicate);
            if (conflicts.Count > 0 && !partial) return new(new EnrolmentResult(0, unchanged, conflicts));

            foreach (var enrolment in enrolments.Where((_, i) => judged[i] == InboxResult.Stored))
            {
                cases.Put(enrolment.Item);
                borrowers.Unite(enrolment.BorrowerId, enrolment.Borrower);
            }

            return new(new EnrolmentResult(enrolments.Count - unchanged - conflicts.Count, unchanged, conflicts));
        }
    }

    /// <summary>How often a borrower was erased: what was written before an erasure is unreadable after it.</summary>
    internal int ErasuresOf(string borrowerId)
    {
        lock (gate) return borrowers.ErasuresOf(borrowerId);
    }
}

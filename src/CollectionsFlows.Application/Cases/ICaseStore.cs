using CollectionsFlows.Application.Journal;

namespace CollectionsFlows.Application.Cases;

/// <summary>Keeps cases: inbox, facts, snapshot, and an index of them. Everything that <see cref="CommitAsync"/> writes is written at once or not at all.</summary>
public interface ICaseStore
{
    /// <summary>Puts an outside event into the inbox of its loan, whether or not the loan is known yet. Durable when it returns.</summary>
    ValueTask<InboxResult> PutAsync(InboxItem item, CancellationToken cancellation = default);

    /// <summary>The body's SHA-256 of the event stored under that id, drained or not; null when there is none, or when the store cannot tell. It spares a borrower the effect of a conflicting event.</summary>
    ValueTask<string?> BodyOfAsync(string eventId, CancellationToken cancellation = default) => ValueTask.FromResult<string?>(null);

    /// <summary>The snapshot and the inbox items not yet drained, in the order of their arrival. Unknown loans have version 0 and no state.</summary>
    ValueTask<CaseRecord> LoadAsync(string loanId, CancellationToken cancellation = default);

    /// <summary>Every loan of a borrower, also one whose enrolment has not had its first step: the cases themselves, not what lists know of them.</summary>
    ValueTask<BorrowerLoans> LoansOfAsync(string borrowerId, CancellationToken cancellation = default);

    /// <summary>Commits a step. False: the case was changed by somebody else since it was loaded, and nothing was written.</summary>
    ValueTask<bool> CommitAsync(CaseStep step, CancellationToken cancellation = default);

    /// <summary>Loans that want a step: wake time reached, or undrained inbox of a known loan (or of a loan whose enrolment is in the inbox). Earliest first, ties by loan id.</summary>
    ValueTask<IReadOnlyList<string>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default);

    /// <summary>The earliest wake time of all cases; null when none will wake.</summary>
    ValueTask<DateTimeOffset?> NextWakeAsync(CancellationToken cancellation = default);

    /// <summary>A page of the journal of one loan, by sequence.</summary>
    ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(string loanId, int afterSeq, int limit, CancellationToken cancellation = default);

    /// <summary>A page of cases that fit the query.</summary>
    ValueTask<CasePage> ListAsync(CaseQuery query, CancellationToken cancellation = default);

    /// <summary>Inbox items whose loan is not known, in the order of their arrival.</summary>
    ValueTask<IReadOnlyList<InboxItem>> UnmatchedAsync(int limit, CancellationToken cancellation = default);

    /// <summary>The ids of known loans after <paramref name="afterLoanId"/> (exclusive; null: from the start), ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> LoanIdsAsync(string? afterLoanId, int limit, CancellationToken cancellation = default);

    /// <summary>Counts of cases by status, and of unmatched events.</summary>
    ValueTask<CaseCounts> CountsAsync(CancellationToken cancellation = default);
}

namespace CollectionsFlows.Application.Borrowers;

/// <summary>The only place with personal data: who borrowers are, what was written to and by them, and the ledger of contacts over all their loans. Stores encrypt the fields of <see cref="BorrowerDetails"/>, message and text bodies and addresses.</summary>
public interface IBorrowerStore
{
    /// <summary>The borrower, or null.</summary>
    ValueTask<BorrowerRecord?> LoadBorrowerAsync(string borrowerId, CancellationToken cancellation = default);

    /// <summary>Writes a change at once or not at all. False: the borrower was changed since it was loaded, and nothing was written.</summary>
    ValueTask<bool> SaveBorrowerAsync(BorrowerChange change, CancellationToken cancellation = default);

    /// <summary>A message by its command; null when none was reserved.</summary>
    ValueTask<StoredMessage?> MessageAsync(string borrowerId, string commandId, CancellationToken cancellation = default);

    /// <summary>Messages to a borrower, of one loan or all, by time then command id.</summary>
    ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string borrowerId, string? loanId, CancellationToken cancellation = default);

    /// <summary>Words of the borrower or about the borrower (replies, disputes …), of one loan or all, by time.</summary>
    ValueTask<IReadOnlyList<StoredText>> TextsAsync(string borrowerId, string? loanId, CancellationToken cancellation = default);

    /// <summary>The ids of the borrowers who have an address, by its key, in ordinal order.</summary>
    ValueTask<IReadOnlyList<string>> BorrowersOfAsync(string addressKey, CancellationToken cancellation = default);

    /// <summary>Deletes everything personal of a borrower beyond recovery (S25): details, bodies, addresses. Ids, times, hashes and the ledger's keys stay.</summary>
    ValueTask EraseBorrowerAsync(string borrowerId, CancellationToken cancellation = default);
}

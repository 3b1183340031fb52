using System.Collections.Concurrent;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Functions.Storage;

/// <summary>All ports of storage over Azure Tables, with Blobs for values too large for a row. Any number of hosts may write at once. Personal fields are encrypted.</summary>
/// <remarks>
/// <para>What lies where, and why: <c>TableLayout</c>. A returned write is durable. A step and a change of a borrower are seen whole or not at all;
/// a portfolio is taken in whole, its loans appearing one after the other (<c>ImportDesk</c>).</para>
/// <para>Requests: <see cref="LoadAsync"/> 1; <see cref="CommitAsync"/> 3 (announce, commit, settle), 1 more when this process did not load the
/// case before, and 1 more at a first step or after one of a release that knew no notes; <see cref="PutAsync"/> 4, and 1 more for an enrolment; <see cref="LoansOfAsync"/> 1 and 1 per loan; <see cref="LoadBorrowerAsync"/> 1; <see cref="SaveBorrowerAsync"/> 2, and 1 per address when details change.</para>
/// <para>Throttling (429, 503) and time-outs are retried by the client's policy; a write whose answer was lost is recognised as one's own.</para>
/// </remarks>
public sealed class TablesStore : ICaseStore, IBorrowerStore, IEnrolmentStore, IBorrowerCipher
{
    /// <summary>So many loans' last looks are kept between load and commit; more than run at once in one process.</summary>
    private const int MostLooks = 1000;

    private readonly ConcurrentDictionary<string, LoanRows> looks = new(StringComparer.Ordinal);
    private readonly LoanReads reads;
    private readonly CaseCommits commits;
    private readonly InboxWrites inbox;
    private readonly DueReads due;
    private readonly LostReads lost;
    private readonly ListReads lists;
    private readonly BorrowersLoans owners;
    private readonly IndexRebuild rebuild;
    private readonly DataKeys keys;
    private readonly BorrowerReads borrowerReads;
    private readonly BorrowerWrites borrowerWrites;
    private readonly ImportDesk imports;

    private TablesStore(TableSet tables, BlobContainerClient largeValues, MasterKeys masters, TimeProvider time, TimeSpan patience)
    {
        var values = new LargeValues(largeValues);
        var index = new IndexWrites(tables, values);
        reads = new LoanReads(tables, values);
        commits = new CaseCommits(tables, values, reads, index);
        inbox = new InboxWrites(tables, values, reads, index, time);
        due = new DueReads(tables, reads, index, inbox);
        lost = new LostReads(tables, reads, index, due);
        lists = new ListReads(tables, values, reads, index);
        keys = new DataKeys(tables, masters);
        owners = new BorrowersLoans(tables, reads, lists, keys, time);
        rebuild = new IndexRebuild(tables, values, reads, index, owners);
        var rows = new BorrowerRows(values);
        borrowerWrites = new BorrowerWrites(tables, values, rows, keys);
        borrowerReads = new BorrowerReads(tables, values, rows, borrowerWrites, keys);
        imports = new ImportDesk(tables, values, inbox, borrowerWrites, masters) { Patience = patience };
    }

    /// <summary>Opens the store, creating tables and container when they are missing.</summary>
    /// <param name="tables">The account's tables.</param>
    /// <param name="largeValues">The container for values too large for a row.</param>
    /// <param name="keys">The keys of the data.</param>
    /// <param name="time">For the order of arrivals of different loans.</param>
    /// <param name="tablePrefix">In front of every table's name: several stores may share an account.</param>
    /// <exception cref="KeysUnusableException">The keys are not those of the data.</exception>
    public static Task<TablesStore> OpenAsync(
        TableServiceClient tables, BlobContainerClient largeValues, MasterKeys keys, TimeProvider time, string tablePrefix = "") =>
        OpenAsync(tables, largeValues, keys, time, tablePrefix, patience: TimeSpan.FromSeconds(60));

    /// <summary>The same with another patience: how long an import's lock is watched untouched before it is taken over.</summary>
    internal static async Task<TablesStore> OpenAsync(
        TableServiceClient tables, BlobContainerClient largeValues, MasterKeys keys, TimeProvider time, string tablePrefix, TimeSpan patience)
    {
        var set = TableSet.Of(tables, tablePrefix);
        await set.CreateAsync(CancellationToken.None);
        await largeValues.CreateIfNotExistsAsync();
        var store = new TablesStore(set, largeValues, keys, time, patience);
        await store.keys.CheckAsync(CancellationToken.None);
        return store;
    }

    /// <summary>A value the host keeps; null when it was never set.</summary>
    public ValueTask<string?> GetMetaAsync(string name, CancellationToken cancellation = default) => keys.MetaAsync(name, cancellation);

    /// <summary>Keeps a value for the host.</summary>
    public ValueTask SetMetaAsync(string name, string value, CancellationToken cancellation = default) => keys.SetMetaAsync(name, value, cancellation);

    /// <summary>Writes the index, and whose loans they are, anew from the cases, e.g. after its table was lost; the number of loans found. Hosts may go on working beside it.</summary>
    public ValueTask<int> RebuildIndexAsync(CancellationToken cancellation = default) => rebuild.RunAsync(cancellation);

    /// <summary>Rebuilds once when the data is of a release that did not note whose loans they are: until then nobody can be erased. The number of loans; null: nothing was to be done.</summary>
    public async ValueTask<int?> CompleteLoansOfBorrowersAsync(CancellationToken cancellation = default) =>
        await owners.IsCompleteAsync(cancellation) ? null : await RebuildIndexAsync(cancellation);

    /// <summary>Wraps every borrower's data key with the active master key; the number of keys it wrapped. Run it when all hosts have the new key.</summary>
    public ValueTask<int> RotateKeysAsync(CancellationToken cancellation = default) => keys.RotateAsync(cancellation);

    /// <summary>Carries out what a crashed import of a portfolio left; the number of its parts. For the sweeper: an import that is under way is left to its host.</summary>
    public ValueTask<int> FinishImportsAsync(CancellationToken cancellation = default) => imports.FinishAsync(cancellation);

    public ValueTask<InboxResult> PutAsync(InboxItem item, CancellationToken cancellation = default) => inbox.PutAsync(item, cancellation);

    public async ValueTask<string?> BodyOfAsync(string eventId, CancellationToken cancellation = default) => (await inbox.ClaimOfAsync(eventId, cancellation))?.Body;

    public async ValueTask<CaseRecord> LoadAsync(string loanId, CancellationToken cancellation = default)
    {
        var (record, rows) = await reads.LoadAsync(loanId, cancellation);
        if (looks.Count >= MostLooks) looks.Clear();
        looks[loanId] = rows;
        return record;
    }

    public ValueTask<BorrowerLoans> LoansOfAsync(string borrowerId, CancellationToken cancellation = default) => owners.OfAsync(borrowerId, cancellation);

    public ValueTask<bool> CommitAsync(CaseStep step, CancellationToken cancellation = default)
    {
        looks.TryRemove(step.LoanId, out var loaded);
        return commits.CommitAsync(step, loaded, cancellation);
    }

    public ValueTask<IReadOnlyList<string>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) => due.DueAsync(now, limit, cancellation);

    public ValueTask<DateTimeOffset?> NextWakeAsync(CancellationToken cancellation = default) => due.NextWakeAsync(cancellation);

    public ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(string loanId, int afterSeq, int limit, CancellationToken cancellation = default) =>
        reads.JournalAsync(loanId, afterSeq, limit, cancellation);

    public ValueTask<CasePage> ListAsync(CaseQuery query, CancellationToken cancellation = default) => lists.PageAsync(query, cancellation);

    public ValueTask<IReadOnlyList<InboxItem>> UnmatchedAsync(int limit, CancellationToken cancellation = default) => lost.UnmatchedAsync(limit, cancellation);

    public ValueTask<IReadOnlyList<string>> LoanIdsAsync(string? afterLoanId, int limit, CancellationToken cancellation = default) =>
        lists.LoanIdsAsync(afterLoanId, limit, cancellation);

    public async ValueTask<CaseCounts> CountsAsync(CancellationToken cancellation = default) =>
        new(await lists.CountsAsync(cancellation), await lost.CountAsync(cancellation));

    public ValueTask<BorrowerRecord?> LoadBorrowerAsync(string borrowerId, CancellationToken cancellation = default) => borrowerReads.LoadAsync(borrowerId, cancellation);

    public ValueTask<bool> SaveBorrowerAsync(BorrowerChange change, CancellationToken cancellation = default) => borrowerWrites.SaveAsync(change, cancellation);

    public ValueTask<StoredMessage?> MessageAsync(string borrowerId, string commandId, CancellationToken cancellation = default) =>
        borrowerReads.MessageAsync(borrowerId, commandId, cancellation);

    public ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) =>
        borrowerReads.MessagesAsync(borrowerId, loanId, cancellation);

    public ValueTask<IReadOnlyList<StoredText>> TextsAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) =>
        borrowerReads.TextsAsync(borrowerId, loanId, cancellation);

    public ValueTask<IReadOnlyList<string>> BorrowersOfAsync(string addressKey, CancellationToken cancellation = default) =>
        borrowerReads.WithAddressAsync(addressKey, cancellation);

    public ValueTask EraseBorrowerAsync(string borrowerId, CancellationToken cancellation = default) => borrowerWrites.EraseAsync(borrowerId, cancellation);

    public ValueTask<EnrolmentResult> EnrolAsync(IReadOnlyList<Enrolment> enrolments, bool partial, CancellationToken cancellation = default) =>
        imports.EnrolAsync(enrolments, partial, cancellation);

    public async ValueTask<byte[]> SealAsync(string borrowerId, string field, ReadOnlyMemory<byte> plain, CancellationToken cancellation = default)
    {
        var (keyNumber, cipher) = await borrowerWrites.KeyForDocumentsAsync(borrowerId, cancellation);
        return [.. BitConverter.GetBytes(keyNumber), .. cipher.Seal(field, plain.Span)];
    }

    public async ValueTask<byte[]?> OpenAsync(string borrowerId, string field, ReadOnlyMemory<byte> ciphertext, CancellationToken cancellation = default)
    {
        if (ciphertext.Length < sizeof(long)) throw new System.Security.Cryptography.CryptographicException("this is not a ciphertext of this product");
        var cipher = await borrowerReads.CipherAsync(borrowerId, BitConverter.ToInt64(ciphertext.Span), cancellation);
        return cipher?.Open(field, ciphertext.Span[sizeof(long)..]);
    }
}

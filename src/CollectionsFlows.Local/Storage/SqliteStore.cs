using System.Text.Json;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Local.Storage;

/// <summary>All ports of storage over one SQLite file: WAL, <c>synchronous=FULL</c>, one writer with group commit, any number of readers. Personal fields are encrypted.</summary>
/// <remarks>Reads see what was committed before they began. A returned write has reached the disk.</remarks>
public sealed class SqliteStore : ICaseStore, IBorrowerStore, IEnrolmentStore, IBorrowerCipher, IAsyncDisposable
{
    private readonly SqliteReaders readers;
    private readonly SqliteWriter? writer;
    private readonly FileStream? directoryLock;
    private readonly BorrowerReads borrowerReads;
    private readonly BorrowerWrites borrowerWrites;
    private readonly EnrolmentWrites enrolments;

    private SqliteStore(BorrowerKeys keys, SqliteReaders readers, SqliteWriter? writer, FileStream? directoryLock)
    {
        (this.readers, this.writer, this.directoryLock) = (readers, writer, directoryLock);
        (borrowerReads, borrowerWrites) = (new BorrowerReads(keys), new BorrowerWrites(keys));
        enrolments = new EnrolmentWrites(borrowerWrites);
    }

    /// <summary>Transactions made durable since opening: fewer than writes, when writes share them.</summary>
    public long Transactions => writer?.Transactions ?? 0;

    /// <summary>Opens the store of a data directory, creating or upgrading it unless <paramref name="readOnly"/>.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="keys">Its keys (<see cref="StoreKeys"/>). When the active one has changed, data keys are wrapped anew.</param>
    /// <param name="time">For the creation date; null: the system's.</param>
    /// <param name="readOnly">Reads beside a running server; every write throws <see cref="InvalidOperationException"/>.</param>
    /// <exception cref="StorageException">In use, newer than the program, not ours, or (read-only) not there.</exception>
    /// <exception cref="KeysUnusableException">The keys are not those of the data.</exception>
    public static Task<SqliteStore> OpenAsync(string directory, MasterKeys keys, TimeProvider? time = null, bool readOnly = false)
    {
        var dataKeys = new BorrowerKeys(keys);
        return Task.Run(() => readOnly ? OpenReadOnly(directory, dataKeys) : OpenForWriting(directory, dataKeys, time ?? TimeProvider.System));
    }

    /// <summary>A value the host keeps, e.g. where a virtual clock stands; null when it was never set.</summary>
    public ValueTask<string?> GetMetaAsync(string name, CancellationToken cancellation = default) =>
        Read(session => session.Scalar("SELECT value FROM meta WHERE name = $1", name) as string, cancellation);

    /// <summary>Keeps a value for the host.</summary>
    public async ValueTask SetMetaAsync(string name, string value, CancellationToken cancellation = default) =>
        await Write(session => { BorrowerKeys.SetMeta(session, name, value); return true; }, cancellation);

    public ValueTask<InboxResult> PutAsync(InboxItem item, CancellationToken cancellation = default)
    {
        var input = CaseWrites.Json(item);
        return Write(session => CaseWrites.Put(session, item, input), cancellation);
    }

    public ValueTask<string?> BodyOfAsync(string eventId, CancellationToken cancellation = default) =>
        Read(session => CaseReads.BodyOf(session, eventId), cancellation);

    public ValueTask<CaseRecord> LoadAsync(string loanId, CancellationToken cancellation = default) =>
        Read(session => CaseReads.Load(session, loanId), cancellation);

    public ValueTask<BorrowerLoans> LoansOfAsync(string borrowerId, CancellationToken cancellation = default) =>
        Read(session => session.AtOnce(reading => CaseReads.LoansOf(reading, borrowerId)), cancellation);

    public ValueTask<bool> CommitAsync(CaseStep step, CancellationToken cancellation = default)
    {
        var state = JsonSerializer.SerializeToUtf8Bytes(step.State, CaseJson.Default.CaseState);
        var index = JsonSerializer.SerializeToUtf8Bytes(step.Index, StoreJson.Default.CaseIndex);
        return Write(session => CaseWrites.Commit(session, step, state, index), cancellation);
    }

    public ValueTask<IReadOnlyList<string>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) =>
        Read(session => CaseReads.Due(session, now, Math.Max(0, limit)), cancellation);

    public ValueTask<DateTimeOffset?> NextWakeAsync(CancellationToken cancellation = default) => Read(CaseReads.NextWake, cancellation);

    public ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(string loanId, int afterSeq, int limit, CancellationToken cancellation = default) =>
        Read(session => CaseReads.Journal(session, loanId, afterSeq, limit), cancellation);

    public ValueTask<CasePage> ListAsync(CaseQuery query, CancellationToken cancellation = default) =>
        Read(session => CaseListing.Page(session, query), cancellation);

    public ValueTask<IReadOnlyList<InboxItem>> UnmatchedAsync(int limit, CancellationToken cancellation = default) =>
        Read(session => CaseReads.Unmatched(session, limit), cancellation);

    public ValueTask<IReadOnlyList<string>> LoanIdsAsync(string? afterLoanId, int limit, CancellationToken cancellation = default) =>
        Read(session => CaseReads.LoanIds(session, afterLoanId, limit), cancellation);

    public ValueTask<CaseCounts> CountsAsync(CancellationToken cancellation = default) =>
        Read(session => session.AtOnce(CaseReads.Counts), cancellation);

    public ValueTask<BorrowerRecord?> LoadBorrowerAsync(string borrowerId, CancellationToken cancellation = default) =>
        Read(session => borrowerReads.Load(session, borrowerId), cancellation);

    public ValueTask<bool> SaveBorrowerAsync(BorrowerChange change, CancellationToken cancellation = default) =>
        Write(session => borrowerWrites.Save(session, change), cancellation);

    public ValueTask<StoredMessage?> MessageAsync(string borrowerId, string commandId, CancellationToken cancellation = default) =>
        Read(session => borrowerReads.Message(session, borrowerId, commandId), cancellation);

    public ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) =>
        Read(session => borrowerReads.Messages(session, borrowerId, loanId), cancellation);

    public ValueTask<IReadOnlyList<StoredText>> TextsAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) =>
        Read(session => borrowerReads.Texts(session, borrowerId, loanId), cancellation);

    public ValueTask<IReadOnlyList<string>> BorrowersOfAsync(string addressKey, CancellationToken cancellation = default) =>
        Read<IReadOnlyList<string>>(
            session => session.List("SELECT borrower_id FROM addresses WHERE key = $1 ORDER BY borrower_id", row => row.GetString(0), addressKey), cancellation);

    public async ValueTask EraseBorrowerAsync(string borrowerId, CancellationToken cancellation = default) =>
        await Write(session => BorrowerWrites.Erase(session, borrowerId), cancellation);

    public ValueTask<EnrolmentResult> EnrolAsync(IReadOnlyList<Enrolment> enrolments, bool partial, CancellationToken cancellation = default) =>
        Write(session => this.enrolments.Enrol(session, enrolments, partial), cancellation);

    public async ValueTask<byte[]> SealAsync(string borrowerId, string field, ReadOnlyMemory<byte> plain, CancellationToken cancellation = default)
    {
        var (keyNumber, cipher) = await Write(session => borrowerWrites.KeyForDocuments(session, borrowerId), cancellation);
        return [.. BitConverter.GetBytes(keyNumber), .. cipher.Seal(field, plain.Span)];
    }

    public async ValueTask<byte[]?> OpenAsync(string borrowerId, string field, ReadOnlyMemory<byte> ciphertext, CancellationToken cancellation = default)
    {
        if (ciphertext.Length < sizeof(long)) throw new System.Security.Cryptography.CryptographicException("this is not a ciphertext of this product");
        var keyNumber = BitConverter.ToInt64(ciphertext.Span);
        var cipher = await Read(session => borrowerReads.Cipher(session, borrowerId, keyNumber), cancellation);
        return cipher?.Open(field, ciphertext.Span[sizeof(long)..]);
    }

    public async ValueTask DisposeAsync()
    {
        readers.Dispose();
        if (writer is not null) await writer.DisposeAsync();
        directoryLock?.Dispose();
    }

    private static SqliteStore OpenForWriting(string directory, BorrowerKeys keys, TimeProvider time)
    {
        Directory.CreateDirectory(directory);
        var taken = DataDirectory.Lock(directory);
        try
        {
            var session = SqliteFile.OpenForWriting(directory);
            try
            {
                SqliteFile.Prepare(session, keys, time);
            }
            catch
            {
                session.Dispose();
                throw;
            }

            return new SqliteStore(keys, new SqliteReaders(() => SqliteFile.OpenForReading(directory)), new SqliteWriter(session), taken);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    private static SqliteStore OpenReadOnly(string directory, BorrowerKeys keys)
    {
        if (!File.Exists(DataDirectory.Database(directory))) throw new StorageException($"{directory} holds no data");
        var pool = new SqliteReaders(() => SqliteFile.OpenForReading(directory));
        try
        {
            pool.Read(session => { SqliteFile.CheckForReading(session, keys); return true; });
        }
        catch
        {
            pool.Dispose();
            throw;
        }

        return new SqliteStore(keys, pool, writer: null, directoryLock: null);
    }

    private ValueTask<T> Read<T>(Func<SqliteSession, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return new(readers.Read(read));
    }

    private ValueTask<T> Write<T>(Func<SqliteSession, T> write, CancellationToken cancellation) => writer is null
        ? throw new InvalidOperationException("the store was opened for reading only")
        : writer.WriteAsync(write, cancellation);
}

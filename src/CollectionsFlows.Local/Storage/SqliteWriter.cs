using System.Threading.Channels;

namespace CollectionsFlows.Local.Storage;

/// <summary>
/// The only writer of the file. Writes that arrive while a transaction is being made durable wait and share the next one (group commit): with
/// <c>synchronous=FULL</c> the disk is the bottleneck, and one flush serves all of them. Nobody is told before the flush.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int LargestBatch = 1000;

    private readonly Channel<Write> queue = Channel.CreateBounded<Write>(new BoundedChannelOptions(10_000) { SingleReader = true });
    private readonly SqliteSession session;
    private readonly Task loop;
    private long transactions;

    public SqliteWriter(SqliteSession session)
    {
        this.session = session;
        loop = Task.Run(RunAsync);
    }

    /// <summary>Transactions made durable since opening.</summary>
    public long Transactions => Interlocked.Read(ref transactions);

    /// <summary>Writes all of <paramref name="write"/> or, when it throws, nothing of it; done when it is durable. Cancellation stops the waiting, not the write.</summary>
    public async ValueTask<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellation)
    {
        var queued = new Write<T>(write);
        try
        {
            await queue.Writer.WriteAsync(queued, cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw new ObjectDisposedException("the store is closed", e);
        }

        return await queued.Done.WaitAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        session.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<Write>();
        while (await queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < LargestBatch && queue.Reader.TryRead(out var write)) batch.Add(write);
            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<Write> batch)
    {
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (var write in batch) RunAlone(write);
            session.Execute("COMMIT");
            Interlocked.Increment(ref transactions);
        }
        catch (Exception e)
        {
            RollBack();
            foreach (var write in batch) write.Fail(e);
            return;
        }

        Checkpoint();
        foreach (var write in batch) write.Complete();
    }

    /// <summary>One write in its own savepoint: when it fails the others of the batch do not notice.</summary>
    private void RunAlone(Write write)
    {
        session.Execute("SAVEPOINT one");
        try
        {
            write.Run(session);
        }
        catch (Exception e)
        {
            // Fails in turn when the error has ended the whole transaction (disk full): then everybody fails.
            session.Execute("ROLLBACK TO one");
            write.Fail(e);
        }

        session.Execute("RELEASE one");
    }

    private void RollBack()
    {
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // SQLite has rolled back by itself.
        }
    }

    /// <summary>Empties the log after an erasure (S25). A reader can be in the way: then it is tried again after the next transaction.</summary>
    private void Checkpoint()
    {
        if (!session.WantsCheckpoint) return;
        try
        {
            using var result = session.Query("PRAGMA wal_checkpoint(TRUNCATE)");
            session.WantsCheckpoint = result.Read() && result.GetInt64(0) != 0;
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // The transaction is durable whatever happens here.
        }
    }

    private abstract class Write
    {
        public abstract void Run(SqliteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception why);
    }

    private sealed class Write<T>(Func<SqliteSession, T> write) : Write
    {
        // Continuations must not run on the writer.
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T result = default!;

        public Task<T> Done => done.Task;

        public override void Run(SqliteSession session) => result = write(session);

        public override void Complete() => done.TrySetResult(result);

        public override void Fail(Exception why) => done.TrySetException(why);
    }
}

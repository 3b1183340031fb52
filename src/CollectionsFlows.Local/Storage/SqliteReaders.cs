using System.Collections.Concurrent;

namespace CollectionsFlows.Local.Storage;

/// <summary>A pool of read connections: in WAL mode readers see the last committed state and wait for nobody.</summary>
internal sealed class SqliteReaders(Func<SqliteSession> open) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private volatile bool disposed;

    public T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(disposed, typeof(SqliteStore));
        var session = idle.TryTake(out var pooled) ? pooled : open();
        try
        {
            return read(session);
        }
        finally
        {
            if (disposed) session.Dispose();
            else idle.Add(session);
        }
    }

    public void Dispose()
    {
        disposed = true;
        while (idle.TryTake(out var session)) session.Dispose();
    }
}

using System.Diagnostics;
using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace CollectionsFlows.Functions.Storage;

/// <summary>One portfolio is taken in at a time, over all hosts. The holder keeps touching the lock; who has watched it untouched for <paramref name="patience"/> takes it over. No clock is compared with another.</summary>
/// <remarks>What must not be done by a holder who was overtaken is written in one transaction with the lock's row, on condition that it is as the holder left it.</remarks>
internal sealed class ImportLock(TableClient settings, TimeSpan patience) : IAsyncDisposable
{
    private const string Row = "lock";

    private readonly SemaphoreSlim writing = new(1);
    private readonly CancellationTokenSource done = new();
    private readonly string owner = TableWrites.NewStep();
    private Task touching = Task.CompletedTask;
    private ETag etag;
    private long number;

    /// <summary>Takes the lock. False, only when it <paramref name="waits"/> not: another host is at work.</summary>
    public async ValueTask<bool> TakeAsync(bool waits, CancellationToken cancellation)
    {
        TableEntity? row = null;
        var watched = Stopwatch.StartNew();
        for (var look = 0; ; look++)
        {
            var seen = row?.ETag;
            row = await settings.FindAsync(TableLayout.Imports, Row, cancellation);
            if (row?.ETag != seen)
            {
                watched.Restart();
                if (look > 0 && !waits) return false;
            }

            var isFree = row?.GetString("Owner") is null or "";
            if ((isFree || watched.Elapsed >= patience) && await TryTakeAsync(row, cancellation)) break;
            await Task.Delay(isFree ? TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20)) : patience / 20, cancellation);
        }

        touching = Task.Run(TouchAsync, CancellationToken.None);
        return true;
    }

    /// <summary>Writes rows of the imports' partition if the lock is still held; they get a number higher than any before. False: it was taken over.</summary>
    public async ValueTask<bool> WriteAsync(Func<long, IEnumerable<TableEntity>> rows, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            var next = number + 1;
            do
            {
                List<TableTransactionAction> actions = [TableWrites.Replace(LockRow(owner, next), etag), .. rows(next).Select(TableWrites.Put)];
                var isDone = await TableWrites.SubmitAsync(settings, actions, cancellation) is null;

                // Overtaken just after the write: it counts all the same, and the lock is the other's.
                if (!await IsHeldAsync(cancellation)) return isDone;
            }
            while (number != next);
            return true;
        }
        finally
        {
            writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await touching;
        await TryWriteAsync("", CancellationToken.None);
        done.Dispose();
        writing.Dispose();
    }

    private async ValueTask<bool> TryTakeAsync(TableEntity? free, CancellationToken cancellation)
    {
        number = free?.GetInt64("Number") ?? 0;
        await TableWrites.SubmitAsync(settings, [TableWrites.Replace(LockRow(owner, number), free?.ETag)], cancellation);
        return await IsHeldAsync(cancellation);
    }

    /// <summary>Whether the lock is this holder's, and as what: an answer may have been lost.</summary>
    private async ValueTask<bool> IsHeldAsync(CancellationToken cancellation)
    {
        var row = await settings.FindAsync(TableLayout.Imports, Row, cancellation);
        var isHeld = row?.GetString("Owner") == owner;
        (etag, number) = isHeld ? (row!.ETag, row.GetInt64("Number")!.Value) : (default, number);
        return isHeld;
    }

    private async Task TouchAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(patience / 4, done.Token);
                if (!await TryWriteAsync(owner, done.Token)) return;
            }
        }
        catch (OperationCanceledException)
        {
            // The holder is done.
        }
    }

    private async ValueTask<bool> TryWriteAsync(string by, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            if (etag == default) return false;
            var answer = await settings.UpdateEntityAsync(LockRow(by, number), etag, TableUpdateMode.Replace, cancellation);
            etag = answer.Headers.ETag ?? etag;
            return true;
        }
        catch (RequestFailedException e) when (TableWrites.IsRefusal(e))
        {
            return by == owner && await IsHeldAsync(cancellation);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // Out of reach: then others will take over.
            return false;
        }
        finally
        {
            writing.Release();
        }
    }

    // The touch makes the row another one even where all else is the same.
    private static TableEntity LockRow(string owner, long number) => new(TableLayout.Imports, Row)
    {
        ["Owner"] = owner, ["Number"] = number, ["Touch"] = Random.Shared.NextInt64().ToString(CultureInfo.InvariantCulture),
    };
}

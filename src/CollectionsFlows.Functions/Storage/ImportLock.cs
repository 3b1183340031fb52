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

    /// <summary>Waits until nobody takes a portfolio in.</summary>
    public async ValueTask TakeAsync(CancellationToken cancellation)
    {
        var (seen, watched) = (default(ETag), System.Diagnostics.Stopwatch.StartNew());
        while (true)
        {
            var row = await settings.FindAsync(TableLayout.Imports, Row, cancellation);
            if (row?.ETag != seen) (seen, watched) = (row?.ETag ?? default, System.Diagnostics.Stopwatch.StartNew());
            var isFree = row?.GetString("Owner") is null or "";
            if ((isFree || watched.Elapsed >= patience) && await TryTakeAsync(row, cancellation)) break;
            await Task.Delay(isFree ? TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20)) : patience / 20, cancellation);
        }

        touching = Task.Run(TouchAsync, CancellationToken.None);
    }

    /// <summary>Writes rows of the imports' partition if the lock is still held; they get a number higher than any before. False: it was taken over.</summary>
    public async ValueTask<bool> WriteAsync(Func<long, IEnumerable<TableEntity>> rows, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            var next = number + 1;
            List<TableTransactionAction> actions = [TableWrites.Replace(LockRow(owner, next), etag), .. rows(next).Select(TableWrites.Put)];
            if (await TableWrites.SubmitAsync(settings, actions, cancellation) is not null) return false;
            number = next;
            // Overtaken just after the write: it counts all the same, and the lock is the other's.
            etag = await settings.FindAsync(TableLayout.Imports, Row, cancellation) is { } row && row.GetString("Owner") == owner ? row.ETag : default;
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
        if (await TableWrites.SubmitAsync(settings, [TableWrites.Replace(LockRow(owner, number), free?.ETag)], cancellation) is not null) return false;
        if (await settings.FindAsync(TableLayout.Imports, Row, cancellation) is not { } taken || taken.GetString("Owner") != owner) return false;
        etag = taken.ETag;
        return true;
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
        catch (RequestFailedException)
        {
            // Taken over, or out of reach: then others will take over.
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

using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Reads of rows. Every query follows continuations: a page holds 1 000 rows at most, and may hold none and still not be the last.</summary>
internal static class TableQueries
{
    /// <summary>Most rows a page may hold.</summary>
    public const int LargestPage = 1000;

    /// <summary>A row; null when there is none.</summary>
    public static async ValueTask<TableEntity?> FindAsync(this TableClient table, string partition, string row, CancellationToken cancellation, string[]? select = null)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition, row, select, cancellation);
        return found.HasValue ? found.Value : null;
    }

    /// <summary>The rows of a partition from a key on and before another, in their order.</summary>
    public static IAsyncEnumerable<TableEntity> RangeAsync(
        this TableClient table, string partition, string from, string before, CancellationToken cancellation, string[]? select = null, int page = LargestPage) =>
        table.QueryAsync<TableEntity>(Range(partition, from, before), Math.Clamp(page, 1, LargestPage), select, cancellation);

    /// <summary>The filter of such a range. Keys hold no quotation mark (<see cref="KeyText"/>).</summary>
    public static string Range(string partition, string from, string before) =>
        $"PartitionKey eq '{partition}' and RowKey ge '{from}' and RowKey lt '{before}'";

    /// <summary>All rows whose keys begin with a prefix.</summary>
    public static IAsyncEnumerable<TableEntity> WithPrefixAsync(
        this TableClient table, string partition, string prefix, CancellationToken cancellation, string[]? select = null) =>
        table.RangeAsync(partition, prefix, TableLayout.End(prefix), cancellation, select);

    /// <summary>Several sorted sequences as one. Their first rows are asked for at once, the others as they are wanted.</summary>
    public static async IAsyncEnumerable<T> MergeAsync<T>(
        IEnumerable<IAsyncEnumerable<T>> sources, IComparer<T> order, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var all = sources.Select(source => source.GetAsyncEnumerator(cancellation)).ToList();
        try
        {
            var queue = new PriorityQueue<IAsyncEnumerator<T>, T>(order);
            var first = await Task.WhenAll(all.Select(async source => await source.MoveNextAsync()));
            for (var i = 0; i < all.Count; i++)
                if (first[i]) queue.Enqueue(all[i], all[i].Current);
            while (queue.TryDequeue(out var source, out var next))
            {
                yield return next;
                if (await source.MoveNextAsync()) queue.Enqueue(source, source.Current);
            }
        }
        finally
        {
            foreach (var source in all) await source.DisposeAsync();
        }
    }

    /// <summary>The shards of the index, each asked for the same.</summary>
    public static IEnumerable<IAsyncEnumerable<TableEntity>> ShardsAsync(
        this TableClient index, string from, string before, CancellationToken cancellation, string[]? select = null, int page = LargestPage) =>
        Enumerable.Range(0, TableLayout.Shards).Select(shard => index.RangeAsync(TableLayout.Shard(shard), from, before, cancellation, select, page));
}

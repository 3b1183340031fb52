using Azure;
using Azure.Data.Tables;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Writes of rows.</summary>
internal static class TableWrites
{
    /// <summary>Most rows of one entity-group transaction.</summary>
    public const int LargestTransaction = 100;

    /// <summary>An id of a step or change. Random, so that no two attempts share it.</summary>
    public static string NewStep() => Guid.NewGuid().ToString("N")[..16];

    /// <summary>The row is not as the writer expected: no fault of the service. A missing table is one.</summary>
    public static bool IsRefusal(RequestFailedException e) =>
        e.Status is 404 or 409 or 412 && e.ErrorCode is not ("TableNotFound" or "TableBeingDeleted");

    /// <summary>One transaction, all or nothing. The index of the row that was in the way (-1 when the service did not say); null when it was done.</summary>
    public static async ValueTask<int?> SubmitAsync(TableClient table, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation)
    {
        try
        {
            await table.SubmitTransactionAsync(actions, cancellation);
            return null;
        }
        catch (TableTransactionFailedException e) when (IsRefusal(e))
        {
            return e.FailedTransactionActionIndex ?? -1;
        }
        catch (RequestFailedException e) when (IsRefusal(e))
        {
            return -1;
        }
    }

    /// <summary>Writes rows of one partition whatever is there, a transaction at a time.</summary>
    public static async ValueTask PutAllAsync(TableClient table, IEnumerable<TableEntity> rows, CancellationToken cancellation)
    {
        foreach (var chunk in rows.Chunk(LargestTransaction)) await table.SubmitTransactionAsync(chunk.Select(Put), cancellation);
    }

    /// <summary>Upserts and deletions of one partition that may have been done before: what is not there any more is passed over.</summary>
    public static async ValueTask TidyAsync(TableClient table, IEnumerable<TableTransactionAction> actions, CancellationToken cancellation)
    {
        foreach (var chunk in actions.Chunk(LargestTransaction))
        {
            var rest = chunk.ToList();
            while (rest.Count > 0 && await SubmitAsync(table, rest, cancellation) is { } refused) rest.RemoveAt(Math.Max(0, refused));
        }
    }

    /// <summary>Adds a row; false when one of its key is there.</summary>
    public static async ValueTask<bool> TryAddAsync(TableClient table, TableEntity row, CancellationToken cancellation)
    {
        try
        {
            await table.AddEntityAsync(row, cancellation);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    public static TableTransactionAction Put(TableEntity row) => new(TableTransactionActionType.UpsertReplace, row);

    public static TableTransactionAction Delete(string partition, string row) => new(TableTransactionActionType.Delete, new TableEntity(partition, row), ETag.All);

    /// <summary>Writes a row that must be as it was when it was read, or must not be there when it was not.</summary>
    public static TableTransactionAction Replace(TableEntity row, ETag? read) => read is { } etag
        ? new(TableTransactionActionType.UpdateReplace, row, etag)
        : new(TableTransactionActionType.Add, row);
}

using System.Runtime.InteropServices;
using System.Text.Json;
using Azure.Data.Tables;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Reads of one loan's partition.</summary>
internal sealed class LoanReads(TableSet tables, LargeValues values)
{
    /// <summary>A partition that changes whenever it is looked at is being written in a loop.</summary>
    private const int MostLooks = 20;

    private static readonly string[] Light =
    [
        "PartitionKey", "RowKey", "Timestamp", "Version", "LastSeq", "LastHash", "NextWake", "Steps", "Noted", "Leftover0", "LeftoverBlob",
        "Last", "Known", "Event", "Arrival", "Received", "Body",
    ];

    /// <summary>The case as its owner wants it: one request when it fits a page.</summary>
    public async ValueTask<(CaseRecord Record, LoanRows Rows)> LoadAsync(string loanId, CancellationToken cancellation)
    {
        var (rows, found) = await PartitionAsync(loanId, select: null, cancellation);
        var state = found.Case is { } row
            ? JsonSerializer.Deserialize(await ValueAsync(row, "State", cancellation), CaseJson.Default.CaseState)
            : null;
        var inbox = new List<InboxItem>(rows.Inbox.Count);
        foreach (var waiting in rows.Inbox) inbox.Add(await ItemAsync(loanId, found.Inbox[waiting.EventId], cancellation));
        var wake = rows.Case?.NextWake is { } ticks ? Instant(ticks) : (DateTimeOffset?)null;
        return (new CaseRecord(state, rows.Version, rows.Case?.LastHash ?? "", inbox) { NextWake = wake }, rows);
    }

    /// <summary>What a writer needs to know, without states and inputs.</summary>
    public async ValueTask<LoanRows> LookAsync(string loanId, CancellationToken cancellation) => (await PartitionAsync(loanId, Light, cancellation)).Rows;

    /// <summary>
    /// The same, where what waits must be certain although it is too much to be checked by the transaction that drains it: the snapshot is read
    /// first, so whoever writes on condition that it has not changed knows that nothing read later was drained before.
    /// </summary>
    public async ValueTask<LoanRows> LookCaseFirstAsync(string loanId, CancellationToken cancellation)
    {
        var row = await tables.Cases.FindAsync(TableLayout.Loan(loanId), TableLayout.Case, cancellation);
        var rows = await LookAsync(loanId, cancellation);
        return rows with { Case = row is null ? null : CaseRow.Of(row) };
    }

    public async ValueTask<DoorRow?> DoorAsync(string loanId, CancellationToken cancellation) =>
        await tables.Cases.FindAsync(TableLayout.Loan(loanId), TableLayout.Door, cancellation) is { } row ? DoorRow.Of(row) : null;

    /// <summary>Whether an event was ever put into the inbox of the loan.</summary>
    public async ValueTask<bool> WasDeliveredAsync(string loanId, string eventId, CancellationToken cancellation) =>
        await tables.Cases.FindAsync(TableLayout.Loan(loanId), TableLayout.InboxRow(eventId), cancellation, ["PartitionKey", "RowKey"]) is not null;

    /// <summary>The index of a case as of its last step, and its version; null when there is no case.</summary>
    public async ValueTask<(CaseRow Row, CaseIndex Index)?> IndexAsync(string loanId, CancellationToken cancellation)
    {
        if (await tables.Cases.FindAsync(TableLayout.Loan(loanId), TableLayout.Case, cancellation) is not { } row) return null;
        return (CaseRow.Of(row), JsonSerializer.Deserialize(await ValueAsync(row, "Index", cancellation), TablesJson.Default.CaseIndex)!);
    }

    public async ValueTask<IReadOnlyList<JournalEntry>> JournalAsync(string loanId, int afterSeq, int limit, CancellationToken cancellation)
    {
        var entries = new List<JournalEntry>();
        if (limit <= 0 || afterSeq == int.MaxValue) return entries;
        // A row lies under its last sequence: the first row from the next sequence on is the one that holds it.
        var rows = tables.Cases.RangeAsync(
            TableLayout.Loan(loanId), TableLayout.JournalRow(Math.Max(0, afterSeq) + 1), TableLayout.End(TableLayout.Journal), cancellation, page: limit);
        await foreach (var row in rows)
        {
            foreach (var entry in JournalRows.Read(loanId, row, await ValueAsync(row, "Facts", cancellation)))
            {
                if (entry.Seq <= afterSeq) continue;
                entries.Add(entry);
                if (entries.Count == limit) return entries;
            }
        }

        return entries;
    }

    /// <summary>An item of the inbox, or of an index row that keeps it until it is delivered.</summary>
    public async ValueTask<InboxItem> ItemAsync(string loanId, TableEntity row, CancellationToken cancellation)
    {
        var input = JsonSerializer.Deserialize(await ValueAsync(row, "Input", cancellation), CaseJson.Default.CaseInput)!;
        return new InboxItem(loanId, input, Instant(row.GetInt64("Received")!.Value), row.GetString("Body"));
    }

    public static DateTimeOffset Instant(long ticks) => new(ticks, TimeSpan.Zero);

    private async ValueTask<byte[]> ValueAsync(TableEntity row, string name, CancellationToken cancellation) =>
        await values.GetAsync(row, name, cancellation) ?? throw new InvalidDataException($"row {row.RowKey} has no {name}");

    /// <summary>
    /// Snapshot, door and what waits. One page is one view of the partition, for a query within a partition has snapshot isolation; when it took
    /// several pages, snapshot and door are looked at again: if they are as they were, no step and no arrival came between the pages.
    /// </summary>
    private async ValueTask<(LoanRows Rows, Found Found)> PartitionAsync(string loanId, string[]? select, CancellationToken cancellation)
    {
        var partition = TableLayout.Loan(loanId);
        var filter = TableQueries.Range(partition, TableLayout.Case, TableLayout.End(TableLayout.Inbox)) + " and Waiting eq true";
        for (var look = 0; look < MostLooks; look++)
        {
            var (pages, found) = (0, new Found());
            await foreach (var page in tables.Cases.QueryAsync<TableEntity>(filter, TableQueries.LargestPage, select, cancellation).AsPages().WithCancellation(cancellation))
            {
                pages++;
                foreach (var row in page.Values) found.Add(row);
            }

            // A service that leaves the ETag out when columns are chosen is asked for all of them.
            if (select is not null && found.Case?.ETag == default(Azure.ETag)) return await PartitionAsync(loanId, select: null, cancellation);
            if (pages == 1 || await IsUnchangedAsync(partition, found, cancellation)) return (await RowsAsync(loanId, found, cancellation), found);
        }

        throw new InvalidOperationException($"loan {loanId} changes whenever it is read");
    }

    private async ValueTask<bool> IsUnchangedAsync(string partition, Found found, CancellationToken cancellation)
    {
        var row = await tables.Cases.FindAsync(partition, TableLayout.Case, cancellation);
        var door = await tables.Cases.FindAsync(partition, TableLayout.Door, cancellation);
        return row?.ETag == found.Case?.ETag && door?.ETag == found.Door?.ETag;
    }

    private async ValueTask<LoanRows> RowsAsync(string loanId, Found found, CancellationToken cancellation)
    {
        var leftover = found.Case is { } row && await values.GetAsync(row, "Leftover", cancellation) is { } bytes
            ? MemoryMarshal.Cast<byte, long>(bytes).ToArray().ToHashSet()
            : [];
        var waiting = found.Inbox.Values.Select(InboxRow.Of).OrderBy(item => item.Arrival).ToLookup(item => leftover.Contains(item.Arrival));
        return new LoanRows(
            loanId, found.Case is null ? null : CaseRow.Of(found.Case), found.Door is null ? null : DoorRow.Of(found.Door), [.. waiting[false]], [.. waiting[true]]);
    }

    private sealed class Found
    {
        public TableEntity? Case { get; private set; }

        public TableEntity? Door { get; private set; }

        public Dictionary<string, TableEntity> Inbox { get; } = new(StringComparer.Ordinal);

        public void Add(TableEntity row)
        {
            if (row.RowKey == TableLayout.Case) Case = row;
            else if (row.RowKey == TableLayout.Door) Door = row;
            else Inbox[row.GetString("Event")] = row;
        }
    }
}

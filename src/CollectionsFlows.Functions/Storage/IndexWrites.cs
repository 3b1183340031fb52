using Azure.Data.Tables;
using CollectionsFlows.Application.Cases;

namespace CollectionsFlows.Functions.Storage;

/// <summary>What steps and arrivals write into the index: before the commit what will be looked for, after it what is true, and the end of what was.</summary>
/// <remarks>
/// A crash before the commit leaves rows that point at nothing, a crash after it leaves the rows of the step before: readers verify both at the
/// case. A row carries the id of its step, so no step ever deletes or overwrites the row of another that is still to commit.
/// </remarks>
internal sealed class IndexWrites(TableSet tables, LargeValues values)
{
    /// <summary>Before the commit: the wake to come, that the list will change, and the events that wait for a loan nobody knew.</summary>
    public async ValueTask AnnounceAsync(CaseStep step, string id, IEnumerable<InboxRow> matched, CancellationToken cancellation)
    {
        var shard = TableLayout.ShardOf(step.LoanId);
        var version = step.ExpectedVersion + 1;
        var rows = new List<TableEntity> { new(shard, TableLayout.Announcement(step.LoanId, version, id)) { ["Loan"] = step.LoanId, ["Version"] = version } };
        if (step.NextWake is { } wake) rows.Add(DueRow(step.LoanId, wake.UtcTicks, version, id));
        rows.AddRange(matched.Select(row => WaitRow(step.LoanId, row)));
        await TableWrites.PutAllAsync(tables.Index, rows, cancellation);
    }

    /// <summary>After the commit: the list shows the step; the wake before it, the announcement and what it drained go.</summary>
    public async ValueTask SettleAsync(CaseStep step, string id, CaseRow? before, IEnumerable<InboxRow> drained, byte[] index, CancellationToken cancellation)
    {
        var shard = TableLayout.ShardOf(step.LoanId);
        var version = step.ExpectedVersion + 1;
        var actions = new List<TableTransactionAction>
        {
            TableWrites.Put(await ListRowAsync(step.LoanId, version, step.Index.Status.ToString(), index, cancellation)),
            TableWrites.Delete(shard, TableLayout.Announcement(step.LoanId, version, id)),
        };
        if (before is not null) actions.Add(TableWrites.Delete(shard, TableLayout.ListRow(step.LoanId, before.Version)));
        if (before?.NextWake is { } wake) actions.Add(TableWrites.Delete(shard, TableLayout.DueRow(wake, step.LoanId, before.Step)));
        actions.AddRange(drained.Select(row => TableWrites.Delete(shard, TableLayout.WaitRow(row.Received, step.LoanId, row.EventId, row.Body))));
        await TableWrites.TidyAsync(tables.Index, actions, cancellation);
    }

    /// <summary>Before an event is delivered: the event itself, so that whoever finds it undelivered can deliver it.</summary>
    public async ValueTask<TableEntity> AwaitAsync(InboxItem item, byte[] input, bool isKnown, CancellationToken cancellation)
    {
        var received = item.ReceivedAt.UtcTicks;
        var key = isKnown
            ? TableLayout.WaitRow(received, item.LoanId, item.Input.Id, item.BodySha256)
            : TableLayout.LostRow(item.LoanId, item.Input.Id, item.BodySha256);
        var row = EventRow(key, item.LoanId, item.Input.Id, received, item.BodySha256);
        await values.SetAsync(row, "Input", input, cancellation);
        await tables.Index.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
        return row;
    }

    public ValueTask AwaitAsync(string loanId, IEnumerable<InboxRow> delivered, CancellationToken cancellation) =>
        TableWrites.PutAllAsync(tables.Index, delivered.Select(row => WaitRow(loanId, row)), cancellation);

    /// <summary>The loan is known: its events are lost no more.</summary>
    public ValueTask ForgetLostAsync(string loanId, IEnumerable<InboxRow> found, CancellationToken cancellation) => DeleteAsync(
        TableLayout.ShardOf(loanId), found.Select(row => TableLayout.LostRow(loanId, row.EventId, row.Body)), cancellation);

    public ValueTask DeleteAsync(string shard, IEnumerable<string> rows, CancellationToken cancellation) =>
        TableWrites.TidyAsync(tables.Index, rows.Distinct(StringComparer.Ordinal).Select(row => TableWrites.Delete(shard, row)), cancellation);

    public async ValueTask<TableEntity> ListRowAsync(string loanId, int version, string status, byte[] index, CancellationToken cancellation)
    {
        var row = new TableEntity(TableLayout.ShardOf(loanId), TableLayout.ListRow(loanId, version)) { ["Loan"] = loanId, ["Version"] = version, ["Status"] = status };
        await values.SetAsync(row, "Index", index, cancellation);
        return row;
    }

    public static TableEntity DueRow(string loanId, long wake, int version, string step) => new(TableLayout.ShardOf(loanId), TableLayout.DueRow(wake, loanId, step))
    {
        ["Loan"] = loanId, ["Ticks"] = wake, ["Version"] = version, ["Step"] = step,
    };

    public static TableEntity WaitRow(string loanId, InboxRow row) =>
        EventRow(TableLayout.WaitRow(row.Received, loanId, row.EventId, row.Body), loanId, row.EventId, row.Received, row.Body);

    public static TableEntity LostRow(string loanId, InboxRow row) =>
        EventRow(TableLayout.LostRow(loanId, row.EventId, row.Body), loanId, row.EventId, row.Received, row.Body);

    private static TableEntity EventRow(string key, string loanId, string eventId, long received, string body) => new(TableLayout.ShardOf(loanId), key)
    {
        ["Loan"] = loanId, ["Ticks"] = received, ["Event"] = eventId, ["Received"] = received, ["Body"] = body,
    };
}

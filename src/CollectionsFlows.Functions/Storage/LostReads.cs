using Azure.Data.Tables;
using CollectionsFlows.Application.Cases;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Finds events whose loan is not known. The index proposes, each loan's own partition decides.</summary>
/// <remarks>The cost is one query per shard and one per unknown loan: operators resolve unmatched events, so they are few.</remarks>
internal sealed class LostReads(TableSet tables, LoanReads reads, IndexWrites index, DueReads due)
{
    private static readonly string[] Columns = ["PartitionKey", "RowKey", "Timestamp", "Loan", "Ticks", "Event", "Body"];

    public async ValueTask<IReadOnlyList<InboxItem>> UnmatchedAsync(int limit, CancellationToken cancellation)
    {
        var lost = await LoansAsync(cancellation);
        var items = new List<(long Arrival, InboxItem Item)>();
        foreach (var loans in lost.Where(loan => loan.Inbox.Count > 0).Chunk(TableSet.AtOnce))
        {
            foreach (var (record, rows) in await Task.WhenAll(loans.Select(async loan => await reads.LoadAsync(loan.LoanId, cancellation))))
                if (!rows.IsKnown) items.AddRange(rows.Inbox.Select(row => row.Arrival).Zip(record.Inbox));
        }

        return [.. items.OrderBy(entry => entry.Arrival).Take(Math.Max(0, limit)).Select(entry => entry.Item)];
    }

    public async ValueTask<int> CountAsync(CancellationToken cancellation) => (await LoansAsync(cancellation)).Sum(loan => loan.Inbox.Count);

    /// <summary>The loans nobody knows and what waits for them. Rows of loans that are known by now are made rows of waiting events.</summary>
    private async ValueTask<List<LoanRows>> LoansAsync(CancellationToken cancellation)
    {
        var proposed = new List<TableEntity>();
        foreach (var shard in await Task.WhenAll(tables.Index.ShardsAsync(TableLayout.Lost, TableLayout.End(TableLayout.Lost), cancellation, Columns)
            .Select(async rows => await rows.ToListAsync(cancellation)))) proposed.AddRange(shard);

        var lost = new List<LoanRows>();
        foreach (var loans in proposed.GroupBy(row => row.GetString("Loan"), StringComparer.Ordinal).Chunk(TableSet.AtOnce))
            lost.AddRange((await Task.WhenAll(loans.Select(async rows => await JudgeAsync(rows.Key, [.. rows], cancellation)))).OfType<LoanRows>());
        return lost;
    }

    private async ValueTask<LoanRows?> JudgeAsync(string loanId, List<TableEntity> proposed, CancellationToken cancellation)
    {
        var rows = await reads.LookAsync(loanId, cancellation);
        foreach (var row in proposed)
        {
            if (await due.MendAsync(row, rows, cancellation)) rows = await reads.LookAsync(loanId, cancellation);
        }

        if (!rows.IsKnown) return rows;
        var lost = proposed.Select(row => row.GetString("Event")).ToHashSet(StringComparer.Ordinal);
        var found = rows.Inbox.Where(row => lost.Contains(row.EventId)).ToList();
        await index.AwaitAsync(loanId, found, cancellation);
        await index.ForgetLostAsync(loanId, found, cancellation);
        return null;
    }
}

using System.Text.Json;
using Azure.Data.Tables;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Writes the index, and whose loans they are, anew from the loans' partitions. It can run beside working hosts: what it writes too late is found stale by readers.</summary>
internal sealed class IndexRebuild(TableSet tables, LargeValues values, LoanReads reads, IndexWrites index, BorrowersLoans owners)
{
    /// <summary>Rebuilds; the number of loans found. One scan of the cases' table, then four requests per loan.</summary>
    public async ValueTask<int> RunAsync(CancellationToken cancellation)
    {
        await tables.Index.CreateIfNotExistsAsync(cancellation);
        var (count, tasks) = (0, new List<Task>());
        await foreach (var loanId in LoansAsync(cancellation))
        {
            count++;
            tasks.Add(RebuildAsync(loanId, cancellation));
            if (tasks.Count < TableSet.AtOnce) continue;
            await Task.WhenAll(tasks);
            tasks.Clear();
        }

        await Task.WhenAll(tasks);
        await owners.MarkCompleteAsync(cancellation);
        return count;
    }

    /// <summary>Every loan with a door has had an arrival or a case.</summary>
    private async IAsyncEnumerable<string> LoansAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var doors = tables.Cases.QueryAsync<TableEntity>($"RowKey eq '{TableLayout.Door}'", TableQueries.LargestPage, ["PartitionKey", "RowKey", "Loan"], cancellation);
        await foreach (var door in doors) yield return door.GetString("Loan");
    }

    private async Task RebuildAsync(string loanId, CancellationToken cancellation)
    {
        var rows = await reads.LookAsync(loanId, cancellation);
        var written = new List<TableEntity>();
        written.AddRange(rows.Inbox.Select(row => rows.IsKnown ? IndexWrites.WaitRow(loanId, row) : IndexWrites.LostRow(loanId, row)));
        if (rows.Case is not null && await tables.Cases.FindAsync(TableLayout.Loan(loanId), TableLayout.Case, cancellation) is { } found)
        {
            // Wake and version are read together with the index: a step between the two reads announced itself.
            var row = CaseRow.Of(found);
            var json = (await values.GetAsync(found, "Index", cancellation))!;
            written.Add(await index.ListRowAsync(loanId, row.Version, found.GetString("Status"), json, cancellation));
            await BorrowersLoans.NoteAsync(tables, JsonSerializer.Deserialize(json, TablesJson.Default.CaseIndex)!.BorrowerId, loanId, cancellation);
            if (row.NextWake is { } wake) written.Add(IndexWrites.DueRow(loanId, wake, row.Version, row.Step));
        }

        else if (rows.IsKnown && (await reads.LoadAsync(loanId, cancellation)).Record.BorrowerId is { } enrolled)
        {
            await BorrowersLoans.NoteAsync(tables, enrolled, loanId, cancellation);
        }

        await TableWrites.PutAllAsync(tables.Index, written, cancellation);
    }
}

using System.Runtime.InteropServices;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Commits steps: announce in the index, one transaction in the loan's partition, settle the index.</summary>
/// <remarks>
/// <para>The transaction holds the snapshot (on condition that it is as read), the facts (one row, see <see cref="TableLayout"/>), the door when
/// the loan becomes known, and the drained inbox rows (each on condition that it still waits). It never outgrows 4 MB: values beyond
/// <see cref="LargeValues.LargestInline"/> lie in blobs written before.</para>
/// <para><b>More inbox rows than fit.</b> The snapshot then names the arrivals whose rows are still to be marked. From the commit on every reader
/// takes them for drained; they are marked after it, by this step or, after a crash, by a later one, which carries on what is left of the names.
/// That none of them was drained before is certain although no row's condition says so: the snapshot was read before they were, and the commit
/// holds only if it has not changed since.</para>
/// <para><b>Lost answers.</b> When a transaction is refused the snapshot is read again: if it carries this step's id among its
/// last, an earlier sending of the same transaction was done and its answer was lost.</para>
/// </remarks>
internal sealed class CaseCommits(TableSet tables, LargeValues values, LoanReads reads, IndexWrites index)
{
    /// <summary>Rows of the transaction that are not inbox rows: snapshot, door, facts.</summary>
    private const int OtherRows = 3;

    private const int MostDrained = TableWrites.LargestTransaction - OtherRows;
    private const int MostRaces = 50;

    /// <param name="step">The step.</param>
    /// <param name="loaded">The partition as this process last saw it: spares reading it again; null when it did not.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async ValueTask<bool> CommitAsync(CaseStep step, LoanRows? loaded, CancellationToken cancellation)
    {
        var attempt = new Attempt(step, TableWrites.NewStep());
        var rows = loaded is not null && loaded.Version == step.ExpectedVersion && step.Drained.Count <= MostDrained && attempt.CanDrain(loaded)
            ? loaded
            : await LookAsync(step, cancellation);
        if (rows.Case is not { IsNoted: true }) await BorrowersLoans.NoteAsync(tables, step.State.Terms.BorrowerId, step.LoanId, cancellation);
        for (var race = 0; race < MostRaces; race++)
        {
            if (rows.Case?.Step == attempt.Id) return await SettleAsync(attempt, attempt.Sent!, cancellation);
            if (StepTrail.Holds(rows.Case?.Steps, attempt.Id)) return true;
            if (rows.Version != step.ExpectedVersion) return false;
            attempt.Check(rows);

            // What waited for a loan nobody knew is matched by the commit, and must be found from then on.
            await index.AnnounceAsync(step, attempt.Id, rows.IsKnown ? [] : rows.Inbox, cancellation);
            attempt.Sent = rows;
            if (await TableWrites.SubmitAsync(tables.Cases, await TransactionAsync(attempt, rows, cancellation), cancellation) is null)
                return await SettleAsync(attempt, rows, cancellation);
            rows = await LookAsync(step, cancellation);
        }

        throw new InvalidOperationException($"the inbox of loan {step.LoanId} is being changed by others all the time");
    }

    private ValueTask<LoanRows> LookAsync(CaseStep step, CancellationToken cancellation) => step.Drained.Count > MostDrained
        ? reads.LookCaseFirstAsync(step.LoanId, cancellation)
        : reads.LookAsync(step.LoanId, cancellation);

    private async ValueTask<List<TableTransactionAction>> TransactionAsync(Attempt attempt, LoanRows rows, CancellationToken cancellation)
    {
        var step = attempt.Step;
        var (now, later) = attempt.Marked(rows);
        var actions = new List<TableTransactionAction> { TableWrites.Replace(await SnapshotAsync(attempt, rows, later, cancellation), rows.Case?.ETag) };
        if (rows.Door?.IsKnown != true)
            actions.Add(TableWrites.Replace(InboxWrites.DoorRow(step.LoanId, rows.Door?.Last ?? 0, isKnown: true), rows.Door?.ETag));
        if (step.Facts.Count > 0)
            actions.Add(new(TableTransactionActionType.Add, await JournalRows.WriteAsync(step.LoanId, step.Facts, values, cancellation)));
        actions.AddRange(now.Select(row => Mark(step.LoanId, row)));
        return actions;
    }

    private async ValueTask<TableEntity> SnapshotAsync(Attempt attempt, LoanRows rows, IReadOnlyList<InboxRow> later, CancellationToken cancellation)
    {
        var step = attempt.Step;
        var row = new TableEntity(TableLayout.Loan(step.LoanId), TableLayout.Case)
        {
            ["Waiting"] = true, ["Loan"] = step.LoanId, ["Version"] = step.ExpectedVersion + 1, ["Steps"] = StepTrail.Add(rows.Case?.Steps, attempt.Id), ["LastHash"] = step.LastHash,
            ["LastSeq"] = (rows.Case?.LastSeq ?? 0) + step.Facts.Count, ["NextWake"] = step.NextWake?.UtcTicks, ["Status"] = step.Index.Status.ToString(),
            ["Noted"] = true,
        };
        await values.SetAsync(row, "State", attempt.State, cancellation);
        await values.SetAsync(row, "Index", attempt.Index, cancellation);
        if (later.Count > 0)
            await values.SetAsync(row, "Leftover", MemoryMarshal.AsBytes<long>(later.Select(item => item.Arrival).ToArray()).ToArray(), cancellation, inline: 32_000);
        return row;
    }

    /// <summary>The case has moved on, whatever happens here: what is not done is found stale and mended by readers.</summary>
    private async ValueTask<bool> SettleAsync(Attempt attempt, LoanRows before, CancellationToken cancellation)
    {
        var step = attempt.Step;
        var later = attempt.Marked(before).Later;
        try
        {
            await TableWrites.TidyAsync(tables.Cases, later.Select(row => Mark(step.LoanId, row)), cancellation);
            await index.SettleAsync(step, attempt.Id, before.Case, attempt.Drained(before), attempt.Index, cancellation);
            if (!before.IsKnown) await index.ForgetLostAsync(step.LoanId, before.Inbox, cancellation);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // The step is committed, so the answer is yes.
        }

        return true;
    }

    /// <summary>Marks an inbox row as drained: it holds no input and waits no more, its id stays.</summary>
    private static TableTransactionAction Mark(string loanId, InboxRow row) => new(
        TableTransactionActionType.UpdateReplace,
        new TableEntity(TableLayout.Loan(loanId), TableLayout.InboxRow(row.EventId)) { ["Event"] = row.EventId, ["Arrival"] = row.Arrival },
        row.ETag);

    private sealed class Attempt(CaseStep step, string id)
    {
        private readonly HashSet<string> drained = step.Drained.ToHashSet(StringComparer.Ordinal);

        public CaseStep Step => step;

        public string Id => id;

        public byte[] State { get; } = JsonSerializer.SerializeToUtf8Bytes(step.State, CaseJson.Default.CaseState);

        public byte[] Index { get; } = JsonSerializer.SerializeToUtf8Bytes(step.Index, TablesJson.Default.CaseIndex);

        /// <summary>The partition as it was when the transaction was last sent.</summary>
        public LoanRows? Sent { get; set; }

        public bool CanDrain(LoanRows rows) => drained.Count == 0 || rows.Inbox.Count(row => drained.Contains(row.EventId)) == drained.Count;

        public IEnumerable<InboxRow> Drained(LoanRows rows) => rows.Inbox.Where(row => drained.Contains(row.EventId));

        /// <summary>The inbox rows marked in the transaction and those marked after it, leftovers of earlier steps last.</summary>
        public (IReadOnlyList<InboxRow> Now, IReadOnlyList<InboxRow> Later) Marked(LoanRows rows)
        {
            List<InboxRow> all = [.. Drained(rows), .. rows.Leftover];
            return ([.. all.Take(MostDrained)], [.. all.Skip(MostDrained)]);
        }

        /// <summary>Refuses a step that would break the journal or drain what is not there: a bug, never data.</summary>
        public void Check(LoanRows rows)
        {
            var last = rows.Case?.LastSeq ?? 0;
            foreach (var fact in step.Facts)
            {
                if (fact.Seq != ++last) throw new InvalidOperationException($"fact {fact.Seq} of loan {step.LoanId} does not follow fact {last - 1}");
            }

            var waiting = rows.Inbox.Select(row => row.EventId).ToHashSet(StringComparer.Ordinal);
            if (step.Drained.FirstOrDefault(event_ => !waiting.Contains(event_)) is { } missing)
                throw new InvalidOperationException($"event {missing} is not in the inbox of loan {step.LoanId}");
        }
    }
}

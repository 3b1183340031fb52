using Azure.Data.Tables;
using CollectionsFlows.Application.Cases;

namespace CollectionsFlows.Functions.Storage;

/// <summary>
/// Finds loans that want a step. The index proposes, the loan's own partition decides: a loan that does not want one is not named, and the row
/// that proposed it is deleted if it can never be true, and made true if it stands for an event that was claimed and not delivered.
/// </summary>
/// <remarks>The cost is two queries per shard and one per loan proposed: the limit's, not the portfolio's.</remarks>
internal sealed class DueReads(TableSet tables, LoanReads reads, IndexWrites index, InboxWrites inbox)
{
    /// <summary>A row that no commit and no claim confirms for so long is of an attempt that broke off: requests live minutes, not days.</summary>
    private static readonly TimeSpan Forsaken = TimeSpan.FromDays(1);

    private static readonly string[] Columns = ["PartitionKey", "RowKey", "Timestamp", "Loan", "Ticks", "Version", "Step", "Event", "Body"];

    private static readonly IComparer<TableEntity> ByTime = Comparer<TableEntity>.Create((x, y) => Ticks(x).CompareTo(Ticks(y)));

    public async ValueTask<IReadOnlyList<string>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        if (limit <= 0) return [];
        var (due, asleep) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<string, LoanRows>(StringComparer.Ordinal));
        await foreach (var rows in ChunksAsync(Proposed(now, limit, cancellation), cancellation))
        {
            var loans = rows.Select(LoanOf).Distinct(StringComparer.Ordinal).Where(loanId => !due.ContainsKey(loanId) && !asleep.ContainsKey(loanId));
            foreach (var look in await Task.WhenAll(loans.Select(async loanId => await reads.LookAsync(loanId, cancellation)))) Judge(look, now, due, asleep);
            foreach (var row in rows.Where(row => asleep.ContainsKey(LoanOf(row))))
            {
                if (await MendAsync(row, asleep[LoanOf(row)], cancellation)) Judge(await reads.LookAsync(LoanOf(row), cancellation), now, due, asleep);
            }

            if (due.Count >= limit) break;
        }

        return [.. due.OrderBy(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(limit).Select(entry => entry.Key)];
    }

    public async ValueTask<DateTimeOffset?> NextWakeAsync(CancellationToken cancellation)
    {
        var shards = tables.Index.ShardsAsync(TableLayout.Due, TableLayout.End(TableLayout.Due), cancellation, Columns, page: 10);
        await foreach (var row in TableQueries.MergeAsync(shards, ByTime, cancellation))
        {
            var rows = await reads.LookAsync(LoanOf(row), cancellation);
            if (rows.Case?.NextWake == Ticks(row)) return LoanReads.Instant(Ticks(row));
            await MendAsync(row, rows, cancellation);
        }

        return null;
    }

    /// <summary>Deletes a row that can never be true; delivers an event that was claimed and not delivered. True when it delivered.</summary>
    public async ValueTask<bool> MendAsync(TableEntity row, LoanRows rows, CancellationToken cancellation)
    {
        var isForsaken = row.Timestamp < DateTimeOffset.UtcNow - Forsaken;
        if (row.GetString("Event") is { } eventId) return await MendEventAsync(row, rows, eventId, isForsaken, cancellation);

        // A step of a version the case has reached or passed commits no more. One of the next version may be about to.
        var isCurrent = rows.Case?.Step == row.GetString("Step");
        if (!isCurrent && (rows.Version >= row.GetInt32("Version") || isForsaken)) await index.DeleteAsync(row.PartitionKey, [row.RowKey], cancellation);
        return false;
    }

    private async ValueTask<bool> MendEventAsync(TableEntity row, LoanRows rows, string eventId, bool isForsaken, CancellationToken cancellation)
    {
        if (rows.Inbox.Any(waiting => waiting.EventId == eventId)) return false;
        if (!await reads.WasDeliveredAsync(rows.LoanId, eventId, cancellation))
        {
            var claim = await inbox.ClaimOfAsync(eventId, cancellation);
            if (claim == (rows.LoanId, row.GetString("Body")))
            {
                if (await tables.Index.FindAsync(row.PartitionKey, row.RowKey, cancellation) is not { } whole) return false;
                await inbox.DeliverAsync(await reads.ItemAsync(rows.LoanId, whole, cancellation), cancellation);
                return true;
            }

            // Without a claim its put may be under way.
            if (claim is null && !isForsaken) return false;
        }

        await index.DeleteAsync(row.PartitionKey, [row.RowKey], cancellation);
        return false;
    }

    private static void Judge(LoanRows look, DateTimeOffset now, Dictionary<string, long> due, Dictionary<string, LoanRows> asleep)
    {
        var wake = look.Case?.NextWake is { } ticks && ticks <= now.UtcTicks ? ticks : (long?)null;
        var waiting = look.IsKnown ? look.EarliestReceived : null;
        if (wake is null && waiting is null)
        {
            asleep[look.LoanId] = look;
            return;
        }

        asleep.Remove(look.LoanId);
        due[look.LoanId] = Math.Min(wake ?? long.MaxValue, waiting ?? long.MaxValue);
    }

    private IAsyncEnumerable<TableEntity> Proposed(DateTimeOffset now, int limit, CancellationToken cancellation)
    {
        var until = TableLayout.Due + TableLayout.Padded(now.UtcTicks) + (char)(KeyText.Separator + 1);
        var page = Math.Min(limit, TableQueries.LargestPage);
        return TableQueries.MergeAsync(
            [
                .. tables.Index.ShardsAsync(TableLayout.Due, until, cancellation, Columns, page),
                .. tables.Index.ShardsAsync(TableLayout.Wait, TableLayout.End(TableLayout.Wait), cancellation, Columns, page),
            ],
            ByTime, cancellation);
    }

    /// <summary>Groups of rows whose loans are looked at together; rows of one instant stay in one group, for ties go by loan id.</summary>
    private static async IAsyncEnumerable<List<TableEntity>> ChunksAsync(
        IAsyncEnumerable<TableEntity> rows, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var chunk = new List<TableEntity>();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (chunk.Count >= TableSet.AtOnce && Ticks(row) != Ticks(chunk[^1]))
            {
                yield return chunk;
                chunk = [];
            }

            chunk.Add(row);
        }

        if (chunk.Count > 0) yield return chunk;
    }

    private static string LoanOf(TableEntity row) => row.GetString("Loan");

    private static long Ticks(TableEntity row) => row.GetInt64("Ticks")!.Value;
}

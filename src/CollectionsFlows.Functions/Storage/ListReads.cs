using System.Diagnostics;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Reads the list index: a loan's highest version counts; where a step is announced beyond it, the case itself is looked at.</summary>
/// <remarks>
/// Lists, counts and figures read the whole index (about 500 bytes and a thousandth of a request per case, the shards at once) and filter and sort in
/// memory: with filters, five orders and a total of all matches, a table of keys has nothing better to offer. A hundred thousand cases are a hundred
/// requests and 50 MB per list. The pages after the first come from the look the first one took, for a while: they fit together, and figures over
/// all pages cost one look. Loan ids are read as they are asked for.
/// </remarks>
internal sealed class ListReads(TableSet tables, LargeValues values, LoanReads reads, IndexWrites index)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private static readonly string[] WithoutIndex = ["PartitionKey", "RowKey", "Loan", "Version", "Status"];

    private static readonly Comparer<TableEntity> ByLoan = Comparer<TableEntity>.Create(
        (x, y) => string.CompareOrdinal(KeyText.SortsBy(LoanOf(x)), KeyText.SortsBy(LoanOf(y))));

    private volatile Look? last;

    public async ValueTask<CasePage> PageAsync(CaseQuery query, CancellationToken cancellation)
    {
        var order = CaseOrder.Of(query);
        var asked = query with { Page = 1 };
        var fits = query.Page > 1 && last is { } look && look.Query == asked && look.Age.Elapsed < Kept ? look.Fits : await FitsAsync(query, order, cancellation);
        var skip = (int)Math.Min((query.Page - 1L) * query.PageSize, fits.Count);
        last = fits.Count - skip > query.PageSize ? new Look(asked, fits, last?.Fits == fits ? last.Age : Stopwatch.StartNew()) : null;
        return new CasePage([.. fits.Skip(skip).Take(query.PageSize)], fits.Count, query.Page, query.PageSize);
    }

    public async ValueTask<IReadOnlyDictionary<CaseStatus, int>> CountsAsync(CancellationToken cancellation)
    {
        var counts = new Dictionary<CaseStatus, int>();
        foreach (var shard in await EachShardAsync(WithoutIndex, cancellation))
        {
            foreach (var loan in shard)
            {
                if (await StatusOfAsync(loan, cancellation) is { } status) counts[status] = counts.GetValueOrDefault(status) + 1;
            }
        }

        return counts;
    }

    public async ValueTask<IReadOnlyList<string>> LoanIdsAsync(string? after, int limit, CancellationToken cancellation)
    {
        var ids = new List<string>();
        if (limit <= 0) return ids;
        var from = after is null ? TableLayout.List : TableLayout.List + KeyText.SortsBy(after);
        var shards = tables.Index.ShardsAsync(from, TableLayout.End(TableLayout.List), cancellation, WithoutIndex, page: Math.Min(limit, 500) * 2)
            .Select(rows => LoansAsync(rows, cancellation));
        // Loans whose texts were cut at the same place come in any order: they are sorted among themselves.
        var alike = new List<string>();
        await foreach (var loan in TableQueries.MergeAsync(shards, Comparer<List<TableEntity>>.Create((x, y) => ByLoan.Compare(x[0], y[0])), cancellation))
        {
            var loanId = LoanOf(loan[0]);
            if (after is not null && string.CompareOrdinal(loanId, after) <= 0) continue;
            if (alike.Count > 0 && KeyText.SortsBy(alike[0]) != KeyText.SortsBy(loanId))
            {
                ids.AddRange(alike.Order(StringComparer.Ordinal));
                alike.Clear();
                if (ids.Count >= limit) break;
            }

            if (await StatusOfAsync(loan, cancellation) is not null) alike.Add(loanId);
        }

        return [.. ids.Concat(alike.Order(StringComparer.Ordinal)).Take(limit)];
    }

    private async ValueTask<List<CaseIndex>> FitsAsync(CaseQuery query, Comparison<CaseIndex> order, CancellationToken cancellation)
    {
        var fits = new List<CaseIndex>();
        foreach (var shard in await EachShardAsync(null, cancellation))
        {
            foreach (var loan in shard)
            {
                if (await IndexOfAsync(loan, cancellation) is { } found && CaseOrder.Fits(found, query)) fits.Add(found);
            }
        }

        fits.Sort(order);
        return fits;
    }

    private async ValueTask<List<List<TableEntity>>[]> EachShardAsync(string[]? columns, CancellationToken cancellation) => await Task.WhenAll(
        tables.Index.ShardsAsync(TableLayout.List, TableLayout.End(TableLayout.List), cancellation, columns)
            .Select(async rows => await LoansAsync(rows, cancellation).ToListAsync(cancellation)));

    /// <summary>The rows of each loan: they follow one another.</summary>
    private static async IAsyncEnumerable<List<TableEntity>> LoansAsync(
        IAsyncEnumerable<TableEntity> rows, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var loan = new List<TableEntity>();
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (loan.Count > 0 && LoanOf(loan[0]) != LoanOf(row))
            {
                yield return loan;
                loan = [];
            }

            loan.Add(row);
        }

        if (loan.Count > 0) yield return loan;
    }

    private async ValueTask<CaseIndex?> IndexOfAsync(List<TableEntity> loan, CancellationToken cancellation)
    {
        if (Shown(loan) is not { } row) return (await LookAsync(loan, cancellation))?.Index;
        return JsonSerializer.Deserialize((await values.GetAsync(row, "Index", cancellation))!, TablesJson.Default.CaseIndex);
    }

    private async ValueTask<CaseStatus?> StatusOfAsync(List<TableEntity> loan, CancellationToken cancellation) =>
        Shown(loan) is { } row ? Enum.Parse<CaseStatus>(row.GetString("Status")) : (await LookAsync(loan, cancellation))?.Index.Status;

    /// <summary>The row that counts; null when a step beyond it is announced.</summary>
    private static TableEntity? Shown(List<TableEntity> loan)
    {
        var shown = loan.Where(row => row.ContainsKey("Status") && row["Status"] is not null).MaxBy(Version);
        return shown is null || loan.Any(row => Version(row) > Version(shown)) ? null : shown;
    }

    /// <summary>Reads the case, and puts into the list what a step that broke off after its commit did not.</summary>
    private async ValueTask<(CaseRow Row, CaseIndex Index)?> LookAsync(List<TableEntity> loan, CancellationToken cancellation)
    {
        var loanId = LoanOf(loan[0]);
        if (await reads.IndexAsync(loanId, cancellation) is not { } found) return null;
        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(found.Index, TablesJson.Default.CaseIndex);
            var row = await index.ListRowAsync(loanId, found.Row.Version, found.Index.Status.ToString(), json, cancellation);
            await tables.Index.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation);
            var past = loan.Where(old => old.RowKey != row.RowKey && Version(old) <= found.Row.Version).Select(old => old.RowKey);
            await index.DeleteAsync(row.PartitionKey, past, cancellation);
        }
        catch (RequestFailedException)
        {
            // What was read is true; the next reader may mend.
        }

        return found;
    }

    private static string LoanOf(TableEntity row) => row.GetString("Loan");

    private static int Version(TableEntity row) => row.GetInt32("Version")!.Value;

    /// <summary>What a first page found, until its last page is asked for.</summary>
    private sealed record Look(CaseQuery Query, List<CaseIndex> Fits, Stopwatch Age);
}

using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Writes of borrowers; personal fields are encrypted here. A change is one transaction in the borrower's partition, on condition that the borrower's row is as read.</summary>
/// <remarks>
/// <b>A change too large for one transaction</b> first stages its rows (<c>staged!CHANGE!N</c>), which nobody reads. The transaction then writes the
/// borrower's row alone, naming the change: from then on the change is done. Whoever finds it named (this writer, a reader, the next writer) puts
/// the staged rows in their places before anything else, some at a time, each time on condition that the borrower's row is as read, so that a
/// writer that was overtaken can put nothing back. A crash before the transaction leaves staged rows that no borrower's row names.
/// </remarks>
internal sealed class BorrowerWrites(TableSet tables, LargeValues values, BorrowerRows rows, DataKeys keys)
{
    /// <summary>Rows of one transaction beside the borrower's; staged ones take two places each, the staged row and its own.</summary>
    private const int MostRows = TableWrites.LargestTransaction - 1;

    /// <summary>Stays below 4 MB when written as base64.</summary>
    private const int MostBytes = 2_000_000;

    private const int MostRaces = 100;

    /// <summary>The borrower's row as it stands.</summary>
    public async ValueTask<BorrowerRow> RowAsync(string borrowerId, CancellationToken cancellation) =>
        await BorrowerRow.ReadAsync(borrowerId, await tables.Borrowers.FindAsync(TableLayout.Who(borrowerId), TableLayout.Borrower, cancellation), values, cancellation);

    /// <summary>The same when nothing staged is waiting to be put in its place.</summary>
    public async ValueTask<BorrowerRow> SettledAsync(string borrowerId, CancellationToken cancellation)
    {
        for (var race = 0; race < MostRaces; race++)
        {
            var row = await RowAsync(borrowerId, cancellation);
            if (row.Staged is null) return row;
            await PlaceStagedAsync(row, cancellation);
        }

        throw new InvalidOperationException($"borrower {borrowerId} is being changed by others all the time");
    }

    public async ValueTask<bool> SaveAsync(BorrowerChange change, CancellationToken cancellation)
    {
        var step = TableWrites.NewStep();
        var before = await SettledAsync(change.BorrowerId, cancellation);
        if (before.Version != change.ExpectedVersion) return false;

        var after = before with { Version = before.Version + 1, Steps = StepTrail.Add(before.Steps, step) };
        if (change.Profile is not null) after = after with { Profile = JsonSerializer.SerializeToUtf8Bytes(change.Profile, TablesJson.Default.ContactProfile) };
        FieldCipher? cipher = null;
        if (change.Details is not null || change.Messages.Count > 0 || change.Texts.Count > 0) (after, cipher) = WithKey(after);
        if (change.Details is not null) after = await WithDetailsAsync(after, cipher!, change.Details, cancellation);

        var beside = await rows.OfAsync(change, after.KeyNumber, cipher, cancellation);
        var isStaged = beside.Count > MostRows || beside.Sum(SizeOf) > MostBytes;
        if (isStaged)
        {
            await StageAsync(step, beside, cancellation);
            after = after with { Staged = step };
        }

        List<TableTransactionAction> actions = [await after.WriteAsync(values, cancellation)];
        if (!isStaged) actions.AddRange(beside.Select(TableWrites.Put));
        if (await TableWrites.SubmitAsync(tables.Borrowers, actions, cancellation) is not null && !await IsMineAsync(change.BorrowerId, step, cancellation)) return false;
        if (isStaged) await SettledAsync(change.BorrowerId, cancellation);
        return true;
    }

    /// <summary>Adds what a part of a portfolio says about a borrower, unless that part or a later one was added before.</summary>
    public ValueTask UniteAsync(string borrowerId, IReadOnlyList<BorrowerDetails> later, long importMark, CancellationToken cancellation) =>
        ChangeAsync(
            borrowerId,
            async before =>
            {
                if (before.ImportMark >= importMark) return null;
                var (after, cipher) = WithKey(before with { ImportMark = importMark });
                var details = later.Aggregate(after.OpenDetails(cipher), (known, one) => known.UnitedWith(one))!;
                return await WithDetailsAsync(after, cipher, details, cancellation);
            },
            cancellation);

    /// <summary>The number of a borrower's key and the key, for documents outside the tables.</summary>
    public async ValueTask<(long KeyNumber, FieldCipher Cipher)> KeyForDocumentsAsync(string borrowerId, CancellationToken cancellation)
    {
        var row = await RowAsync(borrowerId, cancellation);
        if (row.Key is null)
        {
            await ChangeAsync(borrowerId, before => new(before.Key is null ? WithKey(before).Row : null), cancellation, countsAsVersion: false);
            row = await RowAsync(borrowerId, cancellation);
        }

        return row.Key is null
            ? throw new InvalidOperationException($"borrower {borrowerId} is being erased")
            : (row.KeyNumber, keys.Cipher(borrowerId, row.Key));
    }

    /// <summary>
    /// S25: the key goes first, in one write: from then on everything sealed with it is noise wherever it lies, archived dossiers too. Then the
    /// ciphertexts go; a crash in between leaves noise. Backups of the tables made before still hold the wrapped key: backups must expire.
    /// </summary>
    public async ValueTask EraseAsync(string borrowerId, CancellationToken cancellation)
    {
        if ((await SettledAsync(borrowerId, cancellation)).ETag is null) return;
        await ChangeAsync(borrowerId, before => new(before with { KeyNumber = before.KeyNumber + 1, Key = null, Details = null }), cancellation);
        foreach (var prefix in new[] { TableLayout.Message, TableLayout.Text, TableLayout.Staged })
            await EmptyAsync(borrowerId, prefix, cancellation);
    }

    /// <summary>Puts the staged rows of a change in their places.</summary>
    public async ValueTask PlaceStagedAsync(BorrowerRow named, CancellationToken cancellation)
    {
        var partition = TableLayout.Who(named.BorrowerId);
        var staged = await tables.Borrowers.WithPrefixAsync(partition, $"{TableLayout.Staged}{named.Staged}!", cancellation).ToListAsync(cancellation);
        var some = Chunk(staged, MostRows / 2);
        var isLast = some.Count == staged.Count;
        List<TableTransactionAction> actions = [await (named with { Staged = isLast ? null : named.Staged, Steps = StepTrail.Add(named.Steps, TableWrites.NewStep()) }).WriteAsync(values, cancellation)];
        foreach (var row in some)
        {
            var placed = new TableEntity(partition, row.GetString("Target"));
            foreach (var (name, value) in row)
                if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag" or "Target")) placed[name] = value;
            actions.Add(TableWrites.Put(placed));
            actions.Add(TableWrites.Delete(partition, row.RowKey));
        }

        await TableWrites.SubmitAsync(tables.Borrowers, actions, cancellation);
    }

    private async ValueTask StageAsync(string step, List<TableEntity> beside, CancellationToken cancellation)
    {
        var staged = beside.Select((row, number) => new TableEntity(row)
        {
            RowKey = $"{TableLayout.Staged}{step}!{TableLayout.Padded(number)}", ["Target"] = row.RowKey,
        }).ToList();
        while (staged.Count > 0)
        {
            var some = Chunk(staged, TableWrites.LargestTransaction);
            await TableWrites.PutAllAsync(tables.Borrowers, some, cancellation);
            staged.RemoveRange(0, some.Count);
        }
    }

    /// <summary>The first rows that fit one transaction; at least one.</summary>
    private static List<TableEntity> Chunk(List<TableEntity> all, int most)
    {
        var (count, bytes) = (0, 0);
        while (count < all.Count && count < most && (count == 0 || bytes + SizeOf(all[count]) <= MostBytes)) bytes += SizeOf(all[count++]);
        return all[..count];
    }

    private static int SizeOf(TableEntity row) => ((IDictionary<string, object>)row).Values.Sum(value => value switch { byte[] bytes => bytes.Length, string text => 2 * text.Length, _ => 16 });

    private async ValueTask<bool> IsMineAsync(string borrowerId, string step, CancellationToken cancellation) =>
        StepTrail.Holds((await RowAsync(borrowerId, cancellation)).Steps, step);

    private (BorrowerRow Row, FieldCipher Cipher) WithKey(BorrowerRow row)
    {
        var keyed = row.Key is null ? row with { Key = keys.NewKey(row.BorrowerId) } : row;
        return (keyed, keys.Cipher(row.BorrowerId, keyed.Key!));
    }

    /// <summary>The details sealed, and found by their addresses before they are there: keys tell nothing without the store's secret.</summary>
    private async ValueTask<BorrowerRow> WithDetailsAsync(BorrowerRow row, FieldCipher cipher, BorrowerDetails details, CancellationToken cancellation)
    {
        foreach (var key in details.Addresses.Select(address => address.Key).Distinct(StringComparer.Ordinal))
        {
            var address = new TableEntity(TableLayout.Address(key), KeyText.Of(row.BorrowerId)) { ["Who"] = row.BorrowerId };
            await tables.Addresses.UpsertEntityAsync(address, TableUpdateMode.Replace, cancellation);
        }

        return row with { Details = cipher.Seal(BorrowerFields.Details, JsonSerializer.SerializeToUtf8Bytes(details, TablesJson.Default.BorrowerDetails)) };
    }

    /// <summary>Changes the borrower's own row until it is done; null from <paramref name="change"/>: nothing is to be done.</summary>
    private async ValueTask ChangeAsync(
        string borrowerId, Func<BorrowerRow, ValueTask<BorrowerRow?>> change, CancellationToken cancellation, bool countsAsVersion = true)
    {
        var step = TableWrites.NewStep();
        for (var race = 0; race < MostRaces; race++)
        {
            var before = await SettledAsync(borrowerId, cancellation);
            if (StepTrail.Holds(before.Steps, step) || await change(before) is not { } after) return;
            after = after with { Version = before.Version + (countsAsVersion || before.Version == 0 ? 1 : 0), Steps = StepTrail.Add(before.Steps, step) };
            if (await TableWrites.SubmitAsync(tables.Borrowers, [await after.WriteAsync(values, cancellation)], cancellation) is null) return;
            await Task.Delay(Random.Shared.Next(1, 20), cancellation);
        }

        throw new InvalidOperationException($"borrower {borrowerId} is being changed by others all the time");
    }

    private async ValueTask EmptyAsync(string borrowerId, string prefix, CancellationToken cancellation)
    {
        var partition = TableLayout.Who(borrowerId);
        var keyNumber = (await RowAsync(borrowerId, cancellation)).KeyNumber;
        var found = await tables.Borrowers.WithPrefixAsync(partition, prefix, cancellation).ToListAsync(cancellation);
        foreach (var row in found.Where(row => row.GetInt64("KeyNumber") < keyNumber))
        {
            var blob = LargeValues.BlobOf(row, "Body");
            var etag = row.ETag;
            foreach (var name in row.Keys.Where(name => name.StartsWith("Body", StringComparison.Ordinal)).ToList()) row.Remove(name);
            var isStaged = prefix == TableLayout.Staged;
            TableTransactionAction action = isStaged ? TableWrites.Delete(partition, row.RowKey) : new(TableTransactionActionType.UpdateReplace, row, etag);
            await TableWrites.SubmitAsync(tables.Borrowers, [action], cancellation);
            if (blob is not null) await values.DeleteAsync(blob, cancellation);
        }
    }
}

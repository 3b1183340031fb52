using Azure;
using Azure.Data.Tables;
using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Functions.Storage;

/// <summary>The borrowers' data keys: wrapped in their rows, unwrapped only while they are used.</summary>
internal sealed class DataKeys(TableSet tables, MasterKeys masters)
{
    private const string ActiveName = "active-master-key";
    private const string AddressName = "address-key-check";

    /// <summary>The cipher for a key as stored.</summary>
    public FieldCipher Cipher(string borrowerId, byte[] wrapped) => new(masters.Unwrap(borrowerId, wrapped), borrowerId);

    /// <summary>A new key, wrapped with the active master key.</summary>
    public byte[] NewKey(string borrowerId) => masters.NewDataKey(borrowerId).Wrapped;

    /// <summary>Refuses keys that are not those of the tables, before anything is written with them. The first host to come leaves the check behind.</summary>
    /// <exception cref="KeysUnusableException">The address key is another one, or the master key of the tables is not known.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellation)
    {
        // A store nobody wrote to has no loan without a note; should the host die in between, the mark is missing, which is safe.
        if (await TableWrites.TryAddAsync(tables.Settings, Meta(AddressName, masters.AddressCheck), cancellation))
            await TableWrites.TryAddAsync(tables.Settings, Meta(BorrowersLoans.Mark, BorrowersLoans.Complete), cancellation);
        await TableWrites.TryAddAsync(tables.Settings, Meta(ActiveName, Convert.ToBase64String(NewKey(ActiveName))), cancellation);
        if (await MetaAsync(AddressName, cancellation) != masters.AddressCheck)
            throw new KeysUnusableException("the address key is not the one this data was written with; it must stay the same when master keys are rotated");
        masters.Unwrap(ActiveName, Convert.FromBase64String((await MetaAsync(ActiveName, cancellation))!));
    }

    /// <summary>Wraps every data key with the active master key; the number of keys it wrapped. After it, and when no host runs with the old keys any more, older master keys are needed no more.</summary>
    public async ValueTask<int> RotateAsync(CancellationToken cancellation)
    {
        var count = 0;
        var rows = tables.Borrowers.QueryAsync<TableEntity>($"RowKey eq '{TableLayout.Borrower}'", TableQueries.LargestPage, ["PartitionKey", "RowKey", "Who", "Key"], cancellation);
        await foreach (var row in rows)
        {
            if (row.GetBinary("Key") is { } wrapped && masters.Rewrap(row.GetString("Who"), wrapped) is not null && await RewrapAsync(row, cancellation)) count++;
        }

        await tables.Settings.UpsertEntityAsync(Meta(ActiveName, Convert.ToBase64String(NewKey(ActiveName))), TableUpdateMode.Replace, cancellation);
        return count;
    }

    /// <summary>A value the host keeps; null when it was never set.</summary>
    public async ValueTask<string?> MetaAsync(string name, CancellationToken cancellation) =>
        (await tables.Settings.FindAsync(TableLayout.Meta, KeyText.Of(name), cancellation))?.GetString("Value");

    public async ValueTask SetMetaAsync(string name, string value, CancellationToken cancellation) =>
        await tables.Settings.UpsertEntityAsync(Meta(name, value), TableUpdateMode.Replace, cancellation);

    private static TableEntity Meta(string name, string value) => new(TableLayout.Meta, KeyText.Of(name)) { ["Value"] = value };

    /// <summary>Under the row's condition: a borrower erased meanwhile does not get the key back.</summary>
    private async ValueTask<bool> RewrapAsync(TableEntity seen, CancellationToken cancellation)
    {
        while (await tables.Borrowers.FindAsync(seen.PartitionKey, seen.RowKey, cancellation) is { } row)
        {
            if (row.GetBinary("Key") is not { } wrapped || masters.Rewrap(row.GetString("Who"), wrapped) is not { } fresh) return false;
            try
            {
                await tables.Borrowers.UpdateEntityAsync(new TableEntity(row.PartitionKey, row.RowKey) { ["Key"] = fresh }, row.ETag, TableUpdateMode.Merge, cancellation);
                return true;
            }
            catch (RequestFailedException e) when (TableWrites.IsRefusal(e))
            {
                // Changed meanwhile: looked at again.
            }
        }

        return false;
    }
}

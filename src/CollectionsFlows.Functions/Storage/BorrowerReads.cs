using Azure.Data.Tables;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Reads of borrowers; personal fields are decrypted here.</summary>
/// <remarks>The borrower's own row is read last where bodies are read: one that was sealed with a key that is gone by then is empty, as after any erasure.</remarks>
internal sealed class BorrowerReads(TableSet tables, LargeValues values, BorrowerRows rows, BorrowerWrites writes, DataKeys keys)
{
    private const int MostLooks = 20;

    public async ValueTask<BorrowerRecord?> LoadAsync(string borrowerId, CancellationToken cancellation)
    {
        for (var look = 0; look < MostLooks; look++)
        {
            var (found, ledger, applied) = await PartitionAsync(borrowerId, cancellation);
            if (found.ETag is null) return null;
            if (found.Staged is not null)
            {
                await writes.PlaceStagedAsync(found, cancellation);
                continue;
            }

            var details = found.OpenDetails(CipherOf(found));
            return new BorrowerRecord(borrowerId, found.Version, details, found.ProfileOrEmpty, ledger, applied);
        }

        throw new InvalidOperationException($"borrower {borrowerId} changes whenever it is read");
    }

    public async ValueTask<StoredMessage?> MessageAsync(string borrowerId, string commandId, CancellationToken cancellation)
    {
        await writes.SettledAsync(borrowerId, cancellation);
        if (await tables.Borrowers.FindAsync(TableLayout.Who(borrowerId), TableLayout.Message + KeyText.Of(commandId), cancellation) is not { } row) return null;
        var borrower = await writes.RowAsync(borrowerId, cancellation);
        return await rows.MessageAsync(row, borrower, CipherOf(borrower), cancellation);
    }

    public async ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string borrowerId, string? loanId, CancellationToken cancellation)
    {
        var messages = await AllAsync(borrowerId, TableLayout.Message, loanId, rows.MessageAsync, cancellation);
        return [.. messages.OrderBy(message => message.At).ThenBy(message => message.CommandId, StringComparer.Ordinal)];
    }

    public async ValueTask<IReadOnlyList<StoredText>> TextsAsync(string borrowerId, string? loanId, CancellationToken cancellation)
    {
        var texts = await AllAsync(borrowerId, TableLayout.Text, loanId, rows.TextAsync, cancellation);
        return [.. texts.OrderBy(text => text.At).ThenBy(text => text.EventId, StringComparer.Ordinal).ThenBy(text => text.Kind, StringComparer.Ordinal)];
    }

    /// <summary>Who has an address now: the index proposes, the borrowers' details decide.</summary>
    public async ValueTask<IReadOnlyList<string>> WithAddressAsync(string addressKey, CancellationToken cancellation)
    {
        var found = new List<string>();
        await foreach (var row in tables.Addresses.QueryAsync<TableEntity>($"PartitionKey eq '{TableLayout.Address(addressKey)}'", TableQueries.LargestPage, cancellationToken: cancellation))
        {
            var borrower = await writes.RowAsync(row.GetString("Who"), cancellation);
            if (borrower.OpenDetails(CipherOf(borrower))?.Addresses.Any(address => address.Key == addressKey) == true) found.Add(borrower.BorrowerId);
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>The cipher of a borrower with that key; null when the key was destroyed.</summary>
    public async ValueTask<FieldCipher?> CipherAsync(string borrowerId, long keyNumber, CancellationToken cancellation) =>
        await writes.RowAsync(borrowerId, cancellation) is { } borrower && borrower.KeyNumber == keyNumber ? CipherOf(borrower) : null;

    private FieldCipher? CipherOf(BorrowerRow borrower) => borrower.Key is null ? null : keys.Cipher(borrower.BorrowerId, borrower.Key);

    private async ValueTask<List<T>> AllAsync<T>(
        string borrowerId, string prefix, string? loanId, Func<TableEntity, BorrowerRow, FieldCipher?, CancellationToken, ValueTask<T>> read, CancellationToken cancellation)
    {
        await writes.SettledAsync(borrowerId, cancellation);
        var found = await tables.Borrowers.WithPrefixAsync(TableLayout.Who(borrowerId), prefix, cancellation).ToListAsync(cancellation);
        if (found.Count == 0) return [];
        var borrower = await writes.RowAsync(borrowerId, cancellation);
        var (cipher, items) = (CipherOf(borrower), new List<T>(found.Count));
        foreach (var row in found)
        {
            if (loanId is null || row.GetString("Loan") == loanId) items.Add(await read(row, borrower, cipher, cancellation));
        }

        return items;
    }

    /// <summary>Applied events, the borrower and the ledger lie together: one request when they fit a page. More is read again until the borrower's row was the same before and after.</summary>
    private async ValueTask<(BorrowerRow Row, IReadOnlyList<LedgerEntry> Ledger, IReadOnlySet<string> Applied)> PartitionAsync(string borrowerId, CancellationToken cancellation)
    {
        var (partition, found, pages) = (TableLayout.Who(borrowerId), new List<TableEntity>(), 0);
        for (var look = 0; look < MostLooks; look++)
        {
            var before = look == 0 ? null : await tables.Borrowers.FindAsync(partition, TableLayout.Borrower, cancellation);
            (found, pages) = ([], 0);
            var filter = TableQueries.Range(partition, TableLayout.Applied, TableLayout.End(TableLayout.Ledger));
            await foreach (var page in tables.Borrowers.QueryAsync<TableEntity>(filter, TableQueries.LargestPage, cancellationToken: cancellation).AsPages())
            {
                pages++;
                found.AddRange(page.Values);
            }

            if (pages <= 1) return await RecordAsync(borrowerId, found, cancellation);
            if (look == 0) continue;
            var after = await tables.Borrowers.FindAsync(partition, TableLayout.Borrower, cancellation);
            if (before?.ETag == after?.ETag) return await RecordAsync(borrowerId, found, cancellation);
        }

        throw new InvalidOperationException($"borrower {borrowerId} changes whenever it is read");
    }

    private async ValueTask<(BorrowerRow Row, IReadOnlyList<LedgerEntry> Ledger, IReadOnlySet<string> Applied)> RecordAsync(
        string borrowerId, List<TableEntity> found, CancellationToken cancellation)
    {
        TableEntity? own = null;
        var (ledger, applied) = (new List<LedgerEntry>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var row in found)
        {
            if (row.RowKey == TableLayout.Borrower) own = row;
            else if (row.RowKey.StartsWith(TableLayout.Applied, StringComparison.Ordinal)) applied.Add(row.GetString("Event"));
            else ledger.Add(await rows.EntryAsync(row, cancellation));
        }

        var sorted = ledger.OrderBy(entry => entry.Contact.At).ThenBy(entry => entry.Id, StringComparer.Ordinal).ToList();
        return (await BorrowerRow.ReadAsync(borrowerId, own, values, cancellation), sorted, applied);
    }
}

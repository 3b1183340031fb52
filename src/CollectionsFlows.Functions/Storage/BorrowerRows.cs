using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Functions.Storage;

/// <summary>The rows beside the borrower's own: ledger, applied events, messages, texts. Bodies are ciphertext and carry the number of the key that seals them.</summary>
internal sealed class BorrowerRows(LargeValues values)
{
    /// <summary>Everything of a change but the borrower's own row.</summary>
    public async ValueTask<List<TableEntity>> OfAsync(BorrowerChange change, long keyNumber, FieldCipher? cipher, CancellationToken cancellation)
    {
        var partition = TableLayout.Who(change.BorrowerId);
        var rows = new Dictionary<string, TableEntity>(StringComparer.Ordinal);
        foreach (var entry in change.Ledger) Add(rows, await LedgerRowAsync(partition, entry, cancellation));
        if (change.AppliedEvent is { } applied) Add(rows, new TableEntity(partition, TableLayout.Applied + KeyText.Of(applied)) { ["Event"] = applied });
        foreach (var message in change.Messages) Add(rows, await MessageRowAsync(partition, message, keyNumber, cipher!, cancellation));
        foreach (var text in change.Texts) Add(rows, await TextRowAsync(partition, text, keyNumber, cipher!, cancellation));
        return [.. rows.Values];
    }

    public async ValueTask<LedgerEntry> EntryAsync(TableEntity row, CancellationToken cancellation) =>
        new(row.GetString("Id"), JsonSerializer.Deserialize((await values.GetAsync(row, "Contact", cancellation))!, TablesJson.Default.PastContact)!);

    /// <summary>A message; its body is empty when it was erased.</summary>
    public async ValueTask<StoredMessage> MessageAsync(TableEntity row, BorrowerRow borrower, FieldCipher? cipher, CancellationToken cancellation)
    {
        var commandId = row.GetString("Command");
        var sealedBody = await BodyAsync(row, borrower, cipher, BorrowerFields.Message(commandId), cancellation);
        var body = sealedBody is null ? new MessageBody("", null, "") : JsonSerializer.Deserialize(sealedBody, TablesJson.Default.MessageBody)!;
        var attempt = await values.GetAsync(row, "Attempt", cancellation);
        return new StoredMessage(
            commandId, row.GetString("Loan"), borrower.BorrowerId, LoanReads.Instant(row.GetInt64("At")!.Value), Enum.Parse<Channel>(row.GetString("Channel")),
            body.Address, body.Subject, body.Text, row.GetString("TextHash"), row.GetString("Template"), row.GetString("Language"),
            row.GetInt32("Wording")!.Value, row.GetInt32("Segments")!.Value, Enum.Parse<MessageStatus>(row.GetString("Status")))
        {
            Attempt = attempt is null ? null : JsonSerializer.Deserialize(attempt, TablesJson.Default.ContactAttempt),
        };
    }

    /// <summary>A text; it is empty when it was erased.</summary>
    public async ValueTask<StoredText> TextAsync(TableEntity row, BorrowerRow borrower, FieldCipher? cipher, CancellationToken cancellation)
    {
        var (eventId, kind) = (row.GetString("Event"), row.GetString("Kind"));
        var body = await BodyAsync(row, borrower, cipher, BorrowerFields.Text(eventId, kind), cancellation);
        return new StoredText(eventId, row.GetString("Loan"), LoanReads.Instant(row.GetInt64("At")!.Value), kind, body is null ? "" : Encoding.UTF8.GetString(body));
    }

    private static void Add(Dictionary<string, TableEntity> rows, TableEntity row) => rows[row.RowKey] = row;

    private async ValueTask<byte[]?> BodyAsync(TableEntity row, BorrowerRow borrower, FieldCipher? cipher, string field, CancellationToken cancellation) =>
        cipher is not null && row.GetInt64("KeyNumber") == borrower.KeyNumber && await values.GetAsync(row, "Body", cancellation) is { } body
            ? cipher.Open(field, body)
            : null;

    private async ValueTask<TableEntity> LedgerRowAsync(string partition, LedgerEntry entry, CancellationToken cancellation)
    {
        var row = new TableEntity(partition, TableLayout.Ledger + KeyText.Of(entry.Id)) { ["Id"] = entry.Id, ["At"] = entry.Contact.At.UtcTicks };
        await values.SetAsync(row, "Contact", JsonSerializer.SerializeToUtf8Bytes(entry.Contact, TablesJson.Default.PastContact), cancellation);
        return row;
    }

    private async ValueTask<TableEntity> MessageRowAsync(string partition, StoredMessage message, long keyNumber, FieldCipher cipher, CancellationToken cancellation)
    {
        var row = new TableEntity(partition, TableLayout.Message + KeyText.Of(message.CommandId))
        {
            ["Command"] = message.CommandId, ["Loan"] = message.LoanId, ["At"] = message.At.UtcTicks, ["Channel"] = message.Channel.ToString(),
            ["TextHash"] = message.TextSha256, ["Template"] = message.Template, ["Language"] = message.Language, ["Wording"] = message.Wording,
            ["Segments"] = message.Segments, ["Status"] = message.Status.ToString(), ["KeyNumber"] = keyNumber,
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(new MessageBody(message.Address, message.Subject, message.Text), TablesJson.Default.MessageBody);
        await values.SetAsync(row, "Body", cipher.Seal(BorrowerFields.Message(message.CommandId), body), cancellation);
        if (message.Attempt is not null)
            await values.SetAsync(row, "Attempt", JsonSerializer.SerializeToUtf8Bytes(message.Attempt, TablesJson.Default.ContactAttempt), cancellation);
        return row;
    }

    private async ValueTask<TableEntity> TextRowAsync(string partition, StoredText text, long keyNumber, FieldCipher cipher, CancellationToken cancellation)
    {
        var row = new TableEntity(partition, TableLayout.Text + KeyText.Join(text.EventId, text.Kind))
        {
            ["Event"] = text.EventId, ["Kind"] = text.Kind, ["Loan"] = text.LoanId, ["At"] = text.At.UtcTicks, ["KeyNumber"] = keyNumber,
        };
        await values.SetAsync(row, "Body", cipher.Seal(BorrowerFields.Text(text.EventId, text.Kind), Encoding.UTF8.GetBytes(text.Text)), cancellation);
        return row;
    }
}

using System.Text;
using System.Text.Json;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Core.Contact;
using Microsoft.Data.Sqlite;

namespace CollectionsFlows.Local.Storage;

/// <summary>Reads of borrowers; personal fields are decrypted here.</summary>
internal sealed class BorrowerReads(BorrowerKeys keys)
{
    private const string MessageColumns =
        "SELECT command_id, loan_id, at, channel, body, text_hash, template, language, wording, segments, status, attempt FROM messages WHERE borrower_id = $1 ";

    public BorrowerRecord? Load(SqliteSession session, string borrowerId) => session.AtOnce<BorrowerRecord?>(reading =>
    {
        if (Row(reading, borrowerId) is not { } row) return null;
        var ledger = reading.List(
            "SELECT id, contact FROM ledger WHERE borrower_id = $1 ORDER BY at, id",
            entry => new LedgerEntry(entry.GetString(0), JsonSerializer.Deserialize(entry.Blob(1), StoreJson.Default.PastContact)!), borrowerId);
        var applied = reading.List("SELECT event_id FROM applied_events WHERE borrower_id = $1", entry => entry.GetString(0), borrowerId);
        return new BorrowerRecord(borrowerId, row.Version, row.Details, row.Profile, ledger, applied.ToHashSet(StringComparer.Ordinal));
    });

    public StoredMessage? Message(SqliteSession session, string borrowerId, string commandId) => session.AtOnce(reading =>
        Messages(reading, borrowerId, MessageColumns + "AND command_id = $2", borrowerId, commandId).SingleOrDefault());

    public IReadOnlyList<StoredMessage> Messages(SqliteSession session, string borrowerId, string? loanId) => session.AtOnce(reading =>
        Messages(reading, borrowerId, MessageColumns + "AND ($2 IS NULL OR loan_id = $2) ORDER BY at, command_id", borrowerId, loanId));

    public IReadOnlyList<StoredText> Texts(SqliteSession session, string borrowerId, string? loanId) => session.AtOnce(reading =>
    {
        var cipher = Cipher(reading, borrowerId);
        return reading.List(
            "SELECT event_id, loan_id, at, kind, body FROM texts WHERE borrower_id = $1 AND ($2 IS NULL OR loan_id = $2) ORDER BY at, event_id, kind",
            row => new StoredText(row.GetString(0), row.GetString(1), row.Instant(2), row.GetString(3), Text(row, cipher)), borrowerId, loanId);
    });

    /// <summary>The cipher of a borrower with that key; null when the key was destroyed.</summary>
    public FieldCipher? Cipher(SqliteSession session, string borrowerId, long keyNumber) =>
        session.Scalar("SELECT wrapped_key FROM borrowers WHERE borrower_id = $1 AND key_number = $2", borrowerId, keyNumber) is byte[] wrapped
            ? keys.Cipher(borrowerId, wrapped)
            : null;

    private List<StoredMessage> Messages(SqliteSession session, string borrowerId, string sql, params ReadOnlySpan<object?> values)
    {
        var cipher = Cipher(session, borrowerId);
        return session.List(sql, row => Message(row, borrowerId, cipher), values);
    }

    private static StoredMessage Message(SqliteDataReader row, string borrowerId, FieldCipher? cipher)
    {
        var commandId = row.GetString(0);
        var body = row.BlobOrNull(4) is { } ciphertext && cipher is not null
            ? JsonSerializer.Deserialize(cipher.Open(BorrowerWrites.MessageField(commandId), ciphertext), StoreJson.Default.MessageBody)!
            : new MessageBody("", null, "");
        return new StoredMessage(
            commandId, row.GetString(1), borrowerId, row.Instant(2), Enum.Parse<Channel>(row.GetString(3)), body.Address, body.Subject, body.Text,
            row.GetString(5), row.GetString(6), row.GetString(7), row.GetInt32(8), row.GetInt32(9), Enum.Parse<MessageStatus>(row.GetString(10)))
        {
            Attempt = row.BlobOrNull(11) is { } attempt ? JsonSerializer.Deserialize(attempt, StoreJson.Default.ContactAttempt) : null,
        };
    }

    private static string Text(SqliteDataReader row, FieldCipher? cipher) => row.BlobOrNull(4) is { } body && cipher is not null
        ? Encoding.UTF8.GetString(cipher.Open(BorrowerWrites.TextField(row.GetString(0), row.GetString(3)), body))
        : "";

    private FieldCipher? Cipher(SqliteSession session, string borrowerId) =>
        session.Scalar("SELECT wrapped_key FROM borrowers WHERE borrower_id = $1", borrowerId) is byte[] wrapped ? keys.Cipher(borrowerId, wrapped) : null;

    private (int Version, BorrowerDetails? Details, ContactProfile Profile)? Row(SqliteSession session, string borrowerId)
    {
        using var row = session.Query("SELECT version, wrapped_key, details, profile FROM borrowers WHERE borrower_id = $1", borrowerId);
        if (!row.Read()) return null;
        var details = row.BlobOrNull(1) is { } wrapped && row.BlobOrNull(2) is { } ciphertext
            ? JsonSerializer.Deserialize(keys.Cipher(borrowerId, wrapped).Open(BorrowerWrites.DetailsField, ciphertext), StoreJson.Default.BorrowerDetails)
            : null;
        var profile = row.BlobOrNull(3) is { } json ? JsonSerializer.Deserialize(json, StoreJson.Default.ContactProfile)! : ContactProfile.Empty;
        return (row.GetInt32(0), details, profile);
    }
}

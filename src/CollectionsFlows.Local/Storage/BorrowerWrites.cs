using System.Text;
using System.Text.Json;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Local.Storage;

/// <summary>Writes of borrowers; personal fields are encrypted here.</summary>
internal sealed class BorrowerWrites(BorrowerKeys keys)
{
    public const string DetailsField = "details";

    public bool Save(SqliteSession session, BorrowerChange change)
    {
        var id = change.BorrowerId;
        if (session.Scalar("SELECT version FROM borrowers WHERE borrower_id = $1", id) is var version && (version as long? ?? 0) != change.ExpectedVersion) return false;

        Touch(session, id);
        if (change.Profile is not null)
            session.Execute("UPDATE borrowers SET profile = $2 WHERE borrower_id = $1", id, Json(change.Profile));
        foreach (var entry in change.Ledger) SaveEntry(session, id, entry);
        if (change.AppliedEvent is not null)
            session.Execute("INSERT INTO applied_events (borrower_id, event_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", id, change.AppliedEvent);
        if (change.Details is null && change.Messages.Count == 0 && change.Texts.Count == 0) return true;

        var cipher = keys.CipherForWriting(session, id);
        if (change.Details is not null) SaveDetails(session, id, cipher, change.Details);
        foreach (var message in change.Messages) SaveMessage(session, id, cipher, message);
        foreach (var text in change.Texts) SaveText(session, id, cipher, text);
        return true;
    }

    /// <summary>Creates a borrower or adds what another loan says about one.</summary>
    public void Unite(SqliteSession session, string borrowerId, BorrowerDetails later)
    {
        Touch(session, borrowerId);
        var cipher = keys.CipherForWriting(session, borrowerId);
        var known = session.Scalar("SELECT details FROM borrowers WHERE borrower_id = $1", borrowerId) is byte[] details
            ? JsonSerializer.Deserialize(cipher.Open(DetailsField, details), StoreJson.Default.BorrowerDetails)
            : null;
        SaveDetails(session, borrowerId, cipher, known.UnitedWith(later));
    }

    /// <summary>S25: without the data key archived dossiers are noise too. A backup of this file made before still holds the wrapped key: backups must expire.</summary>
    public static bool Erase(SqliteSession session, string borrowerId)
    {
        session.Execute("UPDATE messages SET body = NULL WHERE borrower_id = $1", borrowerId);
        session.Execute("UPDATE texts SET body = NULL WHERE borrower_id = $1", borrowerId);
        var erased = session.Execute(
            "UPDATE borrowers SET version = version + 1, key_number = key_number + 1, wrapped_key = NULL, details = NULL WHERE borrower_id = $1",
            borrowerId) > 0;
        session.WantsCheckpoint |= erased;
        return erased;
    }

    /// <summary>The number of a borrower's key and the key, for documents outside the file.</summary>
    public (long KeyNumber, FieldCipher Cipher) KeyForDocuments(SqliteSession session, string borrowerId)
    {
        session.Execute("INSERT INTO borrowers (borrower_id, version) VALUES ($1, 1) ON CONFLICT (borrower_id) DO NOTHING", borrowerId);
        var cipher = keys.CipherForWriting(session, borrowerId);
        return ((long)session.Scalar("SELECT key_number FROM borrowers WHERE borrower_id = $1", borrowerId)!, cipher);
    }

    public static string MessageField(string commandId) => $"message/{commandId}";

    public static string TextField(string eventId, string kind) => $"text/{eventId.Length}:{eventId}/{kind}";

    private static void Touch(SqliteSession session, string borrowerId) => session.Execute(
        "INSERT INTO borrowers (borrower_id, version) VALUES ($1, 1) ON CONFLICT (borrower_id) DO UPDATE SET version = version + 1", borrowerId);

    private static byte[] Json(ContactProfile profile) => JsonSerializer.SerializeToUtf8Bytes(profile, StoreJson.Default.ContactProfile);

    private static void SaveDetails(SqliteSession session, string borrowerId, FieldCipher cipher, BorrowerDetails details)
    {
        session.Execute(
            "UPDATE borrowers SET details = $2 WHERE borrower_id = $1",
            borrowerId, cipher.Seal(DetailsField, JsonSerializer.SerializeToUtf8Bytes(details, StoreJson.Default.BorrowerDetails)));

        // Keys tell nothing without the store's secret; they find whom an inbound message is from.
        foreach (var address in details.Addresses)
            session.Execute("INSERT INTO addresses (key, borrower_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", address.Key, borrowerId);
    }

    private static void SaveEntry(SqliteSession session, string borrowerId, LedgerEntry entry) => session.Execute(
        """
        INSERT INTO ledger (borrower_id, id, at, contact) VALUES ($1, $2, $3, $4)
        ON CONFLICT (borrower_id, id) DO UPDATE SET at = excluded.at, contact = excluded.contact
        """,
        borrowerId, entry.Id, entry.Contact.At.UtcTicks, JsonSerializer.SerializeToUtf8Bytes(entry.Contact, StoreJson.Default.PastContact));

    private static void SaveMessage(SqliteSession session, string borrowerId, FieldCipher cipher, StoredMessage message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new MessageBody(message.Address, message.Subject, message.Text), StoreJson.Default.MessageBody);
        session.Execute(
            """
            INSERT OR REPLACE INTO messages (borrower_id, command_id, loan_id, at, channel, body, text_hash, template, language, wording, segments, status, attempt)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """,
            borrowerId, message.CommandId, message.LoanId, message.At.UtcTicks, message.Channel.ToString(), cipher.Seal(MessageField(message.CommandId), body),
            message.TextSha256, message.Template, message.Language, message.Wording, message.Segments, message.Status.ToString(),
            message.Attempt is null ? null : JsonSerializer.SerializeToUtf8Bytes(message.Attempt, StoreJson.Default.ContactAttempt));
    }

    private static void SaveText(SqliteSession session, string borrowerId, FieldCipher cipher, StoredText text) => session.Execute(
        "INSERT OR REPLACE INTO texts (borrower_id, event_id, kind, loan_id, at, body) VALUES ($1, $2, $3, $4, $5, $6)",
        borrowerId, text.EventId, text.Kind, text.LoanId, text.At.UtcTicks, cipher.Seal(TextField(text.EventId, text.Kind), Encoding.UTF8.GetBytes(text.Text)));
}

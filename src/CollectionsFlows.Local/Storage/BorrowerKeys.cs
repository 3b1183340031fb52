using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Local.Storage;

/// <summary>The borrowers' data keys: wrapped in the file, unwrapped only while they are used.</summary>
internal sealed class BorrowerKeys(MasterKeys masters)
{
    private const string ActiveName = "active-master-key";
    private const string AddressName = "address-key-check";

    /// <summary>The cipher for a key as stored.</summary>
    public FieldCipher Cipher(string borrowerId, byte[] wrapped) => new(masters.Unwrap(borrowerId, wrapped), borrowerId);

    /// <summary>The cipher of a borrower whose row is there, who gets a key when there is none.</summary>
    public FieldCipher CipherForWriting(SqliteSession session, string borrowerId)
    {
        if (session.Scalar("SELECT wrapped_key FROM borrowers WHERE borrower_id = $1", borrowerId) is byte[] wrapped) return Cipher(borrowerId, wrapped);
        var (dataKey, fresh) = masters.NewDataKey(borrowerId);
        session.Execute("UPDATE borrowers SET wrapped_key = $2 WHERE borrower_id = $1", borrowerId, fresh);
        return new FieldCipher(dataKey, borrowerId);
    }

    /// <summary>Refuses keys that are not those of the file, before anything is written with them.</summary>
    /// <exception cref="KeysUnusableException">The address key is another one, or the master key of the file is not known.</exception>
    public void Check(SqliteSession session)
    {
        if (session.Scalar("SELECT value FROM meta WHERE name = $1", AddressName) is string check && !string.Equals(check, masters.AddressCheck, StringComparison.Ordinal))
            throw new KeysUnusableException("the address key is not the one this data was written with; it must stay the same when master keys are rotated");
        if (session.Scalar("SELECT value FROM meta WHERE name = $1", ActiveName) is string sealedCheck)
            masters.Unwrap(ActiveName, Convert.FromBase64String(sealedCheck));
    }

    /// <summary>Wraps every data key with the active master key, and remembers that it was done: after it, older master keys are needed no more.</summary>
    public void Rotate(SqliteSession session)
    {
        var known = session.Scalar("SELECT value FROM meta WHERE name = $1", ActiveName) as string;
        if (known is not null && masters.Rewrap(ActiveName, Convert.FromBase64String(known)) is null) return;

        var after = "";
        while (session.List(
            "SELECT borrower_id, wrapped_key FROM borrowers WHERE borrower_id > $1 AND wrapped_key IS NOT NULL ORDER BY borrower_id LIMIT 1000",
            row => (Id: row.GetString(0), Wrapped: row.Blob(1)), after) is { Count: > 0 } page)
        {
            foreach (var (id, wrapped) in page)
            {
                if (masters.Rewrap(id, wrapped) is { } rewrapped) session.Execute("UPDATE borrowers SET wrapped_key = $2 WHERE borrower_id = $1", id, rewrapped);
            }

            after = page[^1].Id;
        }

        SetMeta(session, AddressName, masters.AddressCheck);
        SetMeta(session, ActiveName, Convert.ToBase64String(masters.NewDataKey(ActiveName).Wrapped));
    }

    public static void SetMeta(SqliteSession session, string name, string value) =>
        session.Execute("INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value);
}

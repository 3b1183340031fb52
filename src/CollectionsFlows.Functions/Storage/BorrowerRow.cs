using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Functions.Storage;

/// <summary>The row that every change of a borrower rewrites.</summary>
internal sealed record BorrowerRow(string BorrowerId)
{
    /// <summary>As read; null: not written yet.</summary>
    public ETag? ETag { get; init; }

    public int Version { get; init; }

    /// <summary>Grows when the key is destroyed: what was sealed under a lower number is gone.</summary>
    public long KeyNumber { get; init; }

    /// <summary>The data key, wrapped; null: never needed, or destroyed.</summary>
    public byte[]? Key { get; init; }

    /// <summary>Ciphertext of the details.</summary>
    public byte[]? Details { get; init; }

    /// <summary>JSON; null: the empty profile.</summary>
    public byte[]? Profile { get; init; }

    /// <summary>The last part of a manifest that was united into the details.</summary>
    public long ImportMark { get; init; }

    /// <summary>The change whose staged rows are still to be put in their places.</summary>
    public string? Staged { get; init; }

    /// <summary>The last changes that wrote the row, latest first (<see cref="StepTrail"/>).</summary>
    public string Steps { get; init; } = "";

    public ContactProfile ProfileOrEmpty => Profile is null ? ContactProfile.Empty : JsonSerializer.Deserialize(Profile, TablesJson.Default.ContactProfile)!;

    public BorrowerDetails? OpenDetails(FieldCipher? cipher) => Details is null || cipher is null
        ? null
        : JsonSerializer.Deserialize(cipher.Open(BorrowerFields.Details, Details), TablesJson.Default.BorrowerDetails);

    public static async ValueTask<BorrowerRow> ReadAsync(string borrowerId, TableEntity? row, LargeValues values, CancellationToken cancellation) => row is null
        ? new BorrowerRow(borrowerId)
        : new BorrowerRow(borrowerId)
        {
            ETag = row.ETag,
            Version = row.GetInt32("Version")!.Value,
            KeyNumber = row.GetInt64("KeyNumber")!.Value,
            Key = row.GetBinary("Key"),
            Details = await values.GetAsync(row, "Details", cancellation),
            Profile = await values.GetAsync(row, "Profile", cancellation),
            ImportMark = row.GetInt64("ImportMark") ?? 0,
            Staged = row.GetString("Staged"),
            Steps = row.GetString("Steps"),
        };

    public async ValueTask<TableTransactionAction> WriteAsync(LargeValues values, CancellationToken cancellation)
    {
        var row = new TableEntity(TableLayout.Who(BorrowerId), TableLayout.Borrower)
        {
            ["Who"] = BorrowerId, ["Version"] = Version, ["KeyNumber"] = KeyNumber, ["ImportMark"] = ImportMark, ["Steps"] = Steps,
        };
        if (Key is not null) row["Key"] = Key;
        if (Staged is not null) row["Staged"] = Staged;
        if (Details is not null) await values.SetAsync(row, "Details", Details, cancellation);
        if (Profile is not null) await values.SetAsync(row, "Profile", Profile, cancellation);
        return TableWrites.Replace(row, ETag);
    }
}

/// <summary>The names under which fields are sealed: a ciphertext opens in its own place only.</summary>
internal static class BorrowerFields
{
    public const string Details = "details";

    public static string Message(string commandId) => $"message/{commandId}";

    public static string Text(string eventId, string kind) => $"text/{eventId.Length}:{eventId}/{kind}";
}

using Microsoft.Data.Sqlite;

namespace CollectionsFlows.Local.Storage;

/// <summary>Reads columns: instants are kept as UTC ticks.</summary>
internal static class SqliteColumns
{
    public static byte[] Blob(this SqliteDataReader reader, int column) => (byte[])reader.GetValue(column);

    public static byte[]? BlobOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.Blob(column);

    public static DateTimeOffset Instant(this SqliteDataReader reader, int column) => new(reader.GetInt64(column), TimeSpan.Zero);
}

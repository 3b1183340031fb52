using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CollectionsFlows.Local.Storage;

/// <summary>Opens the SQLite file of a data directory.</summary>
internal static class SqliteFile
{
    public static SqliteSession OpenForWriting(string directory) => Open(
        directory, SqliteOpenMode.ReadWriteCreate,
        // secure_delete: what is erased is overwritten (S25).
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000");

    public static SqliteSession OpenForReading(string directory) => Open(directory, SqliteOpenMode.ReadOnly, "PRAGMA busy_timeout = 5000");

    /// <summary>Creates or upgrades the tables and settles the keys, before the writer starts.</summary>
    public static void Prepare(SqliteSession session, BorrowerKeys keys, TimeProvider time)
    {
        SqliteSchema.Migrate(session.Connection);
        keys.Check(session);
        session.Execute("BEGIN IMMEDIATE");
        keys.Rotate(session);
        session.Execute("INSERT INTO meta (name, value) VALUES ('store-id', $1) ON CONFLICT DO NOTHING", Guid.NewGuid().ToString("N"));
        session.Execute("INSERT INTO meta (name, value) VALUES ('created-at', $1) ON CONFLICT DO NOTHING", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        session.Execute("COMMIT");
    }

    /// <summary>Refuses a file that this program cannot read as it is.</summary>
    public static void CheckForReading(SqliteSession session, BorrowerKeys keys)
    {
        var version = SqliteSchema.Check(session.Connection);
        if (version < SqliteSchema.Current)
            throw new StorageException($"{session.Connection.DataSource} has format {version} and is upgraded to {SqliteSchema.Current} when 'serve' or 'import' opens it");
        keys.Check(session);
    }

    private static SqliteSession Open(string directory, SqliteOpenMode mode, string settings)
    {
        var file = new SqliteConnectionStringBuilder { DataSource = DataDirectory.Database(directory), Mode = mode, Pooling = false };
        var connection = new SqliteConnection(file.ToString());
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
            command.CommandText = settings;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            return new SqliteSession(connection);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new StorageException($"{file.DataSource} cannot be opened: {e.Message}", e);
        }
    }
}

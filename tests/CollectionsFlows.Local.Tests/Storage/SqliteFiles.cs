using CollectionsFlows.Local.Storage;
using Microsoft.Data.Sqlite;

namespace CollectionsFlows.Local.Tests.Storage;

/// <summary>Reaches into the file behind the store's back.</summary>
internal static class SqliteFiles
{
    public static object? Run(TemporaryDirectory directory, string sql, params object[] values)
    {
        using var connection = new SqliteConnection($"Data Source={DataDirectory.Database(directory.Path)};Pooling=False");
        connection.Open();
        using var session = new SqliteSession(connection);
        return session.Scalar(sql, values);
    }
}

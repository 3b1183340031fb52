using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CollectionsFlows.Local.Storage;

/// <summary>The tables, and how a file of an older version becomes one of this version. The file's version is its <c>user_version</c>.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks the file as ours: "COLF".</summary>
    public const int ApplicationId = 0x434F4C46;

    /// <summary>The version this program writes: the number of migrations.</summary>
    public static int Current => Migrations.Length;

    /// <summary>Each makes version n + 1 of version n. Released ones never change.</summary>
    private static readonly string[] Migrations = [Tables, LoansOfBorrowers];

    private const string Tables = """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

        -- A loan is here when its case is open, or (version 0) when its enrolment waits in the inbox.
        CREATE TABLE cases (
          loan_id TEXT PRIMARY KEY, version INTEGER NOT NULL, last_hash TEXT NOT NULL DEFAULT '', last_seq INTEGER NOT NULL DEFAULT 0,
          next_wake INTEGER, waiting_since INTEGER,                         -- UTC ticks
          status TEXT, stage TEXT, counted_from INTEGER, overdue REAL,      -- counted_from: day number
          opened_at INTEGER, tasks INTEGER, approvals INTEGER,
          loan_search TEXT, borrower_search TEXT, case_index BLOB);
        CREATE INDEX cases_by_wake ON cases (next_wake, loan_id) WHERE next_wake IS NOT NULL;
        CREATE INDEX cases_by_waiting ON cases (waiting_since, loan_id) WHERE waiting_since IS NOT NULL;
        CREATE INDEX cases_by_status ON cases (status) WHERE version > 0;

        CREATE TABLE snapshots (loan_id TEXT PRIMARY KEY, state BLOB NOT NULL);

        -- state: 0 the loan is not known, 1 waits for its case, 2 drained (the id stays, the input goes).
        CREATE TABLE inbox (
          arrival INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, loan_id TEXT NOT NULL, received_at INTEGER NOT NULL,
          body_hash TEXT NOT NULL, state INTEGER NOT NULL, input BLOB);
        CREATE INDEX inbox_by_loan ON inbox (loan_id, arrival) WHERE state < 2;
        CREATE INDEX inbox_unmatched ON inbox (arrival) WHERE state = 0;

        CREATE TABLE facts (loan_id TEXT NOT NULL, seq INTEGER NOT NULL, line BLOB NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (loan_id, seq)) WITHOUT ROWID;

        -- Ciphertexts: wrapped_key, details, body. key_number grows when a key is destroyed.
        CREATE TABLE borrowers (
          borrower_id TEXT PRIMARY KEY, version INTEGER NOT NULL, key_number INTEGER NOT NULL DEFAULT 0, wrapped_key BLOB, details BLOB, profile BLOB);
        CREATE TABLE ledger (
          borrower_id TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, contact BLOB NOT NULL, PRIMARY KEY (borrower_id, id)) WITHOUT ROWID;
        CREATE TABLE messages (
          borrower_id TEXT NOT NULL, command_id TEXT NOT NULL, loan_id TEXT NOT NULL, at INTEGER NOT NULL, channel TEXT NOT NULL, body BLOB,
          text_hash TEXT NOT NULL, template TEXT NOT NULL, language TEXT NOT NULL, wording INTEGER NOT NULL, segments INTEGER NOT NULL,
          status TEXT NOT NULL, attempt BLOB, PRIMARY KEY (borrower_id, command_id)) WITHOUT ROWID;
        CREATE TABLE texts (
          borrower_id TEXT NOT NULL, event_id TEXT NOT NULL, kind TEXT NOT NULL, loan_id TEXT NOT NULL, at INTEGER NOT NULL, body BLOB,
          PRIMARY KEY (borrower_id, event_id, kind)) WITHOUT ROWID;
        CREATE TABLE addresses (key TEXT NOT NULL, borrower_id TEXT NOT NULL, PRIMARY KEY (key, borrower_id)) WITHOUT ROWID;
        CREATE TABLE applied_events (borrower_id TEXT NOT NULL, event_id TEXT NOT NULL, PRIMARY KEY (borrower_id, event_id)) WITHOUT ROWID;
        """;

    /// <summary>Whose loans: noted at the enrolment or the first step, verified when read; for older files from the cases and from enrolments that wait.</summary>
    private const string LoansOfBorrowers = """
        CREATE TABLE borrower_loans (borrower_id TEXT NOT NULL, loan_id TEXT NOT NULL, PRIMARY KEY (borrower_id, loan_id)) WITHOUT ROWID;
        INSERT INTO borrower_loans (borrower_id, loan_id)
          SELECT json_extract(CAST(case_index AS TEXT), '$.borrowerId'), loan_id FROM cases WHERE version > 0;
        INSERT OR IGNORE INTO borrower_loans (borrower_id, loan_id)
          SELECT json_extract(CAST(input AS TEXT), '$.event.terms.borrowerId'), loan_id FROM inbox
          WHERE state < 2 AND json_extract(CAST(input AS TEXT), '$.event."$type"') = 'loan.enrolled';
        """;

    /// <summary>Brings the file to the current version, or creates it.</summary>
    /// <exception cref="StorageException">The file is newer than the program, or not ours.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        var version = Check(connection);
        for (; version < Current; version++)
        {
            using var transaction = connection.BeginTransaction();
            Run(connection, Migrations[version], transaction);
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {version + 1}"), transaction);
            transaction.Commit();
        }
    }

    /// <summary>The version of the file, 0 for an empty one.</summary>
    /// <exception cref="StorageException">The file is newer than the program, or not ours.</exception>
    public static int Check(SqliteConnection connection)
    {
        var version = Number(connection, "PRAGMA user_version");
        var isOurs = Number(connection, "PRAGMA application_id") == ApplicationId;
        if (!isOurs && (version > 0 || Number(connection, "SELECT COUNT(*) FROM sqlite_schema") > 0))
            throw new StorageException($"{connection.DataSource} is a SQLite file of another program");
        return version <= Current
            ? version
            : throw new StorageException($"{connection.DataSource} was written by a newer version of this program (format {version}, this program knows up to {Current})");
    }

    private static int Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Run(SqliteConnection connection, string sql, SqliteTransaction transaction)
    {
        using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, transaction);
        command.ExecuteNonQuery();
    }
}

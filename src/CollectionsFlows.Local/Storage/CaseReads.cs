using System.Text.Json;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using Microsoft.Data.Sqlite;

namespace CollectionsFlows.Local.Storage;

/// <summary>Reads of cases, inboxes and journals.</summary>
internal static class CaseReads
{
    /// <summary>Both halves are ordered by an index and limited before they are merged: the cost is the limit's, not the portfolio's.</summary>
    public const string DueSql =
        """
        SELECT loan_id FROM (
          SELECT * FROM (SELECT loan_id, next_wake AS due FROM cases WHERE next_wake <= $1 ORDER BY next_wake, loan_id LIMIT $2)
          UNION ALL
          SELECT * FROM (SELECT loan_id, waiting_since FROM cases WHERE waiting_since IS NOT NULL ORDER BY waiting_since, loan_id LIMIT $2))
        GROUP BY loan_id ORDER BY MIN(due), loan_id LIMIT $2
        """;

    private const string InboxColumns = "SELECT loan_id, received_at, body_hash, input FROM inbox ";

    public static CaseRecord Load(SqliteSession session, string loanId)
    {
        var (state, version, lastHash, nextWake) = Snapshot(session, loanId);
        var inbox = session.List(InboxColumns + "WHERE loan_id = $1 AND state < 2 ORDER BY arrival", Item, loanId);
        return new CaseRecord(state, version, lastHash, inbox) { NextWake = nextWake };
    }

    public static BorrowerLoans LoansOf(SqliteSession session, string borrowerId)
    {
        var noted = session.List("SELECT loan_id FROM borrower_loans WHERE borrower_id = $1 ORDER BY loan_id", row => row.GetString(0), borrowerId);
        return new([.. noted.Select(loanId => new BorrowerLoan(loanId, Load(session, loanId))).Where(loan => loan.Record.BorrowerId == borrowerId)], IsComplete: true);
    }

    public static string? BodyOf(SqliteSession session, string eventId) => session.Scalar("SELECT body_hash FROM inbox WHERE event_id = $1", eventId) as string;

    public static IReadOnlyList<string> Due(SqliteSession session, DateTimeOffset now, int limit) =>
        session.List(DueSql, row => row.GetString(0), now.UtcTicks, limit);

    public static DateTimeOffset? NextWake(SqliteSession session) =>
        session.Scalar("SELECT next_wake FROM cases WHERE next_wake IS NOT NULL ORDER BY next_wake LIMIT 1") is long ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;

    public static IReadOnlyList<JournalEntry> Journal(SqliteSession session, string loanId, int afterSeq, int limit) =>
        session.List(
            "SELECT seq, line, hash FROM facts WHERE loan_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
            row => new JournalEntry(loanId, row.GetInt32(0), row.Blob(1), row.GetString(2)),
            loanId, afterSeq, Math.Max(0, limit));

    public static IReadOnlyList<InboxItem> Unmatched(SqliteSession session, int limit) =>
        session.List(InboxColumns + "WHERE state = 0 ORDER BY arrival LIMIT $1", Item, Math.Max(0, limit));

    public static IReadOnlyList<string> LoanIds(SqliteSession session, string? afterLoanId, int limit) => afterLoanId is null
        ? session.List("SELECT loan_id FROM cases WHERE version > 0 ORDER BY loan_id LIMIT $1", row => row.GetString(0), Math.Max(0, limit))
        : session.List(
            "SELECT loan_id FROM cases WHERE version > 0 AND loan_id > $1 ORDER BY loan_id LIMIT $2", row => row.GetString(0), afterLoanId, Math.Max(0, limit));

    public static CaseCounts Counts(SqliteSession session)
    {
        var byStatus = session.List(
            "SELECT status, COUNT(*) FROM cases WHERE version > 0 GROUP BY status",
            row => KeyValuePair.Create(Enum.Parse<CaseStatus>(row.GetString(0)), row.GetInt32(1)));
        var unmatched = (long)session.Scalar("SELECT COUNT(*) FROM inbox WHERE state = 0")!;
        return new CaseCounts(byStatus.ToDictionary(), (int)unmatched);
    }

    private static (CaseState? State, int Version, string LastHash, DateTimeOffset? NextWake) Snapshot(SqliteSession session, string loanId)
    {
        using var row = session.Query(
            "SELECT version, last_hash, state, next_wake FROM cases LEFT JOIN snapshots USING (loan_id) WHERE loan_id = $1", loanId);
        return !row.Read() ? (null, 0, "", null)
            : row.IsDBNull(2) ? (null, row.GetInt32(0), row.GetString(1), null)
            : (JsonSerializer.Deserialize(row.Blob(2), CaseJson.Default.CaseState), row.GetInt32(0), row.GetString(1), row.IsDBNull(3) ? null : row.Instant(3));
    }

    private static InboxItem Item(SqliteDataReader row) =>
        new(row.GetString(0), JsonSerializer.Deserialize(row.Blob(3), CaseJson.Default.CaseInput)!, row.Instant(1), row.GetString(2));
}

using System.Text.Json;
using CollectionsFlows.Application.Cases;

namespace CollectionsFlows.Local.Storage;

/// <summary>Lists cases as <see cref="CaseQuery"/> says.</summary>
internal static class CaseListing
{
    // $7 is today's day number.
    private const string DaysPastDue = "MAX(0, COALESCE($7 - counted_from, 0))";

    private const string Filter =
        "FROM cases WHERE version > 0 AND ($1 IS NULL OR status = $1) AND ($2 IS NULL OR stage = $2) AND ($3 IS NULL OR " + DaysPastDue + " >= $3)" +
        " AND ($4 = 0 OR tasks > 0) AND ($5 = 0 OR approvals > 0) AND ($6 IS NULL OR INSTR(loan_search, $6) > 0 OR INSTR(borrower_search, $6) > 0)";

    /// <exception cref="ArgumentException">The sort is unknown or the page is out of range.</exception>
    public static CasePage Page(SqliteSession session, CaseQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Page, 1, nameof(query.Page));
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1, nameof(query.PageSize));
        object?[] filter =
        [
            query.Status?.ToString(), query.Stage, query.MinDaysPastDue, query.WithTasks, query.WithApprovals,
            string.IsNullOrEmpty(query.Text) ? null : query.Text.ToUpperInvariant(), query.Today.DayNumber,
        ];
        var order = Order(query);
        return session.AtOnce(reading =>
        {
            var total = (long)reading.Scalar("SELECT COUNT(*) " + Filter, filter)!;
            var page = reading.List(
                $"SELECT case_index {Filter} ORDER BY {order}loan_id LIMIT $8 OFFSET $9",
                row => JsonSerializer.Deserialize(row.Blob(0), StoreJson.Default.CaseIndex)!,
                [.. filter, query.PageSize, (query.Page - 1L) * query.PageSize]);
            return new CasePage(page, (int)total, query.Page, query.PageSize);
        });
    }

    private static string Order(CaseQuery query)
    {
        var column = query.Sort.TrimStart('-') switch
        {
            "loanId" => "loan_id",
            "daysPastDue" => DaysPastDue,
            "overdue" => "overdue",
            // A case that never wakes comes after all that do.
            "nextWake" => "COALESCE(next_wake, 9223372036854775807)",
            "openedAt" => "opened_at",
            _ => throw new ArgumentException($"'{query.Sort}' is no sort; known are loanId, daysPastDue, overdue, nextWake, openedAt", nameof(query)),
        };
        return $"{column} {(query.Sort.StartsWith('-') ? "DESC" : "ASC")}, ";
    }
}

using System.Text.Json;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Local.Storage;

/// <summary>Writes of cases and inboxes; each runs within a savepoint of the writer.</summary>
internal static class CaseWrites
{
    public static InboxResult Put(SqliteSession session, InboxItem item, byte[] input)
    {
        var (id, loanId) = (item.Input.Id, item.LoanId);
        var stored = session.Execute(
            """
            INSERT INTO inbox (event_id, loan_id, received_at, body_hash, state, input)
            VALUES ($1, $2, $3, $4, EXISTS (SELECT 1 FROM cases WHERE loan_id = $2), $5) ON CONFLICT (event_id) DO NOTHING
            """,
            id, loanId, item.ReceivedAt.UtcTicks, item.BodySha256, input);
        if (stored == 0) return Compare(session, item);

        if (item.Input.Event is CaseEvent.LoanEnrolled enrolled)
        {
            Note(session, enrolled.Terms.BorrowerId, loanId);
            Match(session, loanId);
        }

        session.Execute(
            "UPDATE cases SET waiting_since = MIN(COALESCE(waiting_since, $2), $2) WHERE loan_id = $1",
            loanId, item.ReceivedAt.UtcTicks);
        return InboxResult.Stored;
    }

    public static bool Commit(SqliteSession session, CaseStep step, byte[] state, byte[] index)
    {
        var (version, lastSeq) = VersionOf(session, step.LoanId);
        if (version != step.ExpectedVersion) return false;

        Match(session, step.LoanId);
        if (version == 0) Note(session, step.State.Terms.BorrowerId, step.LoanId);
        foreach (var fact in step.Facts)
        {
            if (fact.Seq != ++lastSeq) throw new InvalidOperationException($"fact {fact.Seq} of loan {step.LoanId} does not follow fact {lastSeq - 1}");
            session.Execute("INSERT INTO facts (loan_id, seq, line, hash) VALUES ($1, $2, $3, $4)", step.LoanId, fact.Seq, fact.Line, fact.Hash);
        }

        foreach (var id in step.Drained) Drain(session, step.LoanId, id);
        SaveCase(session, step, lastSeq, index);
        session.Execute(
            "INSERT INTO snapshots (loan_id, state) VALUES ($1, $2) ON CONFLICT (loan_id) DO UPDATE SET state = excluded.state",
            step.LoanId, state);
        return true;
    }

    /// <summary>Whose loan it is, or may be: a second enrolment names somebody in vain, so readers look at the loan.</summary>
    private static void Note(SqliteSession session, string borrowerId, string loanId) =>
        session.Execute("INSERT INTO borrower_loans (borrower_id, loan_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", borrowerId, loanId);

    private static InboxResult Compare(SqliteSession session, InboxItem item) =>
        session.Scalar("SELECT 1 FROM inbox WHERE event_id = $1 AND loan_id = $2 AND body_hash = $3", item.Input.Id, item.LoanId, item.BodySha256) is null
            ? InboxResult.Conflict
            : InboxResult.Duplicate;

    private static (int Version, int LastSeq) VersionOf(SqliteSession session, string loanId)
    {
        using var row = session.Query("SELECT version, last_seq FROM cases WHERE loan_id = $1", loanId);
        return row.Read() ? (row.GetInt32(0), row.GetInt32(1)) : (0, 0);
    }

    /// <summary>The loan is known from now on: what waited for it is matched.</summary>
    private static void Match(SqliteSession session, string loanId)
    {
        if (session.Execute("INSERT INTO cases (loan_id, version) VALUES ($1, 0) ON CONFLICT (loan_id) DO NOTHING", loanId) == 0) return;
        session.Execute("UPDATE inbox SET state = 1 WHERE loan_id = $1 AND state < 2", loanId);
        session.Execute(
            "UPDATE cases SET waiting_since = (SELECT MIN(received_at) FROM inbox WHERE loan_id = $1 AND state < 2) WHERE loan_id = $1",
            loanId);
    }

    private static void Drain(SqliteSession session, string loanId, string id)
    {
        if (session.Execute("UPDATE inbox SET state = 2, input = NULL WHERE event_id = $1 AND loan_id = $2 AND state < 2", id, loanId) == 0)
            throw new InvalidOperationException($"event {id} is not in the inbox of loan {loanId}");
    }

    private static void SaveCase(SqliteSession session, CaseStep step, int lastSeq, byte[] json)
    {
        var index = step.Index;
        session.Execute(
            """
            UPDATE cases SET version = version + 1, last_hash = $2, last_seq = $3, next_wake = $4, status = $5, stage = $6, counted_from = $7,
              overdue = $8, opened_at = $9, tasks = $10, approvals = $11, loan_search = $12, borrower_search = $13, case_index = $14,
              waiting_since = (SELECT MIN(received_at) FROM inbox WHERE loan_id = $1 AND state < 2)
            WHERE loan_id = $1
            """,
            step.LoanId, step.LastHash, lastSeq, step.NextWake?.UtcTicks, index.Status.ToString(), index.Stage, index.CountedFrom?.DayNumber,
            (double)index.Overdue, index.OpenedAt.UtcTicks, index.OpenTasks, index.OpenApprovals, index.LoanId.ToUpperInvariant(),
            index.BorrowerId.ToUpperInvariant(), json);
    }

    /// <summary>The JSON of an item, made before it is queued: the writer's time is precious.</summary>
    public static byte[] Json(InboxItem item) => JsonSerializer.SerializeToUtf8Bytes(item.Input, CaseJson.Default.CaseInput);
}

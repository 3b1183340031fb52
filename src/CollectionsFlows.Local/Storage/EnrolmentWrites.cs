using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Local.Storage;

/// <summary>Takes a portfolio in, whole or not at all, within one transaction.</summary>
internal sealed class EnrolmentWrites(BorrowerWrites borrowers)
{
    public EnrolmentResult Enrol(SqliteSession session, IReadOnlyList<Enrolment> enrolments, bool partial)
    {
        var (enrolled, unchanged, conflicts) = (0, 0, new List<string>());
        session.Execute("SAVEPOINT enrolment");
        foreach (var enrolment in enrolments)
        {
            switch (CaseWrites.Put(session, enrolment.Item, CaseWrites.Json(enrolment.Item)))
            {
                case InboxResult.Stored:
                    enrolled++;
                    borrowers.Unite(session, enrolment.BorrowerId, enrolment.Borrower);
                    break;
                case InboxResult.Duplicate:
                    unchanged++;
                    break;
                default:
                    conflicts.Add(enrolment.Item.LoanId);
                    break;
            }
        }

        var refused = conflicts.Count > 0 && !partial;
        if (refused) session.Execute("ROLLBACK TO enrolment");
        session.Execute("RELEASE enrolment");
        return new EnrolmentResult(refused ? 0 : enrolled, unchanged, conflicts);
    }
}

using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Cases;

/// <summary>Derives from a case what lists need.</summary>
public static class CaseIndexing
{
    public static CaseIndex Of(CaseState state, Policy policy, DateTimeOffset? nextWake, DateTimeOffset now)
    {
        var clock = new BorrowerClock(state.Terms.TimeZones);
        var today = clock.DateAt(now);
        var position = CaseAccount.Position(state, policy, today);
        return new CaseIndex(
            state.Terms.LoanId, state.Terms.BorrowerId, state.Status, state.Stage, state.ClosedReason,
            state.ClosedReason is null ? CountedFrom(position, today) : null, position.Overdue.Total, position.Balance.Total, state.Terms.Currency.Code,
            state.Risk?.Band, state.Policy.ToString(), state.OpenedAt, state.ClosedAt,
            nextWake, CaseSchedule.Next(state, policy, now)?.Kind, state.Tasks.Count, state.Approvals.Count);
    }

    /// <summary>The date whose distance from a day is the days past due on it; before the due date that date itself.</summary>
    private static DateOnly? CountedFrom(AccountPosition position, DateOnly today) =>
        position.DaysPastDue > 0 ? today.AddDays(-position.DaysPastDue) : position.OldestUnpaidDueOn;
}

using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Application.Cases;

/// <summary>Reads cases for people: positions and next actions as of now, whatever the last step saw.</summary>
/// <param name="store">Where cases are.</param>
/// <param name="policies">Their policies.</param>
/// <param name="time">Now.</param>
/// <param name="suspended">Tells why a case does not go on; null when it does.</param>
public sealed class CaseReader(ICaseStore store, IPolicySource policies, TimeProvider time, Func<string, string?> suspended) : ICaseQueries, IKpis
{
    private const int Page = 1000;

    public async ValueTask<CaseDetail?> DetailAsync(string loanId, CancellationToken cancellation = default)
    {
        var record = await store.LoadAsync(loanId, cancellation);
        return record.State is { } state ? Detail(state) : null;
    }

    public async ValueTask<CaseInstance?> InstanceAsync(string loanId, CancellationToken cancellation = default)
    {
        var record = await store.LoadAsync(loanId, cancellation);
        if (record.State is not { } state)
        {
            return null;
        }

        var status = suspended(loanId) is not null ? "Suspended" : state.ClosedReason is not null ? "Completed" : "Running";
        return new CaseInstance($"loan-{loanId}", status, record.NextWake, record.Inbox.Count, state.Commands.Count, state.UpdatedAt);
    }

    public async ValueTask<Kpis> KpisAsync(CancellationToken cancellation = default)
    {
        var counts = await store.CountsAsync(cancellation);
        var totals = new SortedDictionary<string, CurrencyTotals>(StringComparer.Ordinal);
        var (tasks, approvals, number) = (0, 0, 1);
        for (CasePage page; (page = await store.ListAsync(new CaseQuery { Page = number, PageSize = Page }, cancellation)).Cases.Count > 0; number++)
        {
            foreach (var found in page.Cases.Where(found => found.Status != CaseStatus.Closed))
            {
                var before = totals.GetValueOrDefault(found.Currency) ?? new CurrencyTotals(found.Currency, 0, 0m, 0m);
                totals[found.Currency] = new(found.Currency, before.Cases + 1, before.Overdue + found.Overdue, before.Balance + found.Balance);
                tasks += found.OpenTasks;
                approvals += found.OpenApprovals;
            }
        }

        var byStatus = Enum.GetValues<CaseStatus>().ToDictionary(status => status, status => counts.ByStatus.GetValueOrDefault(status));
        return new Kpis(time.GetUtcNow(), byStatus, [.. totals.Values], tasks, approvals, counts.Unmatched);
    }

    private CaseDetail Detail(CaseState state)
    {
        // Beside a running host the case may have moved on since the clock was read; it is never shown as of before its last fact.
        var now = time.GetUtcNow() is var read && read > state.UpdatedAt ? read : state.UpdatedAt;
        var policy = policies.Find(state.Policy);
        var today = new BorrowerClock(state.Terms.TimeZones).DateAt(now);
        var position = CaseAccount.Position(state, policy, today);
        var next = CaseSchedule.Next(state, policy, now);
        var daysPastDue = state.ClosedReason is null ? position.DaysPastDue : 0;
        return new CaseDetail
        {
            LoanId = state.Terms.LoanId,
            BorrowerId = state.Terms.BorrowerId,
            Status = state.Status,
            Stage = state.Stage,
            DaysPastDue = daysPastDue,
            MaxDaysPastDue = Math.Max(state.MaxDaysPastDue, daysPastDue),
            Overdue = position.Overdue.Total,
            Balance = position.Balance.Total,
            Credit = position.Credit,
            Currency = state.Terms.Currency.Code,
            Payoff = CaseAccount.Payoff(state, policy, today),
            Buckets = Core.Loans.LoanAccount.ByAge(position, policy.Account.Buckets),
            Risk = state.Risk,
            Policy = state.Policy.ToString(),
            NextAction = next is null ? null : new NextAction(next.Kind, next.At, next.Why),
            // Nobody wakes a closed case when a hold of its runs out.
            Holds = state.ClosedReason is null ? state.Tracks : [.. state.Tracks.Where(track => track.IsInForceOn(today))],
            Promise = state.Promises.LastOrDefault(promise => promise.Status == PromiseStatus.Active) ?? (state.Promises.Count > 0 ? state.Promises[^1] : null),
            Plan = state.Plan,
            Tasks = state.Tasks,
            Approvals = state.Approvals,
            LastContactAt = state.LastContactAt,
            OpenedAt = state.OpenedAt,
            ClosedAt = state.ClosedAt,
            ClosedReason = state.ClosedReason,
        };
    }
}

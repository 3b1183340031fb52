using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Borrowers;

/// <summary>Erases borrowers when the time their records must be kept is over and no legal hold keeps them (S15, S25; regulation.md, "Records"). The journals stay: they hold nothing personal.</summary>
/// <remarks>
/// The list of cases only proposes: it may lag, or be in the middle of being built anew. Whether somebody is erased is decided by the borrower's
/// cases themselves, read just before it. A case with anything in its inbox may have a hold there, so its borrower waits for the next run.
/// </remarks>
public sealed class Retention(ICaseStore cases, IBorrowerStore borrowers, TimeProvider time)
{
    private const int Page = 1000;

    /// <summary>Erases every borrower all of whose cases closed at least <paramref name="years"/> years ago and are under no legal hold. Doing it again changes nothing.</summary>
    /// <param name="years">Counted by the calendar from the closing of the borrower's last case, in UTC.</param>
    /// <param name="cancellation">Stops between borrowers.</param>
    /// <returns>How many were erased.</returns>
    public async ValueTask<int> ApplyAsync(int years, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 1);
        var erased = 0;
        var limit = time.GetUtcNow().AddYears(-years);
        foreach (var borrowerId in await ProposedAsync(limit, cancellation))
        {
            if (await borrowers.LoadBorrowerAsync(borrowerId, cancellation) is { Details: not null } && await IsOverAsync(borrowerId, limit, cancellation))
            {
                await borrowers.EraseBorrowerAsync(borrowerId, cancellation);
                erased++;
            }
        }

        return erased;
    }

    /// <summary>Borrowers without a listed case that is open or closed later than <paramref name="limit"/>.</summary>
    private async ValueTask<IEnumerable<string>> ProposedAsync(DateTimeOffset limit, CancellationToken cancellation)
    {
        var (old, needed) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var page = 1; (await cases.ListAsync(new CaseQuery { Page = page, PageSize = Page }, cancellation)).Cases is { Count: > 0 } found; page++)
        {
            foreach (var entry in found)
                (entry is { Status: CaseStatus.Closed, ClosedAt: { } closedAt } && closedAt <= limit ? old : (ICollection<string>)needed).Add(entry.BorrowerId);
        }

        return old.Except(needed);
    }

    /// <summary>Whether all that is known of a borrower may go; not while some of it may be unknown.</summary>
    private async ValueTask<bool> IsOverAsync(string borrowerId, DateTimeOffset limit, CancellationToken cancellation) =>
        await cases.LoansOfAsync(borrowerId, cancellation) is { IsComplete: true, Loans: { Count: > 0 } loans } && loans.All(loan => IsOver(loan.Record, limit));

    private bool IsOver(CaseRecord record, DateTimeOffset limit) =>
        record is { State: { ClosedReason: not null, ClosedAt: { } closedAt } state, Inbox.Count: 0 } && closedAt <= limit
            && !state.KeepsRecordsOn(new BorrowerClock(state.Terms.TimeZones).DateAt(time.GetUtcNow()));
}

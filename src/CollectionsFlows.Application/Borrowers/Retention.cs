using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Borrowers;

/// <summary>Erases borrowers when the time their records must be kept is over (S15, S25). The journals stay: they hold nothing personal.</summary>
public sealed class Retention(ICaseStore cases, IBorrowerStore borrowers, TimeProvider time)
{
    private const int Page = 1000;

    /// <summary>Erases every borrower all of whose cases closed at least <paramref name="years"/> years ago. Doing it again changes nothing.</summary>
    /// <param name="years">Counted by the calendar from the closing of the borrower's last case, in UTC.</param>
    /// <param name="cancellation">Stops between borrowers.</param>
    /// <returns>How many were erased.</returns>
    public async ValueTask<int> ApplyAsync(int years, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 1);
        var erased = 0;
        foreach (var borrowerId in await OverdueAsync(time.GetUtcNow().AddYears(-years), cancellation))
        {
            if (await borrowers.LoadBorrowerAsync(borrowerId, cancellation) is { Details: not null })
            {
                await borrowers.EraseBorrowerAsync(borrowerId, cancellation);
                erased++;
            }
        }

        return erased;
    }

    /// <summary>Borrowers without a case that is open or closed later than <paramref name="limit"/>.</summary>
    private async ValueTask<IEnumerable<string>> OverdueAsync(DateTimeOffset limit, CancellationToken cancellation)
    {
        var (old, needed) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var page = 1; (await cases.ListAsync(new CaseQuery { Page = page, PageSize = Page }, cancellation)).Cases is { Count: > 0 } found; page++)
        {
            foreach (var entry in found)
                (entry is { Status: CaseStatus.Closed, ClosedAt: { } closedAt } && closedAt <= limit ? old : (ICollection<string>)needed).Add(entry.BorrowerId);
        }

        if (old.Count > 0)
            needed.UnionWith(await EnteringAsync(cancellation));
        return old.Except(needed);
    }

    /// <summary>Borrowers of loans that wait for a step: one that was enrolled just now is in no list before its first.</summary>
    private async ValueTask<IReadOnlyCollection<string>> EnteringAsync(CancellationToken cancellation)
    {
        var entering = new HashSet<string>(StringComparer.Ordinal);
        foreach (var loanId in await cases.DueAsync(time.GetUtcNow(), int.MaxValue, cancellation))
        {
            var record = await cases.LoadAsync(loanId, cancellation);
            if (record.State is null)
                entering.UnionWith(record.Inbox.Select(item => item.Input.Event).OfType<CaseEvent.LoanEnrolled>().Select(enrolled => enrolled.Terms.BorrowerId));
        }

        return entering;
    }
}

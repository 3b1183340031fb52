using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Borrowers;

/// <summary>Erases borrowers when the time their records must be kept is over and no legal hold keeps them (S15, S25; regulation.md, "Records"). The journals stay: they hold nothing personal.</summary>
/// <remarks>
/// The list of cases only proposes: it may lag, or be in the middle of being built anew. Whether somebody is erased is decided by the borrower's
/// cases themselves, read just before it. A case with anything in its inbox may have a hold there, so its borrower waits for the next run; and so
/// does one of whom a listed case is not among those found, for what else is missing nobody knows.
/// </remarks>
public sealed class Retention(ICaseStore cases, IBorrowerStore borrowers, TimeProvider time)
{
    private const int Page = 1000;

    /// <summary>Erases every borrower all of whose cases closed at least <paramref name="years"/> years ago and are under no legal hold. Doing it again changes nothing.</summary>
    /// <param name="years">Counted by the calendar from the closing of the borrower's last case, in UTC.</param>
    /// <param name="cancellation">Stops between borrowers.</param>
    /// <returns>How many were erased.</returns>
    public async ValueTask<int> ApplyAsync(int years, CancellationToken cancellation = default) => (await RunAsync(years, cancellation)).Erased;

    /// <summary>The same, and says of how many it could not be sure.</summary>
    public async ValueTask<RetentionRun> RunAsync(int years, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 1);
        var (erased, unsure) = (0, 0);
        var limit = time.GetUtcNow().AddYears(-years);
        foreach (var (borrowerId, listed) in await ProposedAsync(limit, cancellation))
        {
            if (await borrowers.LoadBorrowerAsync(borrowerId, cancellation) is not { Details: not null }) continue;
            var known = await cases.LoansOfAsync(borrowerId, cancellation);
            if (!known.IsComplete || !listed.IsSubsetOf(known.Loans.Select(loan => loan.LoanId)))
            {
                unsure++;
            }
            else if (known.Loans.All(loan => IsOver(loan.Record, limit)))
            {
                await borrowers.EraseBorrowerAsync(borrowerId, cancellation);
                erased++;
            }
        }

        return new(erased, unsure);
    }

    /// <summary>Borrowers without a listed case that is open or closed later than <paramref name="limit"/>, with their listed loans.</summary>
    private async ValueTask<IEnumerable<KeyValuePair<string, HashSet<string>>>> ProposedAsync(DateTimeOffset limit, CancellationToken cancellation)
    {
        var (old, needed) = (new SortedDictionary<string, HashSet<string>>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var page = 1; (await cases.ListAsync(new CaseQuery { Page = page, PageSize = Page }, cancellation)).Cases is { Count: > 0 } found; page++)
        {
            foreach (var entry in found)
            {
                if (entry is not { Status: CaseStatus.Closed, ClosedAt: { } closedAt } || closedAt > limit) needed.Add(entry.BorrowerId);
                else if (old.TryGetValue(entry.BorrowerId, out var loans)) loans.Add(entry.LoanId);
                else old.Add(entry.BorrowerId, new(StringComparer.Ordinal) { entry.LoanId });
            }
        }

        if (old.Count > 0) needed.UnionWith(await WaitingAsync(cancellation));
        return old.Where(borrower => !needed.Contains(borrower.Key));
    }

    /// <summary>
    /// Borrowers of loans that want a step. Asking for them delivers what was accepted by a host that died before it was in an inbox: a hold, or an
    /// enrolment, which is in no list before its first step.
    /// </summary>
    private async ValueTask<HashSet<string>> WaitingAsync(CancellationToken cancellation)
    {
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        foreach (var loanId in await cases.DueAsync(time.GetUtcNow(), int.MaxValue, cancellation))
        {
            if ((await cases.LoadAsync(loanId, cancellation)).BorrowerId is { } borrowerId) waiting.Add(borrowerId);
        }

        return waiting;
    }

    private bool IsOver(CaseRecord record, DateTimeOffset limit) =>
        record is { State: { ClosedReason: not null, ClosedAt: { } closedAt } state, Inbox.Count: 0 } && closedAt <= limit
            && !state.KeepsRecordsOn(new BorrowerClock(state.Terms.TimeZones).DateAt(time.GetUtcNow()));
}

/// <summary>What a run of retention did.</summary>
/// <param name="Erased">Borrowers erased.</param>
/// <param name="Unsure">Borrowers who wait although every listed case of theirs is over, for it is not certain that all their loans were found.</param>
public sealed record RetentionRun(int Erased, int Unsure);

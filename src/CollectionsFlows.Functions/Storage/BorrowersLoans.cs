using Azure.Data.Tables;
using CollectionsFlows.Application.Cases;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Notes which loans a borrower has (<c>loan!ID</c> in the borrower's partition), and finds them: one query, then one per loan.</summary>
/// <remarks>
/// <para>A note is written before what it points at: at an enrolment before its event id is claimed, and again before a first step. So a crash
/// leaves a note in vain, never a loan without one; and readers look at the loan, for a note may also be of an enrolment that came second. Notes
/// stay when a borrower is erased: they hold ids only. While a note is young and its loan nobody's, the enrolment may be on its way: who must know of
/// every loan is told.</para>
/// <para><b>Data of a release before the notes</b> gets them by rebuilding the index (<see cref="IndexRebuild"/>), after which a mark says that none is
/// missing; a store that is new has the mark from the start. Until then loans are found by the list as well, as that release did, and who must
/// know of every loan is told that some may be missing.</para>
/// <para><b>A former release that comes back</b> writes no notes, and the mark stays. Its loans get theirs with their next step of this release
/// (the snapshot remembers that there is one, and that release forgets it), or by rebuilding. Until then inbound texts and retention, which would
/// do harm, look at the list as well.</para>
/// </remarks>
internal sealed class BorrowersLoans(TableSet tables, LoanReads reads, ListReads lists, DataKeys settings, TimeProvider time)
{
    public const string Mark = "loans-of-borrowers";
    public const string Complete = "complete";

    /// <summary>An enrolment noted and not found for so long is of an attempt that broke off, for <see cref="DueReads"/> delivers what was claimed.</summary>
    private static readonly TimeSpan Forsaken = TimeSpan.FromDays(1);

    private volatile bool isComplete;

    public static async ValueTask NoteAsync(TableSet tables, string borrowerId, string loanId, CancellationToken cancellation) =>
        await tables.Borrowers.UpsertEntityAsync(
            new TableEntity(TableLayout.Who(borrowerId), TableLayout.LoanOf(loanId)) { ["Loan"] = loanId }, TableUpdateMode.Replace, cancellation);

    public async ValueTask<bool> IsCompleteAsync(CancellationToken cancellation) =>
        isComplete = isComplete || await settings.MetaAsync(Mark, cancellation) == Complete;

    /// <summary>Every loan there is has its note.</summary>
    public async ValueTask MarkCompleteAsync(CancellationToken cancellation)
    {
        await settings.SetMetaAsync(Mark, Complete, cancellation);
        isComplete = true;
    }

    public async ValueTask<BorrowerLoans> OfAsync(string borrowerId, CancellationToken cancellation)
    {
        // Asked first: a rebuild that ends meanwhile has written its notes before.
        var complete = await IsCompleteAsync(cancellation);
        var (ids, fresh) = (new SortedSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        await foreach (var row in tables.Borrowers.WithPrefixAsync(TableLayout.Who(borrowerId), TableLayout.Loans, cancellation))
        {
            ids.Add(row.GetString("Loan"));
            if (row.Timestamp is not { } noted || noted > time.GetUtcNow() - Forsaken) fresh.Add(row.GetString("Loan"));
        }

        if (!complete) ids.UnionWith(await ListedAsync(borrowerId, cancellation));

        var loans = new List<BorrowerLoan>(ids.Count);
        foreach (var some in ids.Chunk(TableSet.AtOnce))
            loans.AddRange(await Task.WhenAll(some.Select(async loanId => new BorrowerLoan(loanId, (await reads.LoadAsync(loanId, cancellation)).Record))));
        var isEntering = loans.Any(loan => loan.Record.BorrowerId is null && fresh.Contains(loan.LoanId));
        return new BorrowerLoans([.. loans.Where(loan => loan.Record.BorrowerId == borrowerId)], complete && !isEntering);
    }

    private async ValueTask<IEnumerable<string>> ListedAsync(string borrowerId, CancellationToken cancellation)
    {
        // The search finds ids that contain the borrower's too.
        var listed = await lists.PageAsync(new CaseQuery { Text = borrowerId, PageSize = int.MaxValue }, cancellation);
        return listed.Cases.Where(entry => entry.BorrowerId == borrowerId).Select(entry => entry.LoanId);
    }
}

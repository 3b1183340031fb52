using System.Buffers;
using System.Diagnostics;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Simulation.Replay;

/// <summary>Collects finished loans in whatever order they come and writes the files in order of loan id.</summary>
internal sealed class ReplayOutput : IDisposable
{
    private const int Page = 1000;

    private readonly Lock gate = new();
    private readonly ReplayRequest request;
    private readonly string directory;
    private readonly string scratchPath;
    private readonly FileStream scratch;
    private readonly List<(string LoanId, string CaseRow, long Offset, int Length)> loans = [];
    private readonly List<ContactRow> contacts = [];
    private readonly ReplayFigures figures = new();
    private readonly HashSet<string> known;

    public ReplayOutput(ReplayRequest request, string directory)
    {
        (this.request, this.directory) = (request, directory);
        known = request.Loans.Select(loan => loan.Terms.LoanId).ToHashSet(StringComparer.Ordinal);
        scratchPath = Path.Combine(directory, ".journal.unsorted");
        scratch = new FileStream(scratchPath, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
    }

    /// <summary>Days the case was open inside the window: what the speed of a replay is measured in.</summary>
    public static int CaseDaysOf(ReplayLoan loan, ReplayRequest request)
    {
        var last = loan.Measures.ClosedAt is { } closed ? loan.Clock.DateAt(closed) : request.Until;
        return Math.Max(1, last.DayNumber - request.From.DayNumber + 1);
    }

    public async ValueTask AddAsync(ReplayLoan loan, ICaseStore store, CancellationToken cancellation)
    {
        var journal = new ArrayBufferWriter<byte>(8192);
        for (var seq = 0; ;)
        {
            var page = await store.JournalAsync(loan.LoanId, seq, Page, cancellation);
            foreach (var entry in page)
            {
                journal.Write(entry.Line);
                journal.Write("\n"u8);
            }

            if (page.Count < Page)
            {
                break;
            }

            seq += page.Count;
        }

        var row = CaseRows.Of(loan, request);
        lock (gate)
        {
            loans.Add((loan.LoanId, row.Text, scratch.Position, journal.WrittenCount));
            scratch.Write(journal.WrittenSpan);
            contacts.AddRange(loan.Contacts.Select(fact => ContactRow.Of(loan, fact)));
            figures.Add(loan, row);
        }
    }

    /// <summary>Writes the four files and puts them in place together.</summary>
    public ReplaySummary Finish(Stopwatch watch, long caseDays)
    {
        loans.Sort(static (left, right) => string.CompareOrdinal(left.LoanId, right.LoanId));
        contacts.Sort(ContactRow.ByTime);
        var unmatched = request.Events.LoanIds.Where(loanId => !known.Contains(loanId)).Sum(loanId => request.Events.Of(loanId).Count);
        var files = new ReplayFiles(directory);
        var casesSha = files.Write("cases.csv", CaseRows.Header, loans.Select(loan => loan.CaseRow));
        var contactsSha = files.Write("contacts.csv", ContactRow.Header, contacts.Select(contact => contact.Text));
        var journalSha = files.Write("journal.ndjson", loans.Select(loan => (loan.Offset, loan.Length)), scratch);
        var summary = figures.Summary(request, new ReplayDigests(casesSha, contactsSha, journalSha), unmatched, watch.Elapsed.TotalSeconds, caseDays);
        files.Write(summary);
        files.PutInPlace();
        return summary;
    }

    public void Dispose()
    {
        scratch.Dispose();
        File.Delete(scratchPath);
    }
}

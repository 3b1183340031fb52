using System.Buffers;
using System.Diagnostics;
using System.Text;
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
    private readonly List<(string LoanId, Piece CaseRow, Piece Journal)> loans = [];
    private readonly List<(ContactKey Key, Piece Row)> contacts = [];
    private readonly ReplayFigures figures = new();
    private readonly HashSet<string> known;

    public ReplayOutput(ReplayRequest request, string directory)
    {
        (this.request, this.directory) = (request, directory);
        known = request.Loans.Select(loan => loan.Terms.LoanId).ToHashSet(StringComparer.Ordinal);
        scratchPath = Path.Combine(directory, ".unsorted");
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
        var rows = loan.Contacts.ConvertAll(fact => ContactRows.Of(loan, fact));
        lock (gate)
        {
            loans.Add((loan.LoanId, Keep(row.Text), Keep(journal.WrittenSpan)));
            foreach (var (key, text) in rows)
            {
                contacts.Add((key, Keep(text)));
            }

            figures.Add(loan, row);
        }
    }

    /// <summary>Writes the four files and puts them in place together.</summary>
    public ReplaySummary Finish(Stopwatch watch, long caseDays)
    {
        loans.Sort(static (left, right) => string.CompareOrdinal(left.LoanId, right.LoanId));
        contacts.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        scratch.Flush();
        var unmatched = request.Events.LoanIds.Where(loanId => !known.Contains(loanId)).Sum(loanId => request.Events.Of(loanId).Count);
        var files = new ReplayFiles(directory);
        var casesSha = files.Write("cases.csv", CaseRows.Header, loans.Select(loan => loan.CaseRow), scratch.SafeFileHandle);
        var contactsSha = files.Write("contacts.csv", ContactRows.Header, contacts.Select(contact => contact.Row), scratch.SafeFileHandle);
        var journalSha = files.Write("journal.ndjson", header: null, loans.Select(loan => loan.Journal), scratch.SafeFileHandle);
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

    /// <summary>Lines wait on disk, not in memory, until all loans are done and the order is known.</summary>
    private Piece Keep(ReadOnlySpan<byte> lines)
    {
        var piece = new Piece(scratch.Position, lines.Length);
        scratch.Write(lines);
        return piece;
    }

    private Piece Keep(string line) => Keep(Encoding.UTF8.GetBytes(line + "\n"));
}

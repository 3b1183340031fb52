using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Simulation.Stores;

/// <summary>Cases, inboxes and journals in dictionaries. Not thread-safe: <see cref="InMemoryStore"/> locks.</summary>
internal sealed class CaseShelf
{
    private readonly Dictionary<string, LoanFile> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string LoanId, string BodySha256)> events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> loansByBorrower = new(StringComparer.Ordinal);
    private readonly DueQueue wakes = new();
    private readonly DueQueue waiting = new();
    private readonly SortedDictionary<long, InboxItem> unmatched = [];
    private readonly SortedSet<string> known = new(StringComparer.Ordinal);
    private long arrivals;

    public DateTimeOffset? NextWake => wakes.Earliest;

    public IEnumerable<CaseIndex> Indices => files.Values.Where(file => file.Index is not null).Select(file => file.Index!);

    /// <summary>What would become of items put now, one after the other.</summary>
    public InboxResult[] JudgeAll(IEnumerable<InboxItem> items)
    {
        var coming = new Dictionary<string, InboxItem>(StringComparer.Ordinal);
        return [.. items.Select(item => Judge(item) is not InboxResult.Stored and var known ? known
            : coming.TryAdd(item.Input.Id, item) ? InboxResult.Stored
            : Compare(item, coming[item.Input.Id].LoanId, coming[item.Input.Id].BodySha256))];
    }

    /// <summary>The body hash of a known event; null for an unknown one.</summary>
    public string? BodyOf(string eventId) => events.TryGetValue(eventId, out var seen) ? seen.BodySha256 : null;

    public InboxResult Put(InboxItem item)
    {
        var result = Judge(item);
        if (result != InboxResult.Stored) return result;

        var file = FileOf(item.LoanId);
        events.Add(item.Input.Id, (file.LoanId, item.BodySha256));
        file.Inbox.Add((++arrivals, item));
        if (item.Input.Event is CaseEvent.LoanEnrolled enrolled)
        {
            Note(enrolled.Terms.BorrowerId, file.LoanId);
            Match(file);
        }

        if (!file.Matched) unmatched.Add(arrivals, item);
        else waiting.Move(file.LoanId, file.WaitingSince, file.WaitingSince = Earlier(file.WaitingSince, item.ReceivedAt));
        return InboxResult.Stored;
    }

    public CaseRecord Load(string loanId) =>
        files.TryGetValue(loanId, out var file)
            ? new CaseRecord(file.State, file.Version, file.LastHash, file.Inbox.Count == 0 ? [] : file.Inbox.ConvertAll(entry => entry.Item)) { NextWake = file.NextWake }
            : new CaseRecord(null, 0, "", []);

    /// <summary>Every loan noted for the borrower that turned out to be theirs.</summary>
    public BorrowerLoans LoansOf(string borrowerId) => new(
        [.. loansByBorrower.GetValueOrDefault(borrowerId, []).Select(loanId => new BorrowerLoan(loanId, Load(loanId))).Where(loan => loan.Record.BorrowerId == borrowerId)],
        IsComplete: true);

    public bool Commit(CaseStep step)
    {
        var file = FileOf(step.LoanId);
        if (file.Version != step.ExpectedVersion) return false;
        file.Check(step);

        file.Drain(step.Drained);
        file.Facts.AddRange(step.Facts);
        (file.State, file.LastHash, file.Index) = (step.State, step.LastHash, step.Index);
        if (file.Version++ == 0)
        {
            known.Add(file.LoanId);
            Note(step.State.Terms.BorrowerId, file.LoanId);
        }

        Match(file);
        wakes.Move(file.LoanId, file.NextWake, step.NextWake);
        file.NextWake = step.NextWake;
        waiting.Move(file.LoanId, file.WaitingSince, file.WaitingSince = file.EarliestReceived());
        return true;
    }

    public IReadOnlyList<string> Due(DateTimeOffset now, int limit)
    {
        var due = new List<string>();
        HashSet<string>? seen = null;
        foreach (var loanId in DueQueue.Merge(wakes.Until(now), waiting.Until(DateTimeOffset.MaxValue)))
        {
            if (due.Count >= limit) break;
            // Only a loan that waits for two reasons can come up twice.
            if (waiting.Count == 0 || (seen ??= new HashSet<string>(StringComparer.Ordinal)).Add(loanId)) due.Add(loanId);
        }

        return due;
    }

    public IReadOnlyList<JournalEntry> Journal(string loanId, int afterSeq, int limit)
    {
        if (!files.TryGetValue(loanId, out var file)) return [];
        var from = Math.Clamp(afterSeq, 0, file.Facts.Count);
        return file.Facts.GetRange(from, Math.Clamp(limit, 0, file.Facts.Count - from));
    }

    public IReadOnlyList<InboxItem> Unmatched(int limit) => [.. unmatched.Values.Take(limit)];

    public IReadOnlyList<string> LoanIds(string? afterLoanId, int limit)
    {
        if (known.Count == 0) return [];
        if (afterLoanId is null) return [.. known.Take(limit)];
        return string.CompareOrdinal(afterLoanId, known.Max) >= 0
            ? []
            : [.. known.GetViewBetween(afterLoanId, known.Max!).SkipWhile(id => string.Equals(id, afterLoanId, StringComparison.Ordinal)).Take(limit)];
    }

    public CaseCounts Counts() => new(Indices.CountBy(index => index.Status).ToDictionary(), unmatched.Count);

    private void Note(string borrowerId, string loanId)
    {
        if (!loansByBorrower.TryGetValue(borrowerId, out var loans)) loansByBorrower.Add(borrowerId, loans = new(StringComparer.Ordinal));
        loans.Add(loanId);
    }

    private static InboxResult Compare(InboxItem item, string loanId, string bodySha256) =>
        string.Equals(item.LoanId, loanId, StringComparison.Ordinal) && string.Equals(item.BodySha256, bodySha256, StringComparison.Ordinal)
            ? InboxResult.Duplicate
            : InboxResult.Conflict;

    private InboxResult Judge(InboxItem item) =>
        events.TryGetValue(item.Input.Id, out var seen) ? Compare(item, seen.LoanId, seen.BodySha256) : InboxResult.Stored;

    private static DateTimeOffset Earlier(DateTimeOffset? known, DateTimeOffset other) => known < other ? known.Value : other;

    private LoanFile FileOf(string loanId)
    {
        if (!files.TryGetValue(loanId, out var file)) files.Add(loanId, file = new LoanFile(loanId));
        return file;
    }

    /// <summary>The loan is known from now on, or will be as soon as its enrolment is drained: what waited for it waits no longer.</summary>
    private void Match(LoanFile file)
    {
        if (file.Matched) return;
        file.Matched = true;
        foreach (var (arrival, _) in file.Inbox) unmatched.Remove(arrival);
        waiting.Move(file.LoanId, null, file.WaitingSince = file.EarliestReceived());
    }
}

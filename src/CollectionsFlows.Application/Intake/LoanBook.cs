namespace CollectionsFlows.Application.Intake;

/// <summary>The loans of a file while it is being read.</summary>
internal sealed class LoanBook(List<InputError> errors)
{
    private readonly Dictionary<string, LoanDraft> drafts = new(StringComparer.Ordinal);
    private readonly Queue<LoanDraft> inOrder = [];
    private readonly HashSet<string> spoiled = new(StringComparer.Ordinal);
    private int nameless;

    public TextPool Pool { get; } = new();

    public LoanDraft? Last { get; private set; }

    /// <summary>The loan of that id; null when it is new.</summary>
    public LoanDraft? Find(ReadOnlySpan<char> loanId)
    {
        if (Last is { } last && loanId.SequenceEqual(last.LoanId))
            return last;
        return drafts.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(loanId, out var found) ? Last = found : null;
    }

    public void Add(LoanDraft draft)
    {
        drafts.Add(draft.LoanId, draft);
        inOrder.Enqueue(draft);
        Last = draft;
    }

    /// <summary>A row of that loan cannot be read: without it the loan must not be imported, wherever its other rows are.</summary>
    public void Spoil(string loanId) => spoiled.Add(loanId);

    /// <summary>Counts a row that cannot be read so far as to tell its loan.</summary>
    public void CountNameless() => nameless++;

    public LoansFileResult Finish()
    {
        var read = inOrder.Count;
        var loans = new List<ImportedLoan>(read);

        // Each draft is let go as its loan is made: a large portfolio is never in memory twice.
        Last = null;
        drafts.Clear();
        while (inOrder.TryDequeue(out var draft))
        {
            draft.IsBad |= spoiled.Remove(draft.LoanId);
            if (draft.Finish((line, column, problem) => errors.Add(new(line, LoanColumns.Names[column], problem))) is { } loan)
                loans.Add(loan);
        }

        return new(loans, [.. errors.OrderBy(error => error.Line)], read - loans.Count + spoiled.Count + nameless);
    }
}

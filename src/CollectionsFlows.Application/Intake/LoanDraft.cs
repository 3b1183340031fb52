using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Intake;

/// <summary>A loan while its rows are being read: they may come in any order and apart from each other.</summary>
/// <param name="loanId">The lender's id.</param>
/// <param name="line">Where it first appears.</param>
internal sealed class LoanDraft(string loanId, int line)
{
    private readonly List<(Instalment Instalment, int Line)> rows = [];

    public string LoanId => loanId;

    public int Line => line;

    /// <summary>The loan's columns as first seen; the loan's other rows must say the same.</summary>
    public required string[] Raw { get; init; }

    /// <summary>The same, checked; null when they are wrong.</summary>
    public LoanFields? Fields { get; set; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = NoAttributes;

    /// <summary>Whether any row of it is wrong: a loan is imported whole or not at all.</summary>
    public bool IsBad { get; set; }

    public static IReadOnlyDictionary<string, string> NoAttributes { get; } = new Dictionary<string, string>();

    public void Add(Instalment instalment, int atLine) => rows.Add((instalment, atLine));

    /// <summary>The loan; null when it or its schedule is wrong, which is reported with line, field and problem.</summary>
    public ImportedLoan? Finish(Action<int, int, string> report)
    {
        // A schedule with a row missing would only be reported again as a gap.
        if (IsBad || Fields is null)
            return null;
        rows.Sort((left, right) => (left.Instalment.Number, left.Line).CompareTo((right.Instalment.Number, right.Line)));
        for (var i = 0; i < rows.Count; i++)
        {
            if (ProblemOf(i) is not var (column, problem))
                continue;
            IsBad = true;
            report(rows[i].Line, column, problem);
        }

        return IsBad ? null : new(Fields.Terms([.. rows.Select(row => row.Instalment)], Attributes), Fields.Borrower, line);
    }

    private (int Column, string Problem)? ProblemOf(int index)
    {
        var (row, before) = (rows[index], index == 0 ? default : rows[index - 1]);
        var expected = index == 0 ? 1 : before.Instalment.Number + 1;
        if (index > 0 && row.Instalment.Number == before.Instalment.Number)
            return (LoanColumns.InstalmentNumber, row.Line == before.Line
                ? $"instalment {row.Instalment.Number} appears twice"
                : $"instalment {row.Instalment.Number} is already on line {before.Line}");
        if (row.Instalment.Number != expected)
            return (LoanColumns.InstalmentNumber, $"instalment {row.Instalment.Number} without instalment {expected}; expected 1, 2, 3 … without gaps");
        if (index > 0 && row.Instalment.DueOn <= before.Instalment.DueOn)
            return (LoanColumns.DueOn, $"instalment {row.Instalment.Number} falls due on {row.Instalment.DueOn:yyyy-MM-dd}, not after instalment {expected - 1} on {before.Instalment.DueOn:yyyy-MM-dd}");
        return null;
    }
}

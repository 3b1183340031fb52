namespace CollectionsFlows.Application.Intake;

/// <summary>The columns of a loans file (contract.md, "Loans file") and where they are in one file.</summary>
internal sealed class LoanColumns
{
    public const int LoanId = 0;
    public const int BorrowerId = 1;
    public const int Name = 2;
    public const int Phone = 3;
    public const int Email = 4;
    public const int Language = 5;
    public const int Jurisdiction = 6;
    public const int TimeZone = 7;
    public const int Product = 8;
    public const int CreditorRole = 9;
    public const int Currency = 10;
    public const int PenaltyAnnualRate = 11;

    /// <summary>The first <see cref="LoanLevel"/> names belong to the loan, the others to an instalment.</summary>
    public const int LoanLevel = 12;

    public const int InstalmentNumber = 12;
    public const int DueOn = 13;
    public const int PrincipalDue = 14;
    public const int InterestDue = 15;
    public const int FeesDue = 16;

    public static readonly IReadOnlyList<string> Names =
    [
        "loanId", "borrowerId", "name", "phone", "email", "language", "jurisdiction", "timeZone", "product", "creditorRole", "currency",
        "penaltyAnnualRate", "instalmentNumber", "dueOn", "principalDue", "interestDue", "feesDue",
    ];

    private LoanColumns(int[] positions, IReadOnlyList<(string Name, int Position)> extra, int width) =>
        (Positions, Extra, Width) = (positions, extra, width);

    /// <summary>Where each of <see cref="Names"/> is in the file.</summary>
    public IReadOnlyList<int> Positions { get; }

    /// <summary>The lender's own columns: they become attributes.</summary>
    public IReadOnlyList<(string Name, int Position)> Extra { get; }

    /// <summary>How many columns a row has.</summary>
    public int Width { get; }

    /// <summary>Columns whose values are never shown (S25).</summary>
    public static bool IsPersonal(int column) => column is Name or Phone or Email;

    /// <summary>Null when the header cannot be used; what is wrong is in <paramref name="errors"/>.</summary>
    public static LoanColumns? Read(CsvRecord header, int line, List<InputError> errors)
    {
        var names = Enumerable.Range(0, header.Count).Select(i => header[i].Trim().ToString()).ToList();
        var before = errors.Count;
        if (names.Count == 1 && names[0].IndexOfAny([';', '\t', '|']) is >= 0 and var at)
        {
            errors.Add(new(line, "", $"the columns are separated by {FieldChecks.Shown(names[0].AsSpan(at, 1))}; expected commas"));
            return null;
        }

        foreach (var twice in names.Where(name => name.Length > 0).GroupBy(name => name).Where(group => group.Count() > 1))
            errors.Add(new(line, twice.Key.Length <= 100 ? twice.Key : "", "the column appears more than once in the header"));
        var extra = names.Select((name, position) => (name, position)).Where(column => !Names.Contains(column.name)).ToList();
        foreach (var missing in Names.Except(names))
            errors.Add(new(line, missing, $"the column is missing{Hint(missing, extra.Select(column => column.name))}"));
        foreach (var (name, position) in extra.Where(column => FieldChecks.Name(column.name) is not null))
            errors.Add(new(line, $"column {position + 1}", $"the header {FieldChecks.Name(name)}"));
        return errors.Count > before ? null : new([.. Names.Select(name => names.IndexOf(name))], extra, names.Count);
    }

    private static string Hint(string missing, IEnumerable<string> extra) =>
        NearestName.To(missing, extra) is { } near ? $" (is {FieldChecks.Shown(near)} meant for it?)" : "; expected a header row with the contract's column names";
}

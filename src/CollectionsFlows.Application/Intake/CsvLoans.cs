namespace CollectionsFlows.Application.Intake;

/// <summary>Reads loans from CSV rows.</summary>
internal sealed class CsvLoans
{
    private readonly CsvRecords records;
    private readonly LoanColumns columns;
    private readonly LoanBook book;
    private readonly List<InputError> errors;
    private readonly Action<int, string> report;
    private LoanDraft? draft;
    private bool spoilNext;

    private CsvLoans(CsvRecords records, LoanColumns columns, LoanBook book, List<InputError> errors)
    {
        (this.records, this.columns, this.book, this.errors) = (records, columns, book, errors);
        report = Report;
    }

    public static void Read(Stream stream, LoanBook book, List<InputError> errors)
    {
        var rows = new CsvRecords(stream);
        if (!rows.Next(0))
            return;
        if (rows.Problem is { } problem)
        {
            errors.Add(new(rows.Line, "", problem));
            return;
        }

        if (LoanColumns.Read(rows.Record, rows.Line, errors) is not { } columns)
            return;
        var headerLine = rows.Line;
        var loans = new CsvLoans(rows, columns, book, errors);
        var count = 0;
        for (; rows.Next(columns.Width); count++)
            loans.ReadRow();
        if (count == 0)
            errors.Add(new(headerLine, "", "the file has a header and no rows; expected a row per instalment"));
    }

    private ReadOnlySpan<char> this[int column] => records.Record[columns.Positions[column]].Trim(' ');

    private void ReadRow()
    {
        if (records.Problem is { } problem)
        {
            errors.Add(new(records.Line, "", problem));
            SpoilLoanOfBrokenRow();
            return;
        }

        var id = this[LoanColumns.LoanId];
        if (FieldChecks.Name(id) is { } idProblem)
        {
            draft = null;
            Report(LoanColumns.LoanId, idProblem);
            book.CountNameless();
            SpoilNeighbours();
            return;
        }

        draft = book.Find(id);
        if (draft is null)
            Begin(id.ToString());
        else
            Compare();
        if (spoilNext)
            (draft!.IsBad, spoilNext) = (true, false);
        ReadInstalment();
    }

    /// <summary>The loan of a row that cannot be read must not be imported with a part of its schedule.</summary>
    private void SpoilLoanOfBrokenRow()
    {
        var position = columns.Positions[LoanColumns.LoanId];
        if (records.Record.Count > position && FieldChecks.Name(records.Record[position].Trim(' ')) is null)
        {
            book.Spoil(records.Record[position].Trim(' ').ToString());
            return;
        }

        book.CountNameless();
        SpoilNeighbours();
    }

    private void SpoilNeighbours()
    {
        if (book.Last is { } last)
            last.IsBad = true;
        spoilNext = true;
    }

    private void Begin(string loanId)
    {
        var raw = new string[LoanColumns.LoanLevel];
        raw[LoanColumns.LoanId] = loanId;
        for (var column = 1; column < raw.Length; column++)
            raw[column] = column >= LoanColumns.Language ? book.Pool.Share(this[column]) : this[column].ToString();
        draft = new LoanDraft(loanId, records.Line) { Raw = raw, Attributes = ReadAttributes() };
        book.Add(draft);
        draft.Fields = LoanFields.Read(raw, book.Pool, nameRequired: true, report);
    }

    private IReadOnlyDictionary<string, string> ReadAttributes()
    {
        if (columns.Extra.Count == 0)
            return LoanDraft.NoAttributes;
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, position) in columns.Extra)
        {
            if (records.Record[position].Trim(' ') is { IsEmpty: false } value)
                attributes.Add(name, book.Pool.Share(value));
        }

        return attributes;
    }

    private void Compare()
    {
        for (var column = 1; column < LoanColumns.LoanLevel; column++)
        {
            if (!this[column].SequenceEqual(draft!.Raw[column]))
                Report(column, Difference(column));
        }

        foreach (var (name, position) in columns.Extra)
        {
            if (!records.Record[position].Trim(' ').SequenceEqual(draft!.Attributes.GetValueOrDefault(name, "")))
                ReportField(name, $"differs from line {draft.Line} of the same loan");
        }
    }

    private string Difference(int column) => column switch
    {
        LoanColumns.Currency => $"{FieldChecks.Shown(this[column])} and, on line {draft!.Line}, {FieldChecks.Shown(draft.Raw[column])}: a loan has one currency",
        _ when LoanColumns.IsPersonal(column) => $"differs from line {draft!.Line} of the same loan",
        _ => $"{FieldChecks.Shown(this[column])} differs from {FieldChecks.Shown(draft!.Raw[column])} on line {draft.Line} of the same loan",
    };

    private void ReadInstalment()
    {
        var fields = new InstalmentFields
        {
            Number = this[LoanColumns.InstalmentNumber],
            DueOn = this[LoanColumns.DueOn],
            Principal = this[LoanColumns.PrincipalDue],
            Interest = this[LoanColumns.InterestDue],
            Fees = this[LoanColumns.FeesDue],
        };
        if (fields.Read(draft!.Fields?.Currency, report) is { } instalment)
            draft.Add(instalment, records.Line);
    }

    private void Report(int column, string problem) => ReportField(LoanColumns.Names[column], problem);

    private void ReportField(string field, string problem)
    {
        errors.Add(new(records.Line, field, problem));
        if (draft is not null)
            draft.IsBad = true;
    }
}

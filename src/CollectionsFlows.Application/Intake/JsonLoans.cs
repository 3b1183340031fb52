using System.Text.Json;

namespace CollectionsFlows.Application.Intake;

/// <summary>Reads loans from NDJSON, one object a line.</summary>
internal static class JsonLoans
{
    public static void Read(Stream stream, LoanBook book, List<InputError> errors)
    {
        var lines = new BoundedLines(stream);
        while (lines.Next() is { } line)
        {
            if (line.Problem is null && line.Bytes.Span.Trim(" \t"u8).IsEmpty)
                continue;
            if (line.Problem is { } problem)
                Refuse(line.Number, problem);
            else
                ReadLine(line);
        }

        void Refuse(int number, string problem)
        {
            errors.Add(new(number, "", problem));
            book.CountNameless();
        }

        void ReadLine(BoundedLine line)
        {
            using var document = OutsideJson.Parse(line.Bytes, out var notJson);
            if (document is null)
                Refuse(line.Number, notJson);
            else if (document.RootElement.ValueKind != JsonValueKind.Object)
                Refuse(line.Number, $"{OutsideJson.KindOf(document.RootElement)}; expected a loan object");
            else
                ReadLoan(document.RootElement, line.Number, book, errors);
        }
    }

    private static void ReadLoan(JsonElement json, int line, LoanBook book, List<InputError> errors)
    {
        var before = errors.Count;
        void Report(string path, string problem) => errors.Add(new(line, path, problem));
        OutsideJson.Check(json, "", Report);
        if (errors.Count > before)
        {
            book.CountNameless();
            return;
        }

        var loan = new JsonLoan(json, "", Report);
        var raw = loan.RawFields();
        if (book.Find(raw[LoanColumns.LoanId]) is { } earlier && raw[LoanColumns.LoanId].Length > 0)
        {
            Report("loanId", $"loan {FieldChecks.Shown(earlier.LoanId)} is already on line {earlier.Line}");
            earlier.IsBad = true;
            return;
        }

        var fields = LoanFields.Read(raw, book.Pool, nameRequired: true, (column, problem) => Report(LoanColumns.Names[column], problem));
        var draft = new LoanDraft(raw[LoanColumns.LoanId], line) { Raw = raw, Fields = fields, Attributes = loan.Attributes(book.Pool) };
        foreach (var instalment in loan.Instalments(fields?.Currency))
            draft.Add(instalment, line);
        draft.IsBad = errors.Count > before;
        if (FieldChecks.Name(draft.LoanId) is null)
            book.Add(draft);
        else
            book.CountNameless();
    }
}

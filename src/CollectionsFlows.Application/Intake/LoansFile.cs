using System.Text;

namespace CollectionsFlows.Application.Intake;

/// <summary>Reads a portfolio: CSV with a row per instalment, or NDJSON with a loan a line (contract.md, "Loans file").</summary>
/// <remarks>
/// Nothing in a file makes it throw: whatever is wrong is listed, every bad row of it, without ever showing a name, phone or e-mail.
/// A loan with a bad row is left out whole. Zones that are not stated are derived (<see cref="BorrowerZones"/>).
/// </remarks>
public static class LoansFile
{
    /// <summary>Reads a stream, NDJSON when it begins with <c>{</c>, else CSV.</summary>
    /// <param name="stream">UTF-8, with or without byte order mark; not closed.</param>
    /// <param name="format">How to read it; null: by its first character.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static LoansFileResult Read(Stream stream, PortfolioFormat? format = null)
    {
        var peeked = new PeekedStream(stream);
        var errors = new List<InputError>();
        var book = new LoanBook(errors);
        switch (peeked.FirstOfContent)
        {
            case null:
                errors.Add(new(1, "", "the file is empty; expected a header row and a row per instalment, or a JSON loan a line"));
                break;
            case var first when (format ?? (first == (byte)'{' ? PortfolioFormat.Ndjson : PortfolioFormat.Csv)) == PortfolioFormat.Ndjson:
                JsonLoans.Read(peeked, book, errors);
                break;
            default:
                CsvLoans.Read(peeked, book, errors);
                break;
        }

        return book.Finish();
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static LoansFileResult ReadFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    /// <summary>Reads text.</summary>
    public static LoansFileResult ReadText(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return Read(stream);
    }
}

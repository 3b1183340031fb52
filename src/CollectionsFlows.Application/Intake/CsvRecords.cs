using System.Text;

namespace CollectionsFlows.Application.Intake;

/// <summary>Reads a CSV stream record by record, and goes on after every broken one.</summary>
/// <remarks>
/// A quoted value may span lines. A quote that is never closed would swallow the rest of the file, so a record that spans lines and is not
/// well-formed is reported at its first line, and reading goes on with its second.
/// </remarks>
internal sealed class CsvRecords(Stream stream)
{
    private const int MaxLinesOfRecord = 20;

    private readonly BoundedLines lines = new(stream);
    private readonly Stack<(int Number, string Text)> again = [];
    private readonly List<(int Number, string Text)> joined = [];
    private readonly char[] decoded = new char[BoundedLines.MaxBytes];

    /// <summary>The record just read; of an unreadable one, as much as could be read.</summary>
    public CsvRecord Record { get; } = new();

    /// <summary>The line on which it begins.</summary>
    public int Line { get; private set; }

    /// <summary>Why it cannot be used; null when it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>False at the end of the file. Empty lines are passed over.</summary>
    /// <param name="expectedFields">How many fields a record has; 0 when not known yet.</param>
    public bool Next(int expectedFields)
    {
        while (NextLine(out var text))
        {
            if (text.IsEmpty && Problem is null)
                continue;
            Record.Start(text);
            if (Problem is null)
                Complete(expectedFields);
            return true;
        }

        return false;
    }

    private void Complete(int expectedFields)
    {
        var first = Line;
        joined.Clear();
        while (Record is { IsOpen: true, Problem: null } && joined.Count < MaxLinesOfRecord && NextLine(out var text) && Problem is null)
        {
            joined.Add((Line, text.ToString()));
            Record.Continue(text);
        }

        var last = Line;
        Line = first;
        Problem = ProblemOf(expectedFields, last);
        if (Problem is null)
            return;
        for (var i = joined.Count - 1; i >= 0; i--)
            again.Push(joined[i]);
    }

    private string? ProblemOf(int expectedFields, int last) => this switch
    {
        { Problem: not null } => $"a quote is opened on this line and not closed before line {last}, where {Problem}",
        { Record.Problem: not null } => Record.Problem,
        { Record.IsOpen: true } => $"column {Record.Count + 1}: a quote is opened and not closed",
        _ when expectedFields > 0 && Record.Count != expectedFields => joined.Count == 0
            ? $"{Record.Count} columns; expected {expectedFields} as in the header"
            : $"{Record.Count} columns; expected {expectedFields} as in the header (a quote opened on this line closes on line {last})",
        _ => null,
    };

    private bool NextLine(out ReadOnlySpan<char> text)
    {
        Problem = null;
        text = default;
        if (again.TryPop(out var pushed))
        {
            Line = pushed.Number;
            text = pushed.Text;
            return true;
        }

        if (lines.Next() is not { } line)
            return false;
        (Line, Problem) = (line.Number, line.Problem);
        text = decoded.AsSpan(0, Encoding.UTF8.GetChars(line.Bytes.Span, decoded));
        return true;
    }
}

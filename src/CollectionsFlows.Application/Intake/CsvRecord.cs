namespace CollectionsFlows.Application.Intake;

/// <summary>One record of a CSV file (RFC 4180), split into fields without a string for each: a portfolio has millions of them.</summary>
/// <remarks>Strict where lenient readers guess: a quote in the middle of a value is an error, because guessing shifts money into other columns.</remarks>
internal sealed class CsvRecord
{
    private readonly List<int> ends = [];
    private char[] text = new char[1024];
    private int length;
    private bool quoted;
    private bool closed;

    /// <summary>Whether a quoted value is still open at the end of what was read.</summary>
    public bool IsOpen => quoted && !closed;

    /// <summary>What is wrong with the quotes; null when nothing.</summary>
    public string? Problem { get; private set; }

    public int Count => ends.Count;

    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : ends[index - 1];
            return text.AsSpan(start, ends[index] - start);
        }
    }

    /// <summary>Starts a record with its first line.</summary>
    public void Start(ReadOnlySpan<char> line)
    {
        ends.Clear();
        (length, quoted, closed, Problem) = (0, false, false, null);
        Split(line);
    }

    /// <summary>Goes on with the next line of a record whose quoted value is open.</summary>
    public void Continue(ReadOnlySpan<char> line)
    {
        Append('\n');
        Split(line);
    }

    private void Split(ReadOnlySpan<char> line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (IsOpen)
            {
                if (c != '"')
                    Append(c);
                else if (i + 1 < line.Length && line[i + 1] == '"')
                    Append(line[++i]);
                else
                    closed = true;
            }
            else if (c == ',')
            {
                EndField();
            }
            else if (closed)
            {
                Problem ??= $"column {ends.Count + 1}: text after a closing quote; expected a comma (a quote inside a quoted value is written twice)";
            }
            else if (c == '"' && length == StartOfField)
            {
                quoted = true;
            }
            else if (c == '"')
            {
                Problem ??= $"column {ends.Count + 1}: a quote inside an unquoted value; quote the whole value and write the inner quote twice";
            }
            else
            {
                Append(c);
            }
        }

        if (!IsOpen)
            EndField();
    }

    private int StartOfField => ends.Count == 0 ? 0 : ends[^1];

    private void EndField()
    {
        ends.Add(length);
        (quoted, closed) = (false, false);
    }

    private void Append(char c)
    {
        if (length == text.Length)
            Array.Resize(ref text, length * 2);
        text[length++] = c;
    }
}

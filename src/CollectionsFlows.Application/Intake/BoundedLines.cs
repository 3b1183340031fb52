using System.Text.Unicode;

namespace CollectionsFlows.Application.Intake;

/// <summary>A line of a file, without its line end.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Bytes">UTF-8; valid until the next line is read. Of a line that is too long, its beginning.</param>
/// <param name="Problem">Why it cannot be used; null when it can.</param>
internal readonly record struct BoundedLine(int Number, ReadOnlyMemory<byte> Bytes, string? Problem);

/// <summary>Reads a stream of UTF-8 lines in bounded memory, whatever is in it: a line of a gigabyte is one problem, not a gigabyte.</summary>
internal sealed class BoundedLines(Stream stream)
{
    /// <summary>The longest line that is read. The contract's widest row is far below 1 KiB.</summary>
    public const int MaxBytes = 64 * 1024;

    private readonly byte[] chunk = new byte[MaxBytes];
    private readonly byte[] line = new byte[MaxBytes];
    private int position;
    private int available;
    private int number;

    /// <summary>Null: no more lines. A last line without line end counts, an empty rest does not.</summary>
    public BoundedLine? Next()
    {
        var length = 0;
        var total = 0L;
        var ended = false;
        while (!ended && Fill())
        {
            var rest = chunk.AsSpan(position, available - position);
            var end = rest.IndexOf((byte)'\n');
            var part = end < 0 ? rest : rest[..end];
            var kept = Math.Min(part.Length, MaxBytes - length);
            part[..kept].CopyTo(line.AsSpan(length));
            length += kept;
            total += part.Length;
            position += part.Length + (end < 0 ? 0 : 1);
            ended = end >= 0;
        }

        return !ended && total == 0 ? null : Check(length, total);
    }

    private bool Fill()
    {
        if (position < available)
            return true;
        (position, available) = (0, stream.Read(chunk));
        return available > 0;
    }

    private BoundedLine Check(int length, long total)
    {
        number++;
        var bytes = line.AsMemory(0, length);
        if (total == length && bytes.Span.EndsWith("\r"u8))
            bytes = bytes[..^1];
        if (number == 1 && (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])))
            return new(number, bytes, "the file is UTF-16; save it as UTF-8");
        if (number == 1 && bytes.Span.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        return new(number, bytes, ProblemOf(bytes.Span, total));
    }

    private static string? ProblemOf(ReadOnlySpan<byte> bytes, long total) => total switch
    {
        > MaxBytes => $"the line is {total} bytes long; at most {MaxBytes} are read",
        _ when bytes.Contains((byte)0) => $"a NUL byte at position {bytes.IndexOf((byte)0) + 1}; expected UTF-8 text",
        _ when !Utf8.IsValid(bytes) => "the line is not valid UTF-8; save the file as UTF-8",
        _ => null,
    };
}

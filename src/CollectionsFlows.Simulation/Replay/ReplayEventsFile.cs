using System.Text.Json;
using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Simulation.Replay;

/// <summary>An NDJSON file of events, checked once as a whole and then read again loan by loan: it may be larger than memory.</summary>
public sealed class ReplayEventsFile : IReplayEvents, IDisposable
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle file;
    private readonly List<long> lineStarts;
    private readonly Dictionary<string, List<(long Ticks, int Line)>> byLoan = new(StringComparer.Ordinal);

    private ReplayEventsFile(string path)
    {
        lineStarts = LineStarts(path);
        file = File.OpenHandle(path, options: FileOptions.RandomAccess);
    }

    public IEnumerable<string> LoanIds => byLoan.Keys;

    /// <summary>When the first event happened; null for a file without events.</summary>
    public DateTimeOffset? FirstAt { get; private set; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="errors">Everything wrong in it; empty when the result is not null.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ReplayEventsFile? Open(string path, out IReadOnlyList<InputError> errors)
    {
        var events = new ReplayEventsFile(path);
        var wrong = new List<InputError>();
        using (var stream = File.OpenRead(path))
        {
            foreach (var line in EventsFile.Read(stream))
            {
                wrong.AddRange(line.Errors);
                if (line.Event is { } read)
                {
                    events.Add(read, line.Line);
                }
            }
        }

        errors = wrong;
        if (wrong.Count == 0)
        {
            return events;
        }

        events.Dispose();
        return null;
    }

    public IReadOnlyList<OutsideEvent> Of(string loanId) => byLoan.TryGetValue(loanId, out var lines)
        ? [.. lines.Order().Select(line => ReadLine(line.Line))]
        : [];

    public void Dispose() => file.Dispose();

    private void Add(OutsideEvent read, int line)
    {
        if (!byLoan.TryGetValue(read.LoanId, out var lines))
        {
            byLoan.Add(read.LoanId, lines = new(4));
        }

        lines.Add((read.At.UtcTicks, line));
        FirstAt = FirstAt is { } first && first <= read.At ? first : read.At;
    }

    private OutsideEvent ReadLine(int line)
    {
        var bytes = new byte[lineStarts[line] - lineStarts[line - 1]];
        RandomAccess.Read(file, bytes, lineStarts[line - 1]);
        var json = bytes.AsMemory(bytes.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0);
        using var document = JsonDocument.Parse(json);
        return EventReader.Read(document.RootElement, id: null, out _) ?? throw new InvalidDataException($"line {line} changed while it was being replayed");
    }

    /// <summary>Where each line begins, and the end of the file.</summary>
    private static List<long> LineStarts(string path)
    {
        var starts = new List<long> { 0 };
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        var buffer = new byte[1 << 16];
        var offset = 0L;
        for (int read; (read = stream.Read(buffer)) > 0; offset += read)
        {
            for (int from = 0, at; (at = buffer.AsSpan(from, read - from).IndexOf((byte)'\n')) >= 0; from += at + 1)
            {
                starts.Add(offset + from + at + 1);
            }
        }

        if (starts[^1] != offset)
        {
            starts.Add(offset);
        }

        return starts;
    }
}

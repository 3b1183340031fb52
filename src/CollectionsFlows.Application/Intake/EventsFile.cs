using System.Text.Json;

namespace CollectionsFlows.Application.Intake;

/// <summary>One line of an events file: an event, or everything wrong with it.</summary>
/// <param name="Line">1 for the first.</param>
/// <param name="Event">The event; null when it is bad.</param>
/// <param name="Errors">What is wrong, with the line; empty when it is good.</param>
public readonly record struct EventLine(int Line, OutsideEvent? Event, IReadOnlyList<InputError> Errors);

/// <summary>Reads NDJSON event files, one event a line, as a stream in bounded memory. Nothing in a file makes it throw.</summary>
public static class EventsFile
{
    /// <summary>The lines in order, empty ones passed over.</summary>
    /// <param name="stream">UTF-8, with or without byte order mark; not closed.</param>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static IEnumerable<EventLine> Read(Stream stream)
    {
        var lines = new BoundedLines(stream);
        while (lines.Next() is { } line)
        {
            if (line.Problem is { } problem)
                yield return new(line.Number, null, [new(line.Number, "", problem)]);
            else if (!line.Bytes.Span.Trim(" \t"u8).IsEmpty)
                yield return ReadLine(line);
        }
    }

    private static EventLine ReadLine(BoundedLine line)
    {
        using var document = OutsideJson.Parse(line.Bytes, out var problem);
        if (document is null)
            return new(line.Number, null, [new(line.Number, "", problem)]);
        var read = EventReader.Read(document.RootElement, null, out var errors);
        return new(line.Number, read, [.. errors.Select(error => error with { Line = line.Number })]);
    }
}

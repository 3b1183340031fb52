using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace CollectionsFlows.Application.Policies;

/// <summary>Reads a JSON document into a type and reports every fault of its shape, not only the first.</summary>
internal static class JsonDocumentReader
{
    /// <summary>
    /// The document, and its faults. With faults the value is the document as far as it can be read: what cannot is at its default or at
    /// zero, so that the rest can still be judged. Null when it is no JSON object at all.
    /// </summary>
    internal static (T? Value, IReadOnlyList<JsonFault> Faults) Read<T>(ReadOnlyMemory<byte> utf8, JsonTypeInfo<T> type)
        where T : class
    {
        if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        if (!Utf8.IsValid(utf8.Span)) return (null, [new JsonFault("$", "the file is not UTF-8", "JSON in UTF-8")]);
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var faults = new List<JsonFault>();
            var repaired = new JsonShape(faults).Repair(document.RootElement, type, "$");
            return (document.RootElement.ValueKind == JsonValueKind.Object ? repaired.Deserialize(type) : null, faults);
        }
        catch (JsonException malformed) when (malformed.LineNumber is not null)
        {
            // Only the parser counts lines here: what was repaired has none.
            return (null, [new JsonFault("$", $"line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1}: {FirstSentence(malformed.Message)}", "well-formed JSON")]);
        }
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }
}

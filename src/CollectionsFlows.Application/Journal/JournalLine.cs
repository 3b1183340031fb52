using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Journal;

/// <summary>Writes and reads the canonical line of a fact. One fact has one line, to the byte: whatever differs is tampered with.</summary>
public static class JournalLine
{
    /// <summary>What the first fact of a case names as its predecessor.</summary>
    public const string NoPredecessor = "";

    /// <summary>Bytes of <c>,"hash":"…"}</c>, the end of every line.</summary>
    private const int HashEnding = 9 + (2 * SHA256.HashSizeInBytes) + 2;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The line of a fact behind a predecessor.</summary>
    public static JournalEntry Write(string loanId, RecordedFact recorded, string previousHash)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
        writer.WriteString("loanId"u8, loanId);
        writer.WriteNumber("seq"u8, recorded.Seq);
        writer.WriteString("at"u8, recorded.At.ToUniversalTime());
        writer.WriteString("type"u8, FactTypes.NameOf(recorded.Fact));
        writer.WritePropertyName("data"u8);
        JsonSerializer.Serialize(writer, recorded.Fact, FactTypes.ShapeOf(recorded.Fact));
        writer.WriteString("prev"u8, previousHash);
        writer.Flush();
        var hash = HashOf(buffer.WrittenSpan);
        writer.WriteString("hash"u8, hash);
        writer.WriteEndObject();
        writer.Flush();
        return new JournalEntry(loanId, recorded.Seq, buffer.WrittenSpan.ToArray(), hash);
    }

    /// <summary>Reads a line back.</summary>
    /// <exception cref="JournalFormatException">The line is not what this product writes.</exception>
    public static (string LoanId, RecordedFact Fact, string Previous, string Hash) Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            var type = Text(root, "type");
            var shape = FactTypes.ShapeOf(type) ?? throw new JournalFormatException($"'{type}' is no type of fact");
            var fact = (CaseFact?)root.GetProperty("data").Deserialize(shape) ?? throw new JournalFormatException("data is null");
            var recorded = new RecordedFact(root.GetProperty("seq").GetInt32(), root.GetProperty("at").GetDateTimeOffset(), fact);
            return (Text(root, "loanId"), recorded, Text(root, "prev"), Text(root, "hash"));
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JournalFormatException($"not a line of a journal: {problem.Message}", problem);
        }
    }

    /// <summary>The hash that the bytes of a line ask for; empty when it does not end as a line does.</summary>
    public static string HashOfLine(ReadOnlySpan<byte> line)
    {
        var end = line.Length - HashEnding;
        return end > 0 && line[end..].StartsWith(",\"hash\":\""u8) && line.EndsWith("\"}"u8) ? HashOf(line[..end]) : "";
    }

    private static string Text(JsonElement root, string name) =>
        root.GetProperty(name).GetString() ?? throw new JournalFormatException($"{name} is null");

    /// <summary>SHA-256 over the object without its hash: the bytes so far, closed.</summary>
    private static string HashOf(ReadOnlySpan<byte> open)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var closed = ArrayPool<byte>.Shared.Rent(open.Length + 1);
        try
        {
            open.CopyTo(closed);
            closed[open.Length] = (byte)'}';
            SHA256.HashData(closed.AsSpan(0, open.Length + 1), hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(closed);
        }

        return Convert.ToHexStringLower(hash);
    }
}

/// <summary>A line that is no fact of this product.</summary>
public sealed class JournalFormatException : Exception
{
    public JournalFormatException(string message)
        : base(message)
    {
    }

    public JournalFormatException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public JournalFormatException()
    {
    }
}

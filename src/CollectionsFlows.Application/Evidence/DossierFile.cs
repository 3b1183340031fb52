using System.Text.Encodings.Web;
using System.Text.Json;

namespace CollectionsFlows.Application.Evidence;

/// <summary>Writes and reads <c>dossier.json</c>. One dossier has one text, to the byte, on every machine.</summary>
public static class DossierFile
{
    // People read it too: indented, and words in any script as they are. It is a file, never a part of a page.
    private static readonly DossierJson Readable = new(new JsonSerializerOptions(DossierJson.Default.Options)
    {
        WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The bytes, UTF-8.</summary>
    public static byte[] Write(Dossier dossier) => JsonSerializer.SerializeToUtf8Bytes(dossier, Readable.Dossier);

    /// <summary>Reads it back.</summary>
    /// <exception cref="InvalidDataException">It is no dossier.</exception>
    public static Dossier Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, Readable.Dossier) ?? throw new InvalidDataException("a dossier cannot be null");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"not a dossier: {problem.Message}", problem);
        }
    }
}

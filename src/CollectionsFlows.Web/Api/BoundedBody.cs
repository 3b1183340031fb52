using System.Text.Json;
using CollectionsFlows.Application.Intake;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Api;

/// <summary>Reads small bodies whole, and no more of them than allowed.</summary>
internal static class BoundedBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    /// <summary>The raw bytes; null when there are more than <paramref name="limit"/>, whatever Content-Length says.</summary>
    public static async ValueTask<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (request.ContentLength > limit)
            return null;
        var buffer = new byte[limit + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return length > limit ? null : buffer[..length];
    }

    /// <summary>Parses JSON strictly: no comments, no trailing commas, no property twice, no deep nesting.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body, out InputError? error)
    {
        error = null;
        JsonDocument? json = null;
        try
        {
            json = JsonDocument.Parse(body, Strict);
            ReadTexts(json.RootElement);
            return json;
        }
        catch (InvalidOperationException)
        {
            json?.Dispose();
            error = new InputError(null, "", "a string or name has a broken \\u escape (half a surrogate pair); expected text");
            return null;
        }
        catch (JsonException malformed)
        {
            // The parser's own message quotes the body, which may hold personal data.
            var line = malformed.LineNumber is { } number ? (int?)number + 1 : null;
            error = new InputError(line, "", line is null
                ? "the body is not JSON, or names a property twice"
                : $"the body is not JSON: it cannot be read at byte {malformed.BytePositionInLine + 1} of the line");
            return null;
        }
    }

    /// <summary>Half a surrogate pair is JSON and no text: it must fail here, where it is the sender's, not where the text is first read.</summary>
    /// <exception cref="InvalidOperationException">There is one.</exception>
    private static void ReadTexts(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
            _ = json.GetString();
        else if (json.ValueKind == JsonValueKind.Array)
            foreach (var item in json.EnumerateArray())
                ReadTexts(item);
        else if (json.ValueKind == JsonValueKind.Object)
            foreach (var property in json.EnumerateObject())
            {
                _ = property.Name;
                ReadTexts(property.Value);
            }
    }
}

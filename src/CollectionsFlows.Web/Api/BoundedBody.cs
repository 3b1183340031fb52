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
        try
        {
            return JsonDocument.Parse(body, Strict);
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
}

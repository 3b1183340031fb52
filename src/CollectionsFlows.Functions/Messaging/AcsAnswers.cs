using System.Net.Http;
using System.Text.Json;
using Azure;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>What a refusal by Azure Communication Services says about a message, whatever its medium: certainly not sent, or nobody knows.</summary>
/// <remarks>Nothing of the answer's words is passed on: they may quote the address. What is passed on is a code.</remarks>
internal static class AcsAnswers
{
    /// <summary>A refusal of the whole request, or no answer at all.</summary>
    /// <param name="failed">What the client threw.</param>
    /// <param name="carrierCode">Finds a carrier's code in the error's words; null: its codes say nothing.</param>
    public static Handover Of(RequestFailedException failed, Func<string?, string?>? carrierCode = null) => failed.Status == 0
        ? NoAnswer(failed)
        : Of(failed.Status, carrierCode?.Invoke(ErrorOf(failed.GetRawResponse())), failed.GetRawResponse()?.Headers.RetryAfter());

    /// <summary>A refusal by its status.</summary>
    public static Handover Of(int status, string? carrierCode, TimeSpan? retryAfter)
    {
        var code = carrierCode ?? $"http-{status}";
        return status switch
        {
            429 => Handover.Later(code, retryAfter),
            // Not the message is wrong but our access: nobody is "unreachable" because a role is missing.
            401 or 403 or 404 or 407 => Handover.Later(code, retryAfter),
            // Too slow, in conflict, or broken on their side: it may be on its way.
            408 or 409 => new Handover(MessageStatus.Unknown, code),
            >= 400 and <= 499 => new Handover(MessageStatus.Failed, code),
            _ => new Handover(MessageStatus.Unknown, code),
        };
    }

    /// <summary>Where no connection came about nothing was said; anything that broke later may have been heard.</summary>
    private static Handover NoAnswer(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException
                {
                    HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError,
                })
            {
                return Handover.Later("no-connection");
            }
        }

        return new Handover(MessageStatus.Unknown, "no-answer");
    }

    /// <summary>Code and message of the body's error. Not the exception's own message: that quotes headers, and part of a request id may look like a carrier's code.</summary>
    private static string? ErrorOf(Response? response)
    {
        try
        {
            using var body = JsonDocument.Parse(response?.Content ?? BinaryData.FromString("{}"));
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                ? $"{Words(error, "code")} {Words(error, "message")}"
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null; // No JSON, or a body nobody has buffered.
        }
    }

    private static string? Words(JsonElement error, string name) =>
        error.TryGetProperty(name, out var words) && words.ValueKind == JsonValueKind.String ? words.GetString() : null;

    /// <summary>Seconds or a date; the date is compared with the answer's own clock where it has one.</summary>
    private static TimeSpan? RetryAfter(this Azure.Core.ResponseHeaders headers)
    {
        if (!headers.TryGetValue("Retry-After", out var text) || !System.Net.Http.Headers.RetryConditionHeaderValue.TryParse(text, out var after))
        {
            return null;
        }

        var wait = after.Delta ?? (after.Date - headers.Date);
        return wait > TimeSpan.Zero ? wait : null;
    }
}

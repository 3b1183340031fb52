using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Web.Api;

/// <summary>Reads a message that an agent wrote, from JSON or from a form.</summary>
internal sealed record AgentMessage(string Id, WrittenMessage Message)
{
    public const int LongestText = 10_000;
    private const int LongestSubject = 200;
    private const int LongestReason = 500;
    private const int LongestId = 200;

    private static readonly string[] Known = ["channel", "text", "subject", "purpose", "reason", "id"];

    /// <summary>The message, or null and everything wrong with how it was sent; what it says is judged elsewhere.</summary>
    public static AgentMessage? Read(JsonElement json, string caller, string? idempotencyKey, out IReadOnlyList<InputError> errors)
    {
        var wrong = new List<InputError>();
        errors = wrong;
        if (json.ValueKind != JsonValueKind.Object)
        {
            wrong.Add(new(null, "$", "expected a message object"));
            return null;
        }

        wrong.AddRange(json.EnumerateObject().Where(property => !Known.Contains(property.Name, StringComparer.Ordinal))
            .Select(property => new InputError(null, $"$.{property.Name}", $"unknown property; known are {string.Join(", ", Known)}")));
        wrong.AddRange(json.EnumerateObject().Where(property => property.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            .Select(property => new InputError(null, $"$.{property.Name}", "expected a string")));
        string? Text(string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return Of(Text, caller, idempotencyKey, wrong);
    }

    /// <summary>The same from named values, e.g. a form's.</summary>
    public static AgentMessage? Of(Func<string, string?> value, string caller, string? idempotencyKey, List<InputError> wrong)
    {
        Channel? channel = value("channel") switch { "sms" => Channel.Sms, "email" => Channel.Email, "letter" => Channel.Letter, _ => null };
        Purpose? purpose = value("purpose") switch { null or "" or "collect" => Purpose.Collect, "care" => Purpose.Care, "confirmation" => Purpose.Confirmation, _ => null };
        var (text, reason, subject) = (value("text")?.Trim().ReplaceLineEndings("\n") ?? "", value("reason")?.Trim() ?? "", value("subject")?.Trim());
        var key = value("id") ?? idempotencyKey;
        void Require(bool holds, string field, string problem)
        {
            if (!holds)
                wrong.Add(new InputError(null, $"$.{field}", problem));
        }

        Require(channel is not null, "channel", "expected sms, email or letter");
        Require(purpose is not null, "purpose", "expected collect, care or confirmation");
        Require(text.Length is > 0 and <= LongestText && !text.Contains('\0', StringComparison.Ordinal), "text", $"expected the message, 1 to {LongestText} characters");
        Require(reason.Length is > 0 and <= LongestReason, "reason", $"expected why you write, 1 to {LongestReason} characters");
        Require(subject is null or { Length: <= LongestSubject }, "subject", $"expected at most {LongestSubject} characters");
        Require(channel != Channel.Sms || string.IsNullOrEmpty(subject), "subject", "an SMS has no subject");
        Require(key is null or { Length: > 0 and <= LongestId }, "id", $"expected 1 to {LongestId} characters");
        return wrong.Count > 0
            ? null
            : new AgentMessage(NewId(caller, key), new WrittenMessage(channel!.Value, purpose!.Value, text, string.IsNullOrEmpty(subject) ? null : ComposedText.OneLine(subject), reason));
    }

    // A repeated key of the same agent gives the same id, so that a retry is a duplicate. Hashed: an id is in the journal, and a client may put anything in it.
    private static string NewId(string caller, string? key) => key is null
        ? $"msg-{Guid.CreateVersion7():N}"
        : $"msg-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{key}")).AsSpan(0, 16))}";
}

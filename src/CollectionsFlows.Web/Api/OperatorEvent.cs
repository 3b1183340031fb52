using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Web.Api;

/// <summary>Reads an event that an operator enters: the contract's shape with a reason, without a loan id (the path has it), id and time optional.</summary>
internal sealed record OperatorEvent(OutsideEvent Event, string Reason)
{
    private const int LongestReason = 500;
    private static readonly string[] Known = ["type", "data", "reason", "at", "id", "loanId"];

    /// <summary>The event, or null and everything wrong with it.</summary>
    /// <param name="json">The body.</param>
    /// <param name="loanId">From the path.</param>
    /// <param name="caller">Who enters it: an approval is decided by this name.</param>
    /// <param name="idempotencyKey">Makes the id when the body has none; null: a new id.</param>
    /// <param name="now">The time when the body has none.</param>
    /// <param name="errors">Empty when the result is not null.</param>
    public static OperatorEvent? Read(
        JsonElement json, string loanId, string caller, string? idempotencyKey, DateTimeOffset now, out IReadOnlyList<InputError> errors)
    {
        var wrong = new List<InputError>();
        errors = wrong;
        if (json.ValueKind != JsonValueKind.Object)
        {
            wrong.Add(new(null, "$", "expected an event object"));
            return null;
        }

        wrong.AddRange(json.EnumerateObject().Where(property => !Known.Contains(property.Name, StringComparer.Ordinal))
            .Select(property => new InputError(null, $"$.{property.Name}", $"unknown property; known are {string.Join(", ", Known)}")));
        var reason = json.TryGetProperty("reason", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()!.Trim() : "";
        if (reason.Length is 0 or > LongestReason)
            wrong.Add(new(null, "$.reason", $"expected why you enter this, 1 to {LongestReason} characters"));
        if (json.TryGetProperty("loanId", out var loan) && !(loan.ValueKind == JsonValueKind.String && loan.GetString() == loanId))
            wrong.Add(new(null, "$.loanId", "differs from the path"));

        using var complete = Complete(json, loanId, caller, reason, idempotencyKey, now, wrong);
        var read = EventReader.Read(complete.RootElement, id: null, out var problems);
        wrong.AddRange(problems.Select(problem => JsonPath.Under("$", problem)));
        return read is null || wrong.Count > 0 ? null : new(read with { BodySha256 = HashOf(json, loanId) }, reason);
    }

    private static JsonDocument Complete(
        JsonElement json, string loanId, string caller, string reason, string? idempotencyKey, DateTimeOffset now, List<InputError> wrong)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteOr(json, "id", writer, () => writer.WriteString("id", NewId(caller, idempotencyKey)));
            WriteOr(json, "at", writer, () => writer.WriteString("at", now));
            writer.WriteString("loanId", loanId);
            WriteOr(json, "type", writer, () => { });
            if (IsDecision(json) && json.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
                WriteDecision(data, caller, reason, writer, wrong);
            else
                WriteOr(json, "data", writer, () => { });
            writer.WriteEndObject();
        }

        return JsonDocument.Parse(buffer.WrittenMemory);
    }

    private static bool IsDecision(JsonElement json) =>
        json.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("approval.decided");

    /// <summary>Nobody decides in another's name.</summary>
    private static void WriteDecision(JsonElement data, string caller, string reason, Utf8JsonWriter writer, List<InputError> wrong)
    {
        writer.WriteStartObject("data");
        foreach (var property in data.EnumerateObject())
            property.WriteTo(writer);
        if (!data.TryGetProperty("by", out var by))
            writer.WriteString("by", caller);
        else if (by.ValueKind != JsonValueKind.String || by.GetString() != caller)
            wrong.Add(new(null, "$.data.by", "must be absent or your own name"));
        if (!data.TryGetProperty("reason", out _))
            writer.WriteString("reason", reason);
        writer.WriteEndObject();
    }

    private static void WriteOr(JsonElement json, string name, Utf8JsonWriter writer, Action otherwise)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            otherwise();
            return;
        }

        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }

    // A repeated key of the same operator gives the same id, so that a retry is a duplicate.
    private static string NewId(string caller, string? idempotencyKey) => idempotencyKey is null
        ? $"op-{Guid.CreateVersion7():N}"
        : $"op-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{idempotencyKey}")).AsSpan(0, 16))}";

    // Of what the operator sent, not of what was added to it: a retry gets another time, and is still the same event.
    private static string HashOf(JsonElement json, string loanId)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            json.WriteTo(writer);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{loanId}\n"));
        hash.AppendData(buffer.WrittenSpan);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

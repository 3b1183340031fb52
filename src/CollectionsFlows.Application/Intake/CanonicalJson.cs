using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace CollectionsFlows.Application.Intake;

/// <summary>One spelling for each JSON value: properties sorted, nulls left out, numbers without trailing zeros or exponents, no white space.</summary>
/// <remarks>So an event that was stored and serialised again by its sender is recognised, and a changed one is a conflict.</remarks>
internal static class CanonicalJson
{
    /// <summary>SHA-256 of the canonical spelling, lower-case hex.</summary>
    /// <param name="json">The value; it passed <see cref="OutsideJson.Check"/>.</param>
    /// <param name="without">Top-level properties that do not count.</param>
    public static string Sha256(JsonElement json, params ReadOnlySpan<string> without) => Convert.ToHexStringLower(SHA256.HashData(Bytes(json, without)));

    public static byte[] Bytes(JsonElement json, params ReadOnlySpan<string> without)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(json, writer, without);
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(JsonElement json, Utf8JsonWriter writer, ReadOnlySpan<string> without)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in json.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    if (property.Value.ValueKind == JsonValueKind.Null || without.Contains(property.Name))
                        continue;
                    writer.WritePropertyName(property.Name);
                    Write(property.Value, writer, []);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in json.EnumerateArray())
                    Write(item, writer, []);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Number(json));
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }

    // A number beyond decimal keeps its own spelling: no value of the contract is that large or small.
    private static string Number(JsonElement json) =>
        decimal.TryParse(json.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && (value != 0m || json.GetDouble() == 0d)
            ? value.ToString("0.############################", CultureInfo.InvariantCulture)
            : json.GetRawText();
}

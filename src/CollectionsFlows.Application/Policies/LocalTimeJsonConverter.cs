using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CollectionsFlows.Application.Policies;

/// <summary>A local time as <c>HH:mm</c>.</summary>
public sealed class LocalTimeJsonConverter : JsonConverter<TimeOnly>
{
    internal const string Format = "HH:mm";

    public override TimeOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TryParse(reader.TokenType == JsonTokenType.String ? reader.GetString() : null, out var time) ? time : throw new JsonException($"expected a time as {Format}");

    public override void Write(Utf8JsonWriter writer, TimeOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(Format, CultureInfo.InvariantCulture));

    internal static bool TryParse(string? text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}

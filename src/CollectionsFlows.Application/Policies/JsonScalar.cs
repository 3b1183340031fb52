using System.Text.Json;
using System.Text.Json.Nodes;

namespace CollectionsFlows.Application.Policies;

/// <summary>The single values a policy is made of.</summary>
internal static class JsonScalar
{
    internal static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    internal static bool Fits(JsonElement element, Type type)
    {
        if (type == typeof(bool)) return element.ValueKind is JsonValueKind.True or JsonValueKind.False;
        if (type == typeof(int)) return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out _);
        if (type == typeof(decimal)) return element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out _);
        if (element.ValueKind != JsonValueKind.String) return false;
        if (type == typeof(TimeOnly)) return LocalTimeJsonConverter.TryParse(element.GetString(), out _);
        return !type.IsEnum || Names(type).Contains(element.GetString(), StringComparer.Ordinal);
    }

    internal static string Described(Type type)
    {
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(int)) return "a whole number";
        if (type == typeof(decimal)) return "a number";
        if (type == typeof(TimeOnly)) return $"a time as {LocalTimeJsonConverter.Format}";
        return type.IsEnum ? $"one of {string.Join(", ", Names(type))}" : "text";
    }

    internal static JsonNode Neutral(Type type)
    {
        if (type == typeof(bool)) return false;
        if (type == typeof(int) || type == typeof(decimal)) return 0;
        if (type == typeof(TimeOnly)) return "00:00";
        return type.IsEnum ? Names(type).First() : "";
    }

    private static IEnumerable<string> Names(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName);
}

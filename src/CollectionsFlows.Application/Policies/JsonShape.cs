using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace CollectionsFlows.Application.Policies;

/// <summary>Walks a document against the metadata of the type it should be, notes every fault and returns a copy that can be read.</summary>
/// <remarks>The shape comes from the source-generated type info, so there is one description of the format: the types themselves.</remarks>
internal sealed class JsonShape(List<JsonFault> faults)
{
    /// <summary>The element, or what stands in for it where it is not of the type.</summary>
    internal JsonNode Repair(JsonElement element, JsonTypeInfo type, string path) => type.Kind switch
    {
        JsonTypeInfoKind.Object => Object(element, type, path),
        JsonTypeInfoKind.Enumerable => Array(element, type, path),
        _ => Scalar(element, type, path),
    };

    private JsonObject Object(JsonElement element, JsonTypeInfo type, string path)
    {
        if (element.ValueKind != JsonValueKind.Object) return (JsonObject)Mistaken(element, type, path, "an object");
        var repaired = new JsonObject();
        var members = type.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var memberPath = Member(path, member.Name);
            if (!seen.Add(member.Name))
                faults.Add(new JsonFault(memberPath, $"'{member.Name}' occurs twice", "each member once"));
            else if (!members.TryGetValue(member.Name, out var property))
                faults.Add(new JsonFault(memberPath, $"unknown member '{member.Name}'", $"one of {string.Join(", ", members.Keys)}"));
            else
                Value(repaired, member.Value, property, type, memberPath);
        }

        foreach (var (name, property) in members.Where(member => IsRequired(member.Value) && !seen.Contains(member.Key)))
            faults.Add(new JsonFault(Member(path, name), $"'{name}' is missing", Described(type.Options.GetTypeInfo(property.PropertyType))));
        Complete(repaired, type);
        return repaired;
    }

    /// <summary>Takes over a member's value; an optional one that cannot be read is left out, and so at its default.</summary>
    private void Value(JsonObject repaired, JsonElement element, JsonPropertyInfo property, JsonTypeInfo owner, string path)
    {
        var type = owner.Options.GetTypeInfo(property.PropertyType);
        if (element.ValueKind == JsonValueKind.Null && IsNullable(property))
        {
            repaired[property.Name] = null;
            return;
        }

        var before = faults.Count;
        var value = Repair(element, type, path);
        if (faults.Count == before || type.Kind != JsonTypeInfoKind.None) repaired[property.Name] = value;
    }

    private JsonArray Array(JsonElement element, JsonTypeInfo type, string path)
    {
        if (element.ValueKind != JsonValueKind.Array) return (JsonArray)Mistaken(element, type, path, "a list");
        var items = type.Options.GetTypeInfo(type.ElementType!);
        return new JsonArray([.. element.EnumerateArray().Select((item, index) => Repair(item, items, $"{path}[{index}]"))]);
    }

    private JsonNode Scalar(JsonElement element, JsonTypeInfo type, string path)
    {
        var fits = JsonScalar.Fits(element, JsonScalar.Underlying(type.Type));
        return fits ? JsonNode.Parse(element.GetRawText())! : Mistaken(element, type, path, JsonScalar.Described(JsonScalar.Underlying(type.Type)));
    }

    private JsonNode Mistaken(JsonElement element, JsonTypeInfo type, string path, string expected)
    {
        faults.Add(new JsonFault(path, $"{Shown(element)} is not {expected}", expected));
        return Neutral(type);
    }

    /// <summary>The least that can be read as the type.</summary>
    private static JsonNode Neutral(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => Complete([], type),
        JsonTypeInfoKind.Enumerable => new JsonArray(),
        _ => JsonScalar.Neutral(JsonScalar.Underlying(type.Type)),
    };

    /// <summary>Gives required members that are absent the least that can be read, optional ones their default.</summary>
    private static JsonObject Complete(JsonObject repaired, JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => !repaired.ContainsKey(property.Name)))
        {
            var value = IsRequired(property) ? Neutral(type.Options.GetTypeInfo(property.PropertyType)) : JsonDefaults.Of(type, property);
            if (value is not null) repaired[property.Name] = value;
        }

        return repaired;
    }

    private static string Described(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => "an object",
        JsonTypeInfoKind.Enumerable => "a list",
        _ => JsonScalar.Described(JsonScalar.Underlying(type.Type)),
    };

    /// <summary>Whether a document must have the member: required by the type, or by a constructor that has no default for it.</summary>
    internal static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || (property.AssociatedParameter is { IsMemberInitializer: false, HasDefaultValue: false } && !IsNullable(property));

    private static bool IsNullable(JsonPropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null ||
        (!property.PropertyType.IsValueType && (property.AssociatedParameter?.IsNullable ?? property.IsSetNullable));

    private static string Member(string path, string name) =>
        name.Length > 0 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '$' or '_') ? $"{path}.{name}" : $"{path}['{name}']";

    private static string Shown(JsonElement element)
    {
        var text = element.GetRawText();
        return element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            _ => text.Length > 60 ? text[..60] + "…" : text,
        };
    }
}

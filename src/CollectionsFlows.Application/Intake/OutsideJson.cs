using System.Text.Json;

namespace CollectionsFlows.Application.Intake;

/// <summary>What every JSON text from outside must satisfy before anybody reads its values.</summary>
internal static class OutsideJson
{
    /// <summary>Parses one text; null when it is not JSON, with the reason in <paramref name="problem"/>.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, out string problem)
    {
        problem = "";
        try
        {
            return JsonDocument.Parse(utf8);
        }
        catch (JsonException e)
        {
            // The exception's own message quotes the text, which may be personal.
            problem = $"not valid JSON at byte {e.BytePositionInLine + 1}; expected one complete JSON object";
            return null;
        }
    }

    /// <summary>Reports properties that appear twice (which of them counts is anybody's guess) and strings that are no text (half a surrogate pair).</summary>
    public static void Check(JsonElement json, string path, Action<string, string> report)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(json, path, report);
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in json.EnumerateArray().Index())
                    Check(item, $"{path}[{index}]", report);
                break;
            case JsonValueKind.String when TextOf(json) is null:
                report(path, "the string has a broken \\u escape; expected text");
                break;
        }
    }

    /// <summary>The name of a kind of value, for people.</summary>
    public static string KindOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Null => "null",
        _ => "nothing",
    };

    public static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static void CheckObject(JsonElement json, string path, Action<string, string> report)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
                report(path, "a property name has a broken \\u escape; expected text");
            else if (!names.Add(name))
                report(Join(path, Short(name)), "the property appears twice");
            else
                Check(property.Value, Join(path, Short(name)), report);
        }
    }

    private static string Short(string name) => name.Length <= 100 ? name : name[..100] + "…";

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Policies;

/// <summary>The JSON Schema of a policy file, made from the same type info that reads it.</summary>
public static class PolicySchema
{
    private static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    /// <summary>The schema as it is published beside the shipped policies.</summary>
    public static string Text()
    {
        var schema = PolicyJson.Default.Policy.GetJsonSchemaAsNode(Options).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "CollectionsFlows policy");
        return schema.ToJsonString(new JsonSerializerOptions(PolicyJson.Default.Options) { TypeInfoResolver = PolicyJson.Default, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n";
    }

    /// <summary>Adds what the exporter cannot know: the form of times, members a constructor requires, and what members mean.</summary>
    private static JsonObject Transform(JsonSchemaExporterContext context, JsonNode exported)
    {
        var schema = exported as JsonObject ?? [];
        if (JsonScalar.Underlying(context.TypeInfo.Type) == typeof(TimeOnly))
        {
            schema["type"] = "string";
            schema["pattern"] = "^([01][0-9]|2[0-3]):[0-5][0-9]$";
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            var required = context.TypeInfo.Properties.Where(JsonShape.IsRequired).Select(property => (JsonNode?)property.Name).ToArray();
            schema.Remove("required");
            if (required.Length > 0) schema["required"] = new JsonArray(required);
        }

        if (context.PropertyInfo is { } member && PolicyDescriptions.Of(member.DeclaringType, member.Name) is { } description)
            schema.Insert(0, "description", description);
        return schema;
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace CollectionsFlows.Application.Policies;

/// <summary>What an absent member means: the default its declaration gives it.</summary>
/// <remarks>
/// Source-generated deserialisation sets every <c>init</c> member, absent ones to zero or null, and so loses the declared defaults.
/// They are taken from an instance as the type makes it and written into the document before it is read.
/// </remarks>
internal static class JsonDefaults
{
    private static readonly ConcurrentDictionary<Type, object?> Instances = new();

    /// <summary>The default of an optional member; null when that is null, or when a constructor parameter provides it.</summary>
    internal static JsonNode? Of(JsonTypeInfo type, JsonPropertyInfo property)
    {
        var instance = Instances.GetOrAdd(type.Type, Make);
        var value = instance is null ? null : property.Get?.Invoke(instance);
        return value is null ? null : JsonSerializer.SerializeToNode(value, type.Options.GetTypeInfo(property.PropertyType));
    }

    private static object? Make(Type type) => type.GetConstructor([]) is { } constructor ? constructor.Invoke([]) : null;
}

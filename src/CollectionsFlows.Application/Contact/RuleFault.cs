using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Contact;

/// <summary>Says in a lender's words what the JSON reader says in a programmer's: which member is wrong and what was expected.</summary>
internal static partial class RuleFault
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking;

    private static readonly Dictionary<string, Type> Kinds = ContactJson.Default.ContactRule.PolymorphismOptions!.DerivedTypes
        .ToDictionary(derived => (string)derived.TypeDiscriminator!, derived => derived.DerivedType, StringComparer.Ordinal);

    /// <summary>The names of the kinds of rule.</summary>
    public static IEnumerable<string> Types => Kinds.Keys;

    /// <summary>The name of a rule's kind.</summary>
    public static string NameOf(ContactRule rule) => Kinds.First(kind => kind.Value == rule.GetType()).Key;

    /// <summary>The kind of rule a piece of JSON says it is.</summary>
    public static Type? TypeOf(JsonNode? item) =>
        item is JsonObject && item["$type"] is JsonValue value && value.TryGetValue<string>(out var name) ? Kinds.GetValueOrDefault(name) : null;

    /// <summary>The fault in words.</summary>
    public static string Of(JsonException fault, Type? type)
    {
        var message = fault.Message;
        if (Unknown().Match(message) is { Success: true } unknown)
            return UnknownMember(unknown.Groups["member"].Value, unknown.Groups["type"].Value);
        if (Missing().Match(message) is { Success: true } missing)
            return $"expected also {missing.Groups["members"].Value.TrimEnd('.')}";
        if (Discriminator().Match(message) is { Success: true } kind)
            return $"'{kind.Groups["kind"].Value}' is no $type; expected one of {string.Join(", ", Types)}";
        if (message.Contains("could not be converted", StringComparison.Ordinal) && fault.Path is { } path)
            return $"{path}: expected {Expected(At(type, path))}";
        return $"{(type is null ? "not a rule" : $"not a {type.Name}")}: {message.Split(" Path:")[0].TrimEnd('.')}";
    }

    private static string UnknownMember(string member, string type)
    {
        var known = ContactJson.Default.GetTypeInfo(Kinds.Values.Append(typeof(JurisdictionPack)).FirstOrDefault(kind => kind.FullName == type) ?? typeof(JurisdictionPack))!
            .Properties.Select(property => property.Name).ToList();
        return NearestName.To(member, known) is { } near
            ? $"'{member}' is no member here; expected perhaps '{near}'"
            : $"'{member}' is no member here; expected {string.Join(", ", known.Order(StringComparer.Ordinal))}";
    }

    /// <summary>The type of the member at a path such as <c>$.window.length</c> or <c>$.channels[0]</c>; null when it is no member.</summary>
    private static Type? At(Type? type, string path)
    {
        foreach (var step in path.Split('.', '[').Skip(1).Select(step => step.TrimEnd(']')))
            type = type switch
            {
                null => null,
                { IsGenericType: true } when int.TryParse(step, out _) => type.GetGenericArguments()[^1],
                _ => ContactJson.Default.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type)?.Properties.FirstOrDefault(property => property.Name == step)?.PropertyType,
            };
        return type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
    }

    private static string Expected(Type? type) => type switch
    {
        null => "another value",
        { IsEnum: true } => $"one of {string.Join(", ", Names(type))}",
        _ when type == typeof(int) => "a whole number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(string) => "a string",
        _ when type == typeof(DateOnly) => "a date, like 2026-03-01",
        _ when type == typeof(TimeOnly) => "a time of day, like 09:00:00",
        { IsGenericType: true } when type.Name.Contains("List", StringComparison.Ordinal) => "an array",
        _ => "an object",
    };

    private static IEnumerable<string> Names(Type type) =>
        type == typeof(RuleStatus) ? ["T", "S"] : type == typeof(DayOfWeek) ? Enum.GetNames(type) : Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName);

    [GeneratedRegex(@"JSON property '(?<member>[^']+)' could not be mapped to any \.NET member contained in type '(?<type>[^']+)'", Options)]
    private static partial Regex Unknown();

    [GeneratedRegex("missing required properties including: (?<members>.+)$", Options)]
    private static partial Regex Missing();

    [GeneratedRegex("unrecognized type discriminator id '(?<kind>[^']+)'", Options)]
    private static partial Regex Discriminator();
}

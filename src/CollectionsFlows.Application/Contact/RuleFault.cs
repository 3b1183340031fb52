using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Contact;

/// <summary>Says in a lender's words what the JSON reader says in a programmer's: which member is wrong and what was expected.</summary>
internal static partial class RuleFault
{
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
            return UnknownMember(unknown.Groups[1].Value, unknown.Groups[2].Value);
        if (Missing().Match(message) is { Success: true } missing)
            return $"expected also {missing.Groups[1].Value.TrimEnd('.')}";
        if (Discriminator().Match(message) is { Success: true } kind)
            return $"'{kind.Groups[1].Value}' is no $type; expected one of {string.Join(", ", Types)}";
        if (Unconvertible().Match(message) is { Success: true } wrong)
            return $"{fault.Path ?? "$"}: expected {Expected(wrong.Groups[1].Value)}";
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

    private static string Expected(string type)
    {
        var inner = Regex.Match(type, @"Nullable`1\[(.+)\]").Groups[1] is { Success: true } nullable ? nullable.Value : type;
        return inner switch
        {
            "System.Int32" => "a whole number",
            "System.Boolean" => "true or false",
            "System.String" => "a string",
            "System.DateOnly" => "a date, like 2026-03-01",
            "System.TimeOnly" => "a time of day, like 09:00:00",
            _ when typeof(ContactRule).Assembly.GetType(inner) is { IsEnum: true } words =>
                $"one of {string.Join(", ", Enum.GetNames(words).Select(JsonNamingPolicy.KebabCaseLower.ConvertName))}",
            _ when inner.Contains("List", StringComparison.Ordinal) => "an array",
            _ => $"a {inner.Split('.', '[')[^1].TrimEnd(']')}",
        };
    }

    [GeneratedRegex(@"JSON property '([^']+)' could not be mapped to any \.NET member contained in type '([^']+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Unknown();

    [GeneratedRegex("missing required properties including: (.+?)\\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex Missing();

    [GeneratedRegex("unrecognized type discriminator id '([^']+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Discriminator();

    [GeneratedRegex(@"could not be converted to (\S+?)\.? Path", RegexOptions.CultureInvariant)]
    private static partial Regex Unconvertible();
}

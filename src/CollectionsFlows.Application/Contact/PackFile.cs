using System.Text.Json;
using System.Text.Json.Nodes;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Contact;

/// <summary>Reads a pack a person wrote and says everything that is wrong with it, rule by rule; writes one to be kept.</summary>
public static class PackFile
{
    /// <summary>The pack; null where anything is wrong, which is then in <paramref name="errors"/>.</summary>
    public static JurisdictionPack? Read(string text, ICollection<string> errors)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text, documentOptions: new() { CommentHandling = JsonCommentHandling.Disallow });
        }
        catch (JsonException e)
        {
            errors.Add($"line {e.LineNumber + 1}: not JSON: {FirstSentence(e.Message)}");
            return null;
        }

        try
        {
            return Read(root, errors);
        }
        catch (ArgumentException e)
        {
            errors.Add($"not a pack: {e.Message.ReplaceLineEndings(" ")}"); // A member appears twice.
            return null;
        }
    }

    /// <summary>A pack as JSON, for <c>rules show --json</c> and to be kept.</summary>
    public static string Write(JurisdictionPack pack) => JsonSerializer.Serialize(pack, ContactJson.Default.JurisdictionPack);

    internal static string Write(CalendarFile calendar) => JsonSerializer.Serialize(calendar, ContactJson.Default.CalendarFile);

    /// <summary>What of a pack judges: everything but the words about it. Two packs of which this is equal give equal verdicts.</summary>
    internal static string Judging(JurisdictionPack pack) => Write(pack with
    {
        Title = "", Source = null, AsOf = null, Supersedes = null,
        Rules = [.. pack.Rules.Select(rule => rule with { Title = "", Source = "", Status = default, AsOf = null, Override = rule.Override is null ? null : new("", "") })],
    });

    /// <summary>What of a calendar judges.</summary>
    internal static string Judging(CalendarFile calendar) => Write(calendar with
    {
        Title = "", Source = "", AsOf = null, Supersedes = null, Version = calendar.Version ?? 1, Override = calendar.Override is null ? null : new("", ""),
        Years = calendar.Years is null ? null : [.. calendar.Years.Select(year => year with { Source = null })],
    });

    private static JurisdictionPack? Read(JsonNode? root, ICollection<string> errors)
    {
        if (root is not JsonObject || root["rules"] is not JsonArray items)
        {
            errors.Add("not a pack: expected an object with \"id\", \"title\", \"version\", \"supersedes\" and \"rules\", an array");
            return null;
        }

        var before = errors.Count;
        var rules = items.Select((item, index) => Rule(item, index, errors)).OfType<ContactRule>().ToList();
        var head = (JsonObject)root.DeepClone();
        head["rules"] = new JsonArray();
        try
        {
            var pack = head.Deserialize(ContactJson.Default.JurisdictionPack)!;
            return errors.Count == before ? pack with { Rules = rules } : null;
        }
        catch (JsonException e)
        {
            errors.Add($"the pack itself: {RuleFault.Of(e, typeof(JurisdictionPack))}");
            return null;
        }
    }

    private static ContactRule? Rule(JsonNode? item, int index, ICollection<string> errors)
    {
        var name = item is JsonObject && item["id"] is JsonValue id && id.TryGetValue<string>(out var text) ? $"rule {index + 1} ({text})" : $"rule {index + 1}";
        try
        {
            var rule = item.Deserialize(ContactJson.Default.ContactRule) ?? throw new JsonException("null");
            if (rule.Fault is not { } fault)
                return rule;
            errors.Add($"{name}: {fault}");
        }
        catch (JsonException e)
        {
            errors.Add($"{name}: {RuleFault.Of(e, RuleFault.TypeOf(item))}");
        }
        catch (NotSupportedException)
        {
            errors.Add($"{name}: expected \"$type\", one of {string.Join(", ", RuleFault.Types)}"); // Not one derived type is meant.
        }

        return null;
    }

    private static string FirstSentence(string message) => message.Split(" LineNumber:")[0].TrimEnd('.');
}

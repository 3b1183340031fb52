using System.Text.Json;
using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact.Content;

namespace CollectionsFlows.Application.Contact;

/// <summary>The lists messages are judged by: those shipped, and those a lender adds. Engineering input, not legal advice.</summary>
public static class ContentCatalogue
{
    private const string Folder = "content/";

    private static readonly Lazy<ContentRules> ShippedOnce = new(LoadShipped);

    /// <summary>What the product ships: the JSON files beside this code, by id.</summary>
    public static ContentRules Shipped() => ShippedOnce.Value;

    /// <summary>Rules with a lender's list added; it can add phrases, domains and required elements, and take nothing away.</summary>
    /// <exception cref="FormatException">Not a list, or one that does not fit the list it adds to.</exception>
    public static ContentRules With(this ContentRules rules, string lenderList) => rules.With(Read(lenderList));

    /// <summary>A list as a file that may be added to.</summary>
    public static string Write(ContentList list) => JsonSerializer.Serialize(list, ContentJson.Default.ContentList);

    private static ContentList Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, ContentJson.Default.ContentList) ?? throw new FormatException("A content list cannot be null.");
        }
        catch (JsonException malformed)
        {
            throw new FormatException($"Not a content list: {malformed.Message}", malformed);
        }
    }

    private static ContentRules LoadShipped()
    {
        var assembly = typeof(ContentCatalogue).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        return ContentRules.Of([.. names.Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return Read(reader.ReadToEnd());
        })]);
    }
}

/// <summary>The JSON of content lists: camelCase names, unknown members refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    Converters = [typeof(Policies.KebabCaseJsonConverter<Core.Loans.CreditorRole>)])]
[JsonSerializable(typeof(ContentList))]
internal sealed partial class ContentJson : JsonSerializerContext;

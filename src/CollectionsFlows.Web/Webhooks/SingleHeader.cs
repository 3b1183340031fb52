using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Webhooks;

/// <summary>Reads a header that must be there once: of two, nobody knows which one was signed.</summary>
internal static class SingleHeader
{
    public static WebhookVerdict.Rejected? Of(IHeaderDictionary headers, string name, out string value)
    {
        var values = headers[name];
        value = values.Count == 1 ? values[0] ?? "" : "";
        if (values.Count > 1)
            return new($"{Slug(name)}-repeated", $"the header {name} is there {values.Count} times");
        return value.Length == 0 ? new($"{Slug(name)}-missing", $"the header {name} is missing or empty") : null;
    }

    private static string Slug(string name) => name.ToLowerInvariant();
}

using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Webhooks;

/// <summary>A signature scheme with the secrets of one source.</summary>
public interface IWebhookVerifier
{
    /// <summary>The header by which a request shows that it uses this scheme.</summary>
    string SignatureHeader { get; }

    /// <summary>Judges the raw body as received, before anything parses it.</summary>
    WebhookVerdict Verify(IHeaderDictionary headers, ReadOnlySpan<byte> body);
}

using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Webhooks;

/// <summary>Standard Webhooks: HMAC-SHA256 of <c>id.timestamp.body</c>; <c>webhook-id</c> is the idempotency key.</summary>
/// <param name="secrets">Several while a secret is rotated: any of them may have signed.</param>
/// <param name="clock">Wall time: senders do not know of a virtual clock.</param>
public sealed class StandardWebhookVerifier(IReadOnlyList<WebhookSecret> secrets, TimeProvider clock) : IWebhookVerifier
{
    private const string Version = "v1,";
    private const int MaxSignatures = 20;
    private const int SignatureBytes = 32;

    public string SignatureHeader => "webhook-signature";

    public WebhookVerdict Verify(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        if (SingleHeader.Of(headers, "webhook-id", out var id) is { } noId)
            return noId;
        if (id.Length > 200 || !id.All(c => c is > ' ' and <= '~'))
            return new WebhookVerdict.Rejected("webhook-id-invalid", "webhook-id must be 1 to 200 printable ASCII characters without spaces");
        if (SingleHeader.Of(headers, "webhook-timestamp", out var timestamp) is { } noTimestamp)
            return noTimestamp;
        if (SingleHeader.Of(headers, SignatureHeader, out var header) is { } noSignature)
            return noSignature;
        if (SignedTime.Check(timestamp, "webhook-timestamp", clock.GetUtcNow()) is { } stale)
            return stale;

        var signatures = SignaturesIn(header);
        if (signatures.Count == 0)
            return new WebhookVerdict.Rejected("webhook-signature-unreadable", "webhook-signature holds no v1,<base64> signature of 32 bytes; other versions are ignored");
        return WebhookSecret.AnySigned(secrets, $"{id}.{timestamp}.", body, signatures)
            ? new WebhookVerdict.Accepted(id)
            : new WebhookVerdict.Rejected("webhook-signature-mismatch", "no signature fits: check the secret, and that the signed body is the sent body byte for byte");
    }

    private static List<byte[]> SignaturesIn(string header)
    {
        var signatures = new List<byte[]>();
        foreach (var part in header.Split(' ', MaxSignatures + 1, StringSplitOptions.RemoveEmptyEntries).Take(MaxSignatures))
        {
            var buffer = new byte[part.Length];
            if (part.StartsWith(Version, StringComparison.Ordinal)
                && Convert.TryFromBase64String(part[Version.Length..], buffer, out var length) && length == SignatureBytes)
                signatures.Add(buffer[..length]);
        }

        return signatures;
    }
}

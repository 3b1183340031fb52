using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Webhooks;

/// <summary>Stripe's scheme: <c>Stripe-Signature: t=…,v1=…</c>, HMAC-SHA256 in hex of <c>t.body</c>. It has no message id, so each event must carry its own.</summary>
/// <param name="secrets">Several while a secret is rotated: any of them may have signed.</param>
/// <param name="clock">Wall time: senders do not know of a virtual clock.</param>
public sealed class StripeWebhookVerifier(IReadOnlyList<WebhookSecret> secrets, TimeProvider clock) : IWebhookVerifier
{
    private const int MaxParts = 20;
    private const int SignatureHexDigits = 64;

    public string SignatureHeader => "Stripe-Signature";

    public WebhookVerdict Verify(IHeaderDictionary headers, ReadOnlySpan<byte> body)
    {
        if (SingleHeader.Of(headers, SignatureHeader, out var header) is { } missing)
            return missing;
        var parts = header.Split(',', MaxParts + 1, StringSplitOptions.TrimEntries).Take(MaxParts).ToList();
        var times = parts.Where(part => part.StartsWith("t=", StringComparison.Ordinal)).Select(part => part[2..]).ToList();
        if (times.Count != 1)
            return new WebhookVerdict.Rejected("webhook-signature-unreadable", "Stripe-Signature must hold exactly one t=<unix seconds>");
        if (SignedTime.Check(times[0], "t in Stripe-Signature", clock.GetUtcNow()) is { } stale)
            return stale;

        // v0 is Stripe's test scheme and must not be trusted; unknown versions are ignored.
        var signatures = parts.Where(part => part.StartsWith("v1=", StringComparison.Ordinal)).Select(part => part[3..])
            .Where(hex => hex.Length == SignatureHexDigits && hex.All(char.IsAsciiHexDigit)).Select(Convert.FromHexString).ToList();
        if (signatures.Count == 0)
            return new WebhookVerdict.Rejected("webhook-signature-unreadable", "Stripe-Signature holds no v1=<64 hex digits> signature; other versions are ignored");
        return WebhookSecret.AnySigned(secrets, $"{times[0]}.", body, signatures)
            ? new WebhookVerdict.Accepted(null)
            : new WebhookVerdict.Rejected("webhook-signature-mismatch", "no signature fits: check the secret, and that the signed body is the sent body byte for byte");
    }
}

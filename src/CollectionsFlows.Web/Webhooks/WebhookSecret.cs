using System.Security.Cryptography;
using System.Text;

namespace CollectionsFlows.Web.Webhooks;

/// <summary>The key of a webhook's HMAC. Prints nothing of itself.</summary>
public sealed class WebhookSecret
{
    private const string StandardPrefix = "whsec_";
    private readonly byte[] key;

    private WebhookSecret(byte[] key) => this.key = key;

    /// <summary>Reads a Standard Webhooks secret: <c>whsec_</c> and base64 of 24 to 64 bytes.</summary>
    /// <returns>Null when it is none; <paramref name="problem"/> says why without repeating it.</returns>
    public static WebhookSecret? ParseStandard(string? text, out string problem)
    {
        problem = "";
        if (text is null || !text.StartsWith(StandardPrefix, StringComparison.Ordinal))
        {
            problem = "a Standard Webhooks secret starts with whsec_";
            return null;
        }

        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text[StandardPrefix.Length..], buffer, out var length))
            problem = "what follows whsec_ is not base64";
        else if (length is < 24 or > 64)
            problem = $"the secret has {length} bytes; it must have 24 to 64";
        return problem.Length == 0 ? new WebhookSecret(buffer[..length]) : null;
    }

    /// <summary>Reads a Stripe secret: its text as it stands is the key; at least 24 printable characters.</summary>
    public static WebhookSecret? ParseStripe(string? text, out string problem)
    {
        problem = text is { Length: >= 24 } && text.All(c => c is > ' ' and <= '~') ? "" : "a Stripe secret is at least 24 printable ASCII characters without spaces";
        return problem.Length == 0 ? new WebhookSecret(Encoding.ASCII.GetBytes(text!)) : null;
    }

    /// <summary>HMAC-SHA256 of the prefix followed by the body, without joining them in memory.</summary>
    internal byte[] Sign(string prefix, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes(prefix));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    /// <summary>Whether any of the secrets made any of the signatures. Every pair is compared, each in constant time, so the time taken tells nothing.</summary>
    internal static bool AnySigned(IEnumerable<WebhookSecret> secrets, string prefix, ReadOnlySpan<byte> body, IReadOnlyList<byte[]> signatures)
    {
        var any = false;
        foreach (var secret in secrets)
        {
            var expected = secret.Sign(prefix, body);
            foreach (var signature in signatures)
                any |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return any;
    }
}

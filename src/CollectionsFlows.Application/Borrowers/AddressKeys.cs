using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Borrowers;

/// <summary>Turns numbers and addresses into opaque keys: equal addresses get equal keys, and nobody without the secret can tell which address a key is (S25).</summary>
/// <param name="secret">The store's secret, 32 bytes.</param>
public sealed class AddressKeys(byte[] secret)
{
    /// <summary>The key of an address. SMS and phone share the number, so they share the key.</summary>
    public string KeyOf(Channel channel, string address)
    {
        var kind = channel is Channel.Sms or Channel.Phone ? "phone" : channel is Channel.Email ? "email" : "place";
        var normal = kind == "phone" ? string.Concat(address.Where(c => c == '+' || char.IsAsciiDigit(c))) : address.Trim().ToUpperInvariant();
        var hash = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{kind}:{normal}"));
        return $"{kind}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}";
    }

    /// <summary>The same borrower, each address under its key.</summary>
    public BorrowerDetails WithKeys(BorrowerDetails details) =>
        details with { Addresses = [.. details.Addresses.Select(address => address with { Key = KeyOf(address.Channel, address.Value) })] };

    /// <summary>A digest of personal data that nobody can test guesses against without the secret, lower-case hex.</summary>
    public string Fingerprint(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(HMACSHA256.HashData(secret, content));
}

using System.Security.Cryptography;
using System.Text;

namespace CollectionsFlows.Application.Privacy;

/// <summary>The keys that wrap the borrowers' data keys. Several may be known, one is active: it wraps what is written from now on. Beside them lies the address key, which never changes.</summary>
/// <remarks>To rotate, put a new key in front and keep the old one until everything is wrapped anew.</remarks>
public sealed class MasterKeys
{
    /// <summary>The id under which the address key is listed among the keys.</summary>
    public const string AddressKeyId = "address";

    private const int KeySize = 32;

    private readonly Dictionary<string, byte[]> keys;

    /// <summary>Keys at hand.</summary>
    /// <param name="activeId">Which of them wraps new data keys.</param>
    /// <param name="keys">32 bytes each, by id (1 to 100 ASCII letters, digits, <c>-</c>, <c>_</c>, <c>.</c>).</param>
    /// <param name="addressKey">32 bytes; must stay the same for the life of the data.</param>
    /// <exception cref="KeysUnusableException">A key or id is malformed, or the active one is missing.</exception>
    public MasterKeys(string activeId, IReadOnlyDictionary<string, byte[]> keys, byte[] addressKey)
    {
        foreach (var (id, key) in keys) CheckKey(id, key);
        CheckKey(AddressKeyId, addressKey);
        if (!keys.ContainsKey(activeId)) throw new KeysUnusableException($"the active master key '{activeId}' is not among the keys");
        (ActiveId, this.keys) = (activeId, new Dictionary<string, byte[]>(keys, StringComparer.Ordinal));
        AddressSecret = HKDF.DeriveKey(HashAlgorithmName.SHA256, addressKey, KeySize, info: "collectionsflows/address-keys"u8.ToArray());
    }

    /// <summary>The key that wraps new data keys.</summary>
    public string ActiveId { get; }

    /// <summary>The secret of <see cref="Borrowers.AddressKeys"/>: derived from the address key, and so untouched by rotation.</summary>
    public byte[] AddressSecret { get; }

    /// <summary>Tells whether data was written with this address key, without telling the key.</summary>
    public string AddressCheck => Convert.ToHexStringLower(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, AddressSecret, 16, info: "collectionsflows/check"u8.ToArray()));

    /// <summary>Reads <c>id:base64;id2:base64;address:base64</c>, the first master key being active.</summary>
    /// <exception cref="KeysUnusableException">It is not of that form; the message says where, without showing a key.</exception>
    public static MasterKeys Parse(string text)
    {
        var given = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        byte[]? addressKey = null;
        string? active = null;
        foreach (var entry in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) throw new KeysUnusableException("master keys: expected 'id:base64' entries separated by ';'");
            var id = entry[..colon];
            CheckId(id); // Before it is named: it may be a key that stands on the wrong side of its colon.
            var key = Decode(id, entry[(colon + 1)..]);
            if (string.Equals(id, AddressKeyId, StringComparison.Ordinal)) addressKey = key;
            else if (!given.TryAdd(id, key)) throw new KeysUnusableException($"master keys: '{id}' is given twice");
            else active ??= id;
        }

        if (active is null) throw new KeysUnusableException("master keys: no key given; expected 'id:base64', 32 random bytes each");
        return addressKey is null
            ? throw new KeysUnusableException($"master keys: the entry '{AddressKeyId}:base64' is missing (32 random bytes that never change, not even on rotation)")
            : new MasterKeys(active, given, addressKey);
    }

    /// <summary>Reads a key from base64.</summary>
    /// <exception cref="KeysUnusableException">It is not 32 bytes in base64.</exception>
    public static byte[] Decode(string id, string base64)
    {
        var key = new byte[KeySize + 1];
        return Convert.TryFromBase64String(base64.Trim(), key, out var length) && length == KeySize
            ? key[..KeySize]
            : throw new KeysUnusableException($"master keys: '{id}' is not {KeySize} bytes in base64");
    }

    /// <summary>A new data key for a borrower, and its wrapped form to be stored.</summary>
    public (byte[] DataKey, byte[] Wrapped) NewDataKey(string borrowerId)
    {
        var dataKey = RandomNumberGenerator.GetBytes(KeySize);
        return (dataKey, Wrap(borrowerId, dataKey));
    }

    /// <summary>The id of the master key a data key is wrapped with.</summary>
    /// <exception cref="CryptographicException">This is no wrapped key.</exception>
    public static string IdOf(ReadOnlySpan<byte> wrapped) =>
        wrapped.Length > 1 && wrapped.Length > 1 + wrapped[0]
            ? Encoding.ASCII.GetString(wrapped.Slice(1, wrapped[0]))
            : throw new CryptographicException("this is not a wrapped key");

    /// <summary>The data key of a borrower.</summary>
    /// <exception cref="KeysUnusableException">It was wrapped with a key that is not known here, or known under the same id with other bytes, or it was changed.</exception>
    public byte[] Unwrap(string borrowerId, ReadOnlySpan<byte> wrapped)
    {
        var id = IdOf(wrapped);
        if (!keys.TryGetValue(id, out var master))
            throw new KeysUnusableException($"the data was encrypted with master key '{id}', which is not among the keys given ({string.Join(", ", keys.Keys.Order(StringComparer.Ordinal))})");
        try
        {
            return SealedBox.Open(master, Place(borrowerId), wrapped[(1 + wrapped[0])..]);
        }
        catch (CryptographicException e)
        {
            throw new KeysUnusableException($"master key '{id}' does not open the key of borrower '{borrowerId}': it is another key than the data was encrypted with, or the data was changed", e);
        }
    }

    /// <summary>The data key wrapped with the active key; null when it already is.</summary>
    public byte[]? Rewrap(string borrowerId, ReadOnlySpan<byte> wrapped) =>
        string.Equals(IdOf(wrapped), ActiveId, StringComparison.Ordinal) ? null : Wrap(borrowerId, Unwrap(borrowerId, wrapped));

    private static byte[] Place(string borrowerId) => Encoding.UTF8.GetBytes($"data-key:{borrowerId}");

    private byte[] Wrap(string borrowerId, byte[] dataKey) =>
        [(byte)ActiveId.Length, .. Encoding.ASCII.GetBytes(ActiveId), .. SealedBox.Seal(keys[ActiveId], Place(borrowerId), dataKey)];

    private static void CheckId(string id)
    {
        if (id.Length is 0 or > 100 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new KeysUnusableException("master keys: an id must be 1 to 100 ASCII letters, digits, '-', '_' or '.'");
    }

    private static void CheckKey(string id, byte[] key)
    {
        CheckId(id);
        if (key.Length != KeySize) throw new KeysUnusableException($"master keys: '{id}' has {key.Length} bytes, expected {KeySize}");
    }
}

using System.Security.Cryptography;

namespace CollectionsFlows.Application.Privacy;

/// <summary>AES-256-GCM with a random nonce, as one array: format (1 byte), nonce (12), tag (16), ciphertext.</summary>
internal static class SealedBox
{
    private const byte Format = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Overhead = 1 + NonceSize + TagSize;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> plain)
    {
        var box = new byte[Overhead + plain.Length];
        box[0] = Format;
        var nonce = box.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, plain, box.AsSpan(Overhead), box.AsSpan(1 + NonceSize, TagSize), associated);
        return box;
    }

    /// <exception cref="CryptographicException">Another key, another place, or the box was changed.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> box)
    {
        if (box.Length < Overhead || box[0] != Format) throw new CryptographicException("this is not a ciphertext of this product");
        var plain = new byte[box.Length - Overhead];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(box.Slice(1, NonceSize), box[Overhead..], box.Slice(1 + NonceSize, TagSize), plain, associated);
        return plain;
    }
}

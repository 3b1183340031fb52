using System.Security.Cryptography;
using System.Text;

namespace CollectionsFlows.Application.Privacy;

/// <summary>Encrypts the fields of one borrower with the borrower's own data key (S25). A ciphertext is bound to the borrower and the field, so that it cannot be moved to another place.</summary>
/// <param name="dataKey">32 bytes.</param>
/// <param name="borrowerId">Whose fields.</param>
public sealed class FieldCipher(byte[] dataKey, string borrowerId)
{
    public byte[] Seal(string field, ReadOnlySpan<byte> plain) => SealedBox.Seal(dataKey, Place(field), plain);

    /// <exception cref="CryptographicException">The ciphertext was changed, or belongs to another borrower or field.</exception>
    public byte[] Open(string field, ReadOnlySpan<byte> ciphertext)
    {
        try
        {
            return SealedBox.Open(dataKey, Place(field), ciphertext);
        }
        catch (CryptographicException e)
        {
            throw new CryptographicException($"field '{field}' of borrower '{borrowerId}' does not decrypt: it was changed, or belongs to another place", e);
        }
    }

    // The length in front keeps (borrower "a", field "bc") apart from (borrower "ab", field "c").
    private byte[] Place(string field) => Encoding.UTF8.GetBytes($"{borrowerId.Length}:{borrowerId}:{field}");
}

namespace CollectionsFlows.Application.Privacy;

/// <summary>Encrypts documents about a borrower with the borrower's data key, so that erasing the borrower makes them unreadable wherever they lie (S25).</summary>
public interface IBorrowerCipher
{
    /// <summary>Encrypts; a borrower without a key gets one.</summary>
    /// <param name="borrowerId">Whose data it is.</param>
    /// <param name="field">What it is: it opens under the same name only.</param>
    /// <param name="plain">The bytes.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<byte[]> SealAsync(string borrowerId, string field, ReadOnlyMemory<byte> plain, CancellationToken cancellation = default);

    /// <summary>Decrypts; null when the borrower was erased since.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The ciphertext was changed, or belongs to another borrower or field.</exception>
    ValueTask<byte[]?> OpenAsync(string borrowerId, string field, ReadOnlyMemory<byte> ciphertext, CancellationToken cancellation = default);
}

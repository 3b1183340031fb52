using System.Globalization;
using System.Security.Cryptography;
using Azure.Storage.Blobs;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Functions.Evidence;

/// <summary>
/// Rendered messages as blobs, one for each try that was handed over, each written once and never touched again: see <see cref="SealedBlobs"/>. They lie
/// in a folder of their own in the dossiers' container, under its immutability policy. No hash of a message is in clear: all of it but the number follows
/// from facts that stay when the borrower is erased, and a hash would tell the number to whoever tries them all (S25).
/// </summary>
/// <param name="container">The container; infrastructure makes it, with its policy.</param>
/// <param name="cipher">Holds the borrowers' keys.</param>
public sealed class BlobMessageArchive(BlobContainerClient container, IBorrowerCipher cipher) : IMessageArchive
{
    private readonly SealedBlobs blobs = new(container, cipher);

    /// <summary>One request when it is new, as it nearly always is; what is there already is opened and compared.</summary>
    public async ValueTask KeepAsync(StoredMessage message, CancellationToken cancellation = default)
    {
        var archived = ArchivedMessage.Of(message);
        var content = archived.ToJson();
        var header = Header(archived.BorrowerId, archived.LoanId, archived.CommandId, archived.Attempt);
        var blob = EvidenceNames.OfMessage(archived.LoanId, archived.CommandId, archived.Attempt);
        if (!await blobs.TryCreateAsync(blob, header, content, cancellation))
        {
            await blobs.SameContentAsync(blob, header, content, cancellation);
        }
    }

    /// <summary>A message as it was archived; null: there is none, or the borrower was erased.</summary>
    /// <param name="borrowerId">The borrower.</param>
    /// <param name="loanId">The loan.</param>
    /// <param name="commandId">The command, as the contact's fact names it.</param>
    /// <param name="attempt">Its try, likewise.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="CryptographicException">It was changed or moved.</exception>
    public async ValueTask<ArchivedMessage?> ReadAsync(string borrowerId, string loanId, string commandId, int attempt, CancellationToken cancellation = default)
    {
        var expected = Header(borrowerId, loanId, commandId, attempt);
        return await blobs.OpenAsync(EvidenceNames.OfMessage(loanId, commandId, attempt), expected, cancellation) is { } content ? ArchivedMessage.Read(content) : null;
    }

    private static EvidenceHeader Header(string borrowerId, string loanId, string commandId, int attempt) =>
        new(borrowerId, loanId, commandId, $"message-{attempt.ToString(CultureInfo.InvariantCulture)}.json", Sha256: null);
}

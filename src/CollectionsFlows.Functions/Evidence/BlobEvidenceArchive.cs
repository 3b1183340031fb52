using System.Security.Cryptography;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Functions.Evidence;

/// <summary>Dossiers as blobs, each written once and never touched again: see <see cref="SealedBlobs"/>.</summary>
/// <param name="container">The container; infrastructure makes it, with its policy.</param>
/// <param name="cipher">Holds the borrowers' keys.</param>
public sealed class BlobEvidenceArchive(BlobContainerClient container, IBorrowerCipher cipher) : IEvidenceArchive
{
    /// <summary>The metadata entry with the SHA-256 of the plain content, lower-case hex.</summary>
    public const string HashEntry = "sha256";

    private readonly SealedBlobs blobs = new(container, cipher);

    public async ValueTask<string> PutAsync(
        string borrowerId, string loanId, string dossierId, string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var header = new EvidenceHeader(borrowerId, loanId, dossierId, name, hash);
        var blob = EvidenceNames.Of(loanId, dossierId, name);
        if (await blobs.HashAsync(blob, cancellation) is { } kept)
        {
            return SealedBlobs.Same(kept, header);
        }

        // Where it cannot be created somebody else wrote it meanwhile, or we did and lost the answer.
        return await blobs.TryCreateAsync(blob, header, content, cancellation) ? hash : await blobs.SameAsync(blob, header, cancellation);
    }

    public ValueTask<byte[]?> GetAsync(string borrowerId, string loanId, string dossierId, string name, CancellationToken cancellation = default) =>
        blobs.OpenAsync(EvidenceNames.Of(loanId, dossierId, name), new EvidenceHeader(borrowerId, loanId, dossierId, name, Sha256: null), cancellation);

    public async ValueTask<IReadOnlyList<(string DossierId, string Name)>> ListAsync(string loanId, CancellationToken cancellation = default)
    {
        var documents = new List<(string DossierId, string Name)>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, EvidenceNames.OfLoan(loanId), cancellation))
        {
            if (EvidenceNames.Read(blob.Name) is { } named)
            {
                documents.Add(named);
            }
            else if (await blobs.ReadAsync(blob.Name, cancellation) is var (header, _))
            {
                documents.Add((header.DossierId, header.Name));
            }
        }

        return [.. documents.OrderBy(document => document.DossierId, StringComparer.Ordinal).ThenBy(document => document.Name, StringComparer.Ordinal)];
    }
}

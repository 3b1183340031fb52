using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Functions.Evidence;

/// <summary>
/// Dossiers as blobs, each written once and never touched again, so that the container may have an immutability policy: one new blob per document,
/// no overwriting, no appending, no metadata set afterwards, no deleting. The content is encrypted with the borrower's key: erasing the borrower
/// makes it unreadable although the blob stays (S25). The SHA-256 of the plain content is in the blob's metadata and in its header.
/// </summary>
/// <param name="container">The container; infrastructure makes it, with its policy.</param>
/// <param name="cipher">Holds the borrowers' keys.</param>
public sealed class BlobEvidenceArchive(BlobContainerClient container, IBorrowerCipher cipher) : IEvidenceArchive
{
    /// <summary>The metadata entry with the SHA-256 of the plain content, lower-case hex.</summary>
    public const string HashEntry = "sha256";

    // One request per document, whatever its size: a blob is there as a whole or not at all.
    private const long LargestSingleWrite = 256 * 1024 * 1024;

    public async ValueTask<string> PutAsync(
        string borrowerId, string loanId, string dossierId, string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        var header = new EvidenceHeader(borrowerId, loanId, dossierId, name, Convert.ToHexStringLower(SHA256.HashData(content.Span)));
        var blob = container.GetBlobClient(EvidenceNames.Of(loanId, dossierId, name));
        if (await HashAsync(blob, cancellation) is { } kept)
        {
            return Same(kept, header);
        }

        var ciphertext = await cipher.SealAsync(borrowerId, header.Field, content, cancellation);
        if (await TryCreateAsync(blob, header, ciphertext, cancellation))
        {
            return header.Sha256;
        }

        // Somebody else wrote it meanwhile, or we did and lost the answer.
        return Same(await HashAsync(blob, cancellation) ?? throw new InvalidOperationException($"the blob {blob.Name} is there and is not"), header);
    }

    public async ValueTask<byte[]?> GetAsync(string borrowerId, string loanId, string dossierId, string name, CancellationToken cancellation = default)
    {
        if (await ReadAsync(EvidenceNames.Of(loanId, dossierId, name), cancellation) is not var (header, ciphertext))
        {
            return null;
        }

        if (header != new EvidenceHeader(borrowerId, loanId, dossierId, name, header.Sha256))
        {
            throw new CryptographicException($"the archived '{name}' of dossier {dossierId} says it is something else: it was changed or moved");
        }

        var content = await cipher.OpenAsync(borrowerId, header.Field, ciphertext, cancellation);
        if (content is null)
        {
            return null;
        }

        return string.Equals(Convert.ToHexStringLower(SHA256.HashData(content)), header.Sha256, StringComparison.Ordinal)
            ? content
            : throw new CryptographicException($"'{name}' of dossier {dossierId} is not what was archived");
    }

    public async ValueTask<IReadOnlyList<(string DossierId, string Name)>> ListAsync(string loanId, CancellationToken cancellation = default)
    {
        var documents = new List<(string DossierId, string Name)>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, EvidenceNames.OfLoan(loanId), cancellation))
        {
            if (EvidenceNames.Read(blob.Name) is { } named)
            {
                documents.Add(named);
            }
            else if (await ReadAsync(blob.Name, cancellation) is var (header, _))
            {
                documents.Add((header.DossierId, header.Name));
            }
        }

        return [.. documents.OrderBy(document => document.DossierId, StringComparer.Ordinal).ThenBy(document => document.Name, StringComparer.Ordinal)];
    }

    /// <summary>Sealing gives other bytes each time, so that it is the hash of the plain content that tells a repetition from a contradiction.</summary>
    private static string Same(string kept, EvidenceHeader header) => string.Equals(kept, header.Sha256, StringComparison.Ordinal)
        ? header.Sha256
        : throw new InvalidOperationException($"'{header.Name}' of dossier {header.DossierId} is archived with other content");

    /// <summary>False: the blob is there already.</summary>
    private static async ValueTask<bool> TryCreateAsync(BlobClient blob, EvidenceHeader header, byte[] ciphertext, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            Metadata = new Dictionary<string, string>(StringComparer.Ordinal) { [HashEntry] = header.Sha256 },
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/octet-stream" },
            TransferOptions = new Azure.Storage.StorageTransferOptions { InitialTransferSize = LargestSingleWrite },
        };
        try
        {
            await blob.UploadAsync(BinaryData.FromBytes(header.Before(ciphertext)), options, cancellation);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>The hash a blob was written with; null: there is no such blob.</summary>
    private static async ValueTask<string?> HashAsync(BlobClient blob, CancellationToken cancellation)
    {
        try
        {
            BlobProperties properties = await blob.GetPropertiesAsync(cancellationToken: cancellation);
            return properties.Metadata.TryGetValue(HashEntry, out var hash)
                ? hash
                : throw new CryptographicException($"the blob {blob.Name} was changed: it has lost its hash");
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    private async ValueTask<(EvidenceHeader Header, ReadOnlyMemory<byte> Ciphertext)?> ReadAsync(string name, CancellationToken cancellation)
    {
        try
        {
            BlobDownloadResult read = await container.GetBlobClient(name).DownloadContentAsync(cancellation);
            return EvidenceHeader.Read(read.Content.ToMemory(), name);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }
}

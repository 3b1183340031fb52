using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Functions.Evidence;

/// <summary>
/// Blobs written once and never touched again, so that the container may have an immutability policy: one new blob per document, no overwriting, no
/// appending, no metadata set afterwards, no deleting. The content is encrypted with the borrower's key: erasing the borrower makes it unreadable
/// although the blob stays (S25). The SHA-256 of a dossier's plain content is in the blob's metadata and in its header; of a message nothing of the kind is in clear.
/// </summary>
internal sealed class SealedBlobs(BlobContainerClient container, IBorrowerCipher cipher)
{
    // One request per document, whatever its size: a blob is there as a whole or not at all.
    private const long LargestSingleWrite = 256 * 1024 * 1024;

    public BlobContainerClient Container => container;

    /// <summary>False: the blob is there already, perhaps by our own hand whose answer was lost.</summary>
    public async ValueTask<bool> TryCreateAsync(string name, EvidenceHeader header, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var ciphertext = await cipher.SealAsync(header.BorrowerId, header.Field, content, cancellation);
        var options = new BlobUploadOptions
        {
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            Metadata = header.Sha256 is { } hash ? new Dictionary<string, string>(StringComparer.Ordinal) { [BlobEvidenceArchive.HashEntry] = hash } : null,
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/octet-stream" },
            TransferOptions = new Azure.Storage.StorageTransferOptions { InitialTransferSize = LargestSingleWrite },
        };
        try
        {
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(header.Before(ciphertext)), options, cancellation);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <summary>The hash a blob was written with; null: there is no such blob.</summary>
    public async ValueTask<string?> HashAsync(string name, CancellationToken cancellation)
    {
        try
        {
            BlobProperties properties = await container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellation);
            return properties.Metadata.TryGetValue(BlobEvidenceArchive.HashEntry, out var hash)
                ? hash
                : throw new CryptographicException($"the blob {name} was changed: it has lost its hash");
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
    }

    /// <summary>Sealing gives other bytes each time, so that it is the hash of the plain content that tells a repetition from a contradiction.</summary>
    /// <exception cref="InvalidOperationException">The blob that is there has other content.</exception>
    public async ValueTask<string> SameAsync(string name, EvidenceHeader header, CancellationToken cancellation) =>
        Same(await HashAsync(name, cancellation) ?? throw Missing(name), header);

    /// <inheritdoc cref="SameAsync"/>
    public static string Same(string kept, EvidenceHeader header) => string.Equals(kept, header.Sha256, StringComparison.Ordinal) ? kept : throw Contradiction(header);

    /// <summary>Where no hash is in clear, the content itself tells a repetition from a contradiction. What nobody can read any more, the borrower being erased, is let be.</summary>
    /// <exception cref="InvalidOperationException">The blob that is there has other content.</exception>
    /// <exception cref="CryptographicException">It was changed or moved.</exception>
    public async ValueTask SameContentAsync(string name, EvidenceHeader header, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var blob = await ReadAsync(name, cancellation) ?? throw Missing(name);
        if (await OpenAsync(blob, header, cancellation) is { } kept && !content.Span.SequenceEqual(kept))
        {
            throw Contradiction(header);
        }
    }

    /// <summary>The content of a blob that must be what it is asked for as; null: there is none, or nobody can read it any more.</summary>
    /// <param name="name">The blob's name.</param>
    /// <param name="expected">What it must say it is; its hash is looked up.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="CryptographicException">It was changed or moved.</exception>
    public async ValueTask<byte[]?> OpenAsync(string name, EvidenceHeader expected, CancellationToken cancellation) =>
        await ReadAsync(name, cancellation) is { } blob ? await OpenAsync(blob, expected, cancellation) : null;

    /// <summary>A blob as it lies there; null: there is none.</summary>
    public async ValueTask<(EvidenceHeader Header, ReadOnlyMemory<byte> Ciphertext)?> ReadAsync(string name, CancellationToken cancellation)
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

    /// <summary>Null: nobody can read it any more. A header without a hash is bound to the ciphertext as one without: nobody can take a hash away.</summary>
    private async ValueTask<byte[]?> OpenAsync((EvidenceHeader Header, ReadOnlyMemory<byte> Ciphertext) blob, EvidenceHeader expected, CancellationToken cancellation)
    {
        var header = blob.Header;
        if (header != expected with { Sha256 = header.Sha256 })
        {
            throw new CryptographicException($"the archived '{expected.Name}' of {expected.DossierId} says it is something else: it was changed or moved");
        }

        var content = await cipher.OpenAsync(header.BorrowerId, header.Field, blob.Ciphertext, cancellation);
        return content is null || header.Sha256 is null || string.Equals(Convert.ToHexStringLower(SHA256.HashData(content)), header.Sha256, StringComparison.Ordinal)
            ? content
            : throw new CryptographicException($"'{expected.Name}' of {expected.DossierId} is not what was archived");
    }

    private static InvalidOperationException Missing(string name) => new($"the blob {name} is there and is not");

    private static InvalidOperationException Contradiction(EvidenceHeader header) => new($"'{header.Name}' of {header.DossierId} is archived with other content");
}

using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Lender;

namespace CollectionsFlows.Functions.Hosting;

/// <summary>Keeps each version of a lender's rules from its first use, so that what it judged can be proven later. Written once, never changed.</summary>
/// <param name="container">Best one that takes nothing but new blobs.</param>
public sealed class RuleArchive(BlobContainerClient container)
{
    /// <summary>Where in the container, one blob for each version.</summary>
    public const string Folder = "rules-used/";

    /// <summary>Keeps what is in force, before anything is judged by it.</summary>
    /// <exception cref="UsageException">A version was used with another content.</exception>
    public async Task KeepAsync(PackCatalogue catalogue, CancellationToken cancellation = default)
    {
        await container.CreateIfNotExistsAsync(PublicAccessType.None, cancellationToken: cancellation);
        foreach (var (label, text) in PackArchive.KeptOf(catalogue))
        {
            var blob = container.GetBlobClient($"{Folder}{label}.json");
            if (!await TryCreateAsync(blob, text, cancellation) && !PackArchive.AreSame(label, (await blob.DownloadContentAsync(cancellation)).Value.Content.ToString(), text))
                throw new UsageException($"{label} was in force here with another content (kept in {Folder}{label}.json): raise the \"version\" of what you changed, so that contacts of the past keep their proof");
        }
    }

    private static async Task<bool> TryCreateAsync(BlobClient blob, string text, CancellationToken cancellation)
    {
        try
        {
            await blob.UploadAsync(new BinaryData(text), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellation);
            return true;
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412)
        {
            return false;
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using CollectionsFlows.Functions.Evidence;
using CollectionsFlows.Simulation.Stores;

namespace CollectionsFlows.Functions.Tests.Evidence;

/// <summary>What lies in the container, and what happens when somebody else had a hand in it.</summary>
public sealed class BlobEvidenceArchiveTests : IAsyncLifetime
{
    private const string Sha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-4's own example.

    private readonly ErasableKeys keys = new(new InMemoryStore());
    private readonly ImmutabilityPolicy policy = new();
    private EvidenceContainer container = null!;
    private BlobEvidenceArchive archive = null!;

    public async Task InitializeAsync()
    {
        container = await EvidenceContainer.CreateAsync();
        archive = new BlobEvidenceArchive(container.Through(policy), keys);
    }

    public async Task DisposeAsync() => await container.DisposeAsync();

    [Fact]
    public async Task a_document_is_one_conditional_write_with_its_hash_as_metadata()
    {
        await PutAsync("abc");
        Assert.Equal(["HEAD", "PUT If-None-Match=*"], policy.Requests);
        var blob = Assert.Single(await BlobsAsync());
        Assert.Equal("L-1/L-1~003a7/dossier~002ejson", blob.Name);
        Assert.Equal(Sha256OfAbc, blob.Metadata["sha256"]);
    }

    [Fact]
    public async Task a_large_document_is_one_write_too()
    {
        var content = new byte[9 * 1024 * 1024];
        await archive.PutAsync("B-1", "L-1", "L-1:7", "dossier.json", content);
        Assert.Equal(["HEAD", "PUT If-None-Match=*"], policy.Requests);
        Assert.Equal(content, await archive.GetAsync("B-1", "L-1", "L-1:7", "dossier.json"));
    }

    [Fact]
    public async Task the_same_again_writes_nothing_although_sealing_gives_other_bytes()
    {
        await PutAsync("abc");
        var before = (await BlobsAsync()).Single().Properties.ETag;
        Assert.Equal(Sha256OfAbc, await PutAsync("abc"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await PutAsync("abd"));
        Assert.Equal(before, (await BlobsAsync()).Single().Properties.ETag);
        Assert.Equal(1, policy.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task of_many_who_archive_the_same_at_once_all_get_its_hash_and_one_blob_is_there()
    {
        var hashes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => PutAsync("abc").AsTask()));
        Assert.All(hashes, hash => Assert.Equal(Sha256OfAbc, hash));
        Assert.Single(await BlobsAsync());
    }

    [Fact]
    public async Task of_two_who_archive_different_things_under_one_name_at_once_one_is_told()
    {
        var both = new[] { PutAsync("abc").AsTask(), PutAsync("abd").AsTask() };
        await Task.WhenAll(both.Select(each => each.ContinueWith(_ => { }, TaskScheduler.Default)));
        Assert.Equal(1, both.Count(each => each.IsCompletedSuccessfully));
        Assert.IsType<InvalidOperationException>(both.Single(each => each.IsFaulted).Exception!.InnerException);
    }

    [Fact]
    public async Task nothing_in_the_container_shows_what_the_document_says()
    {
        const string Said = "Wilhelmina Inventedname, +1 312 555 0142";
        await PutAsync(Said);
        var blob = (await BlobsAsync()).Single();
        var bytes = (await container.Client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray();
        foreach (var word in new[] { "Wilhelmina", "Inventedname", "555", "0142" })
        {
            Assert.DoesNotContain(word, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.DoesNotContain(word, blob.Name, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task a_changed_or_moved_blob_is_never_taken_for_genuine()
    {
        await PutAsync("abc");
        await archive.PutAsync("B-1", "L-1", "L-1:8", "dossier.json", "other"u8.ToArray());
        var genuine = container.Client.GetBlobClient("L-1/L-1~003a7/dossier~002ejson");
        var bytes = (await genuine.DownloadContentAsync()).Value.Content.ToArray();
        var moved = (await container.Client.GetBlobClient("L-1/L-1~003a8/dossier~002ejson").DownloadContentAsync()).Value.Content.ToArray();
        for (var at = 0; at < bytes.Length; at += 11)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 1;
            await AssertNotGenuineAsync(genuine, changed);
        }

        await AssertNotGenuineAsync(genuine, bytes[..^3]);
        await AssertNotGenuineAsync(genuine, moved);
        await AssertNotGenuineAsync(genuine, []);
    }

    [Fact]
    public async Task a_blob_of_the_first_release_opens_and_without_its_hash_it_is_not_genuine()
    {
        const string Place = """{"borrowerId":"B-1","loanId":"L-1","dossierId":"L-1:7","name":"dossier.json","sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}""";
        var ciphertext = await keys.SealAsync("B-1", $"evidence/3:L-1/5:L-1:7/12:dossier.json/{Sha256OfAbc}", "abc"u8.ToArray());
        var blob = container.Client.GetBlobClient("L-1/L-1~003a7/dossier~002ejson");
        var metadata = new Dictionary<string, string> { ["sha256"] = Sha256OfAbc };
        byte[] released = [.. Encoding.UTF8.GetBytes(Place + "\n"), .. ciphertext];
        await blob.UploadAsync(BinaryData.FromBytes(released), new BlobUploadOptions { Metadata = metadata });

        Assert.Equal("abc"u8.ToArray(), await archive.GetAsync("B-1", "L-1", "L-1:7", "dossier.json"));
        Assert.Equal(Sha256OfAbc, await PutAsync("abc"));
        byte[] bare = [.. Encoding.UTF8.GetBytes(Place.Replace($",\"sha256\":\"{Sha256OfAbc}\"", "", StringComparison.Ordinal) + "\n"), .. ciphertext];
        await blob.UploadAsync(BinaryData.FromBytes(bare), overwrite: true);
        await Assert.ThrowsAsync<CryptographicException>(async () => await archive.GetAsync("B-1", "L-1", "L-1:7", "dossier.json"));
    }

    [Fact]
    public async Task a_container_that_is_not_there_is_an_error_and_no_empty_archive()
    {
        await container.Client.DeleteAsync();
        await Assert.ThrowsAsync<RequestFailedException>(async () => await archive.GetAsync("B-1", "L-1", "L-1:7", "dossier.json"));
        await Assert.ThrowsAsync<RequestFailedException>(async () => await PutAsync("abc"));
        await Assert.ThrowsAsync<RequestFailedException>(async () => await archive.ListAsync("L-1"));
    }

    private async Task AssertNotGenuineAsync(Azure.Storage.Blobs.BlobClient blob, byte[] bytes)
    {
        await blob.UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);
        try
        {
            var read = await archive.GetAsync("B-1", "L-1", "L-1:7", "dossier.json");
            Assert.True(read is null, $"taken for genuine: {Encoding.Latin1.GetString(bytes)}"); // Under the key of nobody it is unreadable.
        }
        catch (CryptographicException)
        {
            // Noticed.
        }
    }

    private ValueTask<string> PutAsync(string content) => archive.PutAsync("B-1", "L-1", "L-1:7", "dossier.json", Encoding.UTF8.GetBytes(content));

    private async Task<List<BlobItem>> BlobsAsync()
    {
        var blobs = new List<BlobItem>();
        await foreach (var blob in container.Client.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, null, default)) blobs.Add(blob);
        return blobs;
    }
}

using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Functions.Evidence;
using CollectionsFlows.Simulation.Stores;

namespace CollectionsFlows.Functions.Tests.Evidence;

/// <summary>Rendered messages in the evidence container, under its immutability policy.</summary>
public sealed class BlobMessageArchiveTests : IAsyncLifetime
{
    private const string Name = "~messages/L-1/L-1~003a7/1";
    private const string Text = "Wilhelmina, 105.00 is overdue. Example Lending";

    private readonly ErasableKeys keys = new(new InMemoryStore());
    private readonly ImmutabilityPolicy policy = new();
    private EvidenceContainer container = null!;
    private BlobMessageArchive archive = null!;

    public async Task InitializeAsync()
    {
        container = await EvidenceContainer.CreateAsync();
        archive = new BlobMessageArchive(container.Through(policy), keys);
    }

    public async Task DisposeAsync() => await container.DisposeAsync();

    [Fact]
    public async Task a_message_is_one_conditional_write_under_a_name_of_ids_and_reads_back()
    {
        await archive.KeepAsync(Message());

        Assert.Equal(["PUT If-None-Match=*"], policy.Requests);
        var blob = Assert.Single(await BlobsAsync());
        Assert.Equal(Name, blob.Name);
        var read = (await ReadAsync())!;
        Assert.Equal(ArchivedMessage.Of(Message()), read);
        Assert.Equal((Text, Sha256(Text)), (read.Text, read.TextSha256));
        Assert.Empty(blob.Metadata);
    }

    [Fact]
    public async Task the_same_again_in_whatever_state_writes_nothing()
    {
        await archive.KeepAsync(Message());
        var before = (await BlobsAsync()).Single().Properties.ETag;
        foreach (var status in Enum.GetValues<MessageStatus>()) await archive.KeepAsync(Message() with { Status = status });
        await archive.KeepAsync(Message() with { At = Message().At.ToOffset(TimeSpan.FromHours(-6)) });

        Assert.Equal(before, (await BlobsAsync()).Single().Properties.ETag);
    }

    [Fact]
    public async Task another_text_for_the_same_try_is_refused_and_for_the_next_try_is_another_blob()
    {
        await archive.KeepAsync(Message());
        var other = Message() with { Text = "another", TextSha256 = Sha256("another") };
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await archive.KeepAsync(other));
        Assert.Equal(Text, (await ReadAsync())!.Text);

        await archive.KeepAsync(other with { Attempt = other.Attempt! with { Number = 2 } });
        Assert.Equal((Text, "another"), ((await ReadAsync())!.Text, (await ReadAsync(2))!.Text));
        Assert.Equal(2, (await BlobsAsync()).Count);
    }

    [Fact]
    public async Task of_many_who_archive_the_same_at_once_none_fails_and_one_blob_is_there()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => archive.KeepAsync(Message()).AsTask()));
        Assert.Single(await BlobsAsync());
    }

    [Fact]
    public async Task an_answer_that_was_lost_is_no_failure()
    {
        var losing = new BlobMessageArchive(container.Through(new LosesFirstAnswer()), keys);
        await losing.KeepAsync(Message());

        Assert.Equal(Text, (await ReadAsync())!.Text);
        Assert.Single(await BlobsAsync());
    }

    [Fact]
    public async Task an_erased_borrower_leaves_a_blob_nobody_can_read_and_that_is_no_error()
    {
        await archive.KeepAsync(Message());
        await keys.EraseBorrowerAsync("B-1");

        Assert.Null(await ReadAsync());
        Assert.Single(await BlobsAsync());
        await keys.SealAsync("B-1", "anything", "later"u8.ToArray()); // The borrower comes back with another key.
        Assert.Null(await ReadAsync());
    }

    [Fact] // S25: all but the number follows from the facts, and there are not many numbers.
    public async Task nothing_in_clear_lets_who_rebuilds_the_rest_of_an_erased_message_try_the_numbers()
    {
        await archive.KeepAsync(Message());
        var (header, metadata, bytes) = await ClearAsync();
        await keys.EraseBorrowerAsync("B-1");
        var guess = ArchivedMessage.Of(Message()).ToJson(); // The right one.
        byte[][] digests = [guess, SHA256.HashData(guess), Encoding.UTF8.GetBytes(Text), SHA256.HashData(Encoding.UTF8.GetBytes(Text))];
        foreach (var digest in digests)
        {
            Assert.Equal(-1, bytes.AsSpan().IndexOf(digest));
            foreach (var written in new[] { Convert.ToHexStringLower(digest), Convert.ToHexString(digest), Convert.ToBase64String(digest) })
                Assert.DoesNotContain(written, $"{header} {metadata}", StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal("""{"borrowerId":"B-1","loanId":"L-1","dossierId":"L-1:7","name":"message-1.json"}""", header); // Nothing else could depend on the number.
        Assert.Equal("", metadata);
    }

    [Fact]
    public async Task a_repetition_after_the_borrower_was_erased_is_let_be_and_one_after_a_change_of_the_blob_is_noticed()
    {
        await archive.KeepAsync(Message());
        var genuine = container.Client.GetBlobClient(Name);
        var bytes = (await genuine.DownloadContentAsync()).Value.Content.ToArray();
        var changed = (byte[])bytes.Clone();
        changed[^1] ^= 1;
        await genuine.UploadAsync(BinaryData.FromBytes(changed), overwrite: true);
        await Assert.ThrowsAsync<CryptographicException>(async () => await archive.KeepAsync(Message()));

        await genuine.UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);
        await keys.EraseBorrowerAsync("B-1");
        await archive.KeepAsync(Message() with { Text = "", Address = "" }); // What is left of it in the borrower store.
        Assert.Equal(bytes, (await genuine.DownloadContentAsync()).Value.Content.ToArray());
    }

    [Fact]
    public async Task another_number_for_the_same_try_is_refused()
    {
        await archive.KeepAsync(Message());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await archive.KeepAsync(Message() with { Address = "+13125550143" }));
        Assert.Equal("+13125550142", (await ReadAsync())!.Address);
    }

    [Fact]
    public async Task nothing_in_the_container_shows_what_the_message_says_or_to_whom()
    {
        await archive.KeepAsync(Message());
        var blob = (await BlobsAsync()).Single();
        var bytes = Encoding.Latin1.GetString((await container.Client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray());
        foreach (var word in new[] { "Wilhelmina", "overdue", "3125550142", "555", "105.00" })
        {
            Assert.DoesNotContain(word, bytes, StringComparison.Ordinal);
            Assert.DoesNotContain(word, blob.Name, StringComparison.Ordinal);
            Assert.All(blob.Metadata, entry => Assert.DoesNotContain(word, entry.Value, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task a_changed_or_moved_message_is_never_taken_for_genuine()
    {
        await archive.KeepAsync(Message());
        await archive.KeepAsync(Message() with { CommandId = "L-1:8", Text = "other", TextSha256 = Sha256("other") });
        var genuine = container.Client.GetBlobClient(Name);
        var bytes = (await genuine.DownloadContentAsync()).Value.Content.ToArray();
        for (var at = 0; at < bytes.Length; at += 13)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 1;
            await AssertNotGenuineAsync(genuine, changed);
        }

        await AssertNotGenuineAsync(genuine, bytes[..^3]);
        await AssertNotGenuineAsync(genuine, []);
        await AssertNotGenuineAsync(genuine, (await container.Client.GetBlobClient("~messages/L-1/L-1~003a8/1").DownloadContentAsync()).Value.Content.ToArray());
    }

    [Fact]
    public async Task neither_dossiers_nor_messages_show_among_the_others_whatever_the_loan_is_called()
    {
        var dossiers = new BlobEvidenceArchive(container.Through(policy), keys);
        foreach (var loan in new[] { "L-1", "~messages", "messages", "~" })
        {
            await archive.KeepAsync(Message() with { LoanId = loan, CommandId = $"{loan}:7" });
            Assert.Empty(await dossiers.ListAsync(loan));
            await dossiers.PutAsync("B-1", loan, $"{loan}:7", "dossier.json", "abc"u8.ToArray());
            Assert.Equal([($"{loan}:7", "dossier.json")], await dossiers.ListAsync(loan));
            Assert.Equal(Text, (await archive.ReadAsync("B-1", loan, $"{loan}:7", 1))!.Text);
        }

        Assert.Equal(4, (await BlobsAsync()).Count(blob => blob.Name.StartsWith(EvidenceNames.Messages, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task what_was_never_archived_is_null_and_a_container_that_is_not_there_is_an_error()
    {
        Assert.Null(await ReadAsync());
        await container.Client.DeleteAsync();
        await Assert.ThrowsAsync<RequestFailedException>(async () => await ReadAsync());
        await Assert.ThrowsAsync<RequestFailedException>(async () => await archive.KeepAsync(Message()));
    }

    private static StoredMessage Message() => new(
        "L-1:7", "L-1", "B-1", new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero).AddTicks(1234567), Channel.Sms, "+13125550142", Subject: null, Text, Sha256(Text),
        "friendly-reminder", "en-US", Wording: 1, Segments: 1, MessageStatus.Reserved)
    {
        Attempt = new ContactAttempt { CommandId = "L-1:7", Number = 1, Template = "friendly-reminder", Result = ContactResult.Sent, Channel = Channel.Sms },
    };

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private ValueTask<ArchivedMessage?> ReadAsync(int attempt = 1) => archive.ReadAsync("B-1", "L-1", "L-1:7", attempt);

    /// <summary>What anybody sees of the only blob: the line before the ciphertext, the metadata, all bytes.</summary>
    private async Task<(string Header, string Metadata, byte[] Bytes)> ClearAsync()
    {
        var blob = (await BlobsAsync()).Single();
        var bytes = (await container.Client.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray();
        return (Encoding.UTF8.GetString(bytes.AsSpan(0, bytes.AsSpan().IndexOf((byte)'\n'))), string.Join(' ', blob.Metadata.Select(entry => $"{entry.Key}={entry.Value}")), bytes);
    }

    private async Task AssertNotGenuineAsync(BlobClient blob, byte[] bytes)
    {
        await blob.UploadAsync(BinaryData.FromBytes(bytes), overwrite: true);
        try
        {
            Assert.Null(await ReadAsync()); // Under the key of nobody it is unreadable.
        }
        catch (CryptographicException)
        {
            // Noticed.
        }
    }

    private async Task<List<BlobItem>> BlobsAsync()
    {
        var blobs = new List<BlobItem>();
        await foreach (var blob in container.Client.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, null, default)) blobs.Add(blob);
        return blobs;
    }

    /// <summary>The first request is done and its answer never comes; the client asks again by itself.</summary>
    private sealed class LosesFirstAnswer : Azure.Core.Pipeline.HttpPipelinePolicy
    {
        private int asked;

        public override void Process(Azure.Core.HttpMessage message, ReadOnlyMemory<Azure.Core.Pipeline.HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

        public override async ValueTask ProcessAsync(Azure.Core.HttpMessage message, ReadOnlyMemory<Azure.Core.Pipeline.HttpPipelinePolicy> pipeline)
        {
            await ProcessNextAsync(message, pipeline);
            if (Interlocked.Increment(ref asked) == 1)
            {
                await ProcessNextAsync(message, pipeline); // What the client's own retry does: the blob is there by then.
            }
        }
    }
}

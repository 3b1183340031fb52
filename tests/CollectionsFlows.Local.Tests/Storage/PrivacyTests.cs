using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Local.Storage;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Local.Tests.Storage;

/// <summary>S25: personal data is on the disk as ciphertext only, and an erased borrower is gone.</summary>
public sealed class PrivacyTests : IDisposable
{
    private const string Name = "Invented Unmistakable Name";
    private const string Phone = "+12125550123";
    private const string Words = "I lost my invented job 还不起";

    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task no_file_holds_a_name_number_or_word_of_a_borrower()
    {
        var store = await directory.OpenAsync();
        await Fill(store, "B-1");
        await new FileEvidenceArchive(directory.Path, store).PutAsync("B-1", "L-1", "D-1", "dossier.json", Encoding.UTF8.GetBytes($"{Name} {Phone} {Words}"));
        AssertNoPersonalData();
        await store.DisposeAsync();
        AssertNoPersonalData();
    }

    [Fact]
    public async Task an_erased_borrower_leaves_neither_key_nor_ciphertext_in_any_file()
    {
        await using var store = await directory.OpenAsync();
        await Fill(store, "B-1");
        await Fill(store, "B-2");
        byte[][] gone =
        [
            (byte[])SqliteFiles.Run(directory, "SELECT wrapped_key FROM borrowers WHERE borrower_id = 'B-1'")!,
            (byte[])SqliteFiles.Run(directory, "SELECT details FROM borrowers WHERE borrower_id = 'B-1'")!,
            (byte[])SqliteFiles.Run(directory, "SELECT body FROM messages WHERE borrower_id = 'B-1'")!,
            (byte[])SqliteFiles.Run(directory, "SELECT body FROM texts WHERE borrower_id = 'B-1'")!,
        ];
        Assert.All(gone, bytes => Assert.True(IsOnDisk(bytes)));
        await store.EraseBorrowerAsync("B-1");
        Assert.All(gone, bytes => Assert.False(IsOnDisk(bytes)));
        Assert.NotNull((await store.LoadBorrowerAsync("B-2"))!.Details);
    }

    [Theory]
    [InlineData("UPDATE borrowers SET details = CAST(SUBSTR(details, 1, LENGTH(details) - 1) || X'00' AS BLOB)")]
    [InlineData("UPDATE borrowers SET details = (SELECT other.details FROM borrowers other WHERE other.borrower_id = 'B-2') WHERE borrower_id = 'B-1'")]
    [InlineData("UPDATE borrowers SET details = (SELECT body FROM messages WHERE messages.borrower_id = borrowers.borrower_id)")]
    [InlineData("UPDATE borrowers SET details = X'00'")]
    public async Task tampered_or_moved_details_are_noticed(string tampering)
    {
        await using var store = await directory.OpenAsync();
        await Fill(store, "B-1");
        await Fill(store, "B-2");
        SqliteFiles.Run(directory, tampering);
        await Assert.ThrowsAsync<CryptographicException>(async () => await store.LoadBorrowerAsync("B-1"));
    }

    [Fact]
    public async Task a_wrapped_key_moved_to_another_borrower_is_noticed()
    {
        await using var store = await directory.OpenAsync();
        await Fill(store, "B-1");
        await Fill(store, "B-2");
        SqliteFiles.Run(directory, "UPDATE borrowers SET (wrapped_key, details) = (SELECT wrapped_key, details FROM borrowers WHERE borrower_id = 'B-2')");
        await Assert.ThrowsAsync<KeysUnusableException>(async () => await store.LoadBorrowerAsync("B-1"));
    }

    [Fact]
    public async Task a_tampered_message_is_noticed()
    {
        await using var store = await directory.OpenAsync();
        await Fill(store, "B-1");
        SqliteFiles.Run(directory, "UPDATE messages SET command_id = 'c-2'");
        await Assert.ThrowsAsync<CryptographicException>(async () => await store.MessagesAsync("B-1", null));
    }

    [Fact]
    public async Task a_tampered_dossier_is_noticed()
    {
        await using var store = await directory.OpenAsync();
        var archive = new FileEvidenceArchive(directory.Path, store);
        await archive.PutAsync("B-1", "L-1", "D-1", "dossier.json", "content"u8.ToArray());
        await archive.PutAsync("B-1", "L-1", "D-2", "dossier.json", "other"u8.ToArray());
        var files = Directory.GetFiles(DataDirectory.Evidence(directory.Path), "*.enc", SearchOption.AllDirectories);
        Assert.Equal(2, files.Length);
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file);
            for (var i = 0; i < bytes.Length; i += 7)
            {
                var changed = (byte[])bytes.Clone();
                changed[i] ^= 1;
                await File.WriteAllBytesAsync(file, changed);
                await AssertNotTakenForGenuine(archive);
            }

            await File.WriteAllBytesAsync(file, bytes[..^3]);
            await AssertNotTakenForGenuine(archive);
            await File.WriteAllBytesAsync(file, bytes);
        }
    }

    [Fact]
    public async Task archived_files_are_for_their_owner_only_and_stay_in_their_folder()
    {
        await using var store = await directory.OpenAsync();
        await new FileEvidenceArchive(directory.Path, store).PutAsync("B-1", "../../L", "..", "/etc/passwd", "x"u8.ToArray());
        var file = Assert.Single(Directory.GetFiles(directory.Path, "*.enc", SearchOption.AllDirectories));
        Assert.StartsWith(DataDirectory.Evidence(directory.Path), file, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static async Task AssertNotTakenForGenuine(FileEvidenceArchive archive)
    {
        foreach (var (dossier, content) in new[] { ("D-1", "content"), ("D-2", "other") })
        {
            try
            {
                var read = await archive.GetAsync("B-1", "L-1", dossier, "dossier.json");
                Assert.True(read is null || Encoding.UTF8.GetString(read) == content, "a changed dossier was taken for genuine");
            }
            catch (CryptographicException)
            {
                // Noticed.
            }
        }
    }

    private static async Task Fill(SqliteStore store, string borrowerId) => Assert.True(await store.SaveBorrowerAsync(new BorrowerChange
    {
        BorrowerId = borrowerId,
        ExpectedVersion = 0,
        Details = Details(Name, Phone) with { Addresses = [new("k", Core.Contact.Channel.Sms, Phone)] },
        Messages = [Message(borrowerId, "c-1", text: $"Dear {Name}, {Words}") with { Address = Phone, Subject = Name }],
        Texts = [new StoredText("e-1", "L-1", Noon, "reply", Words)],
    }));

    private void AssertNoPersonalData()
    {
        foreach (var secret in new[] { Name, "Unmistakable", Phone, Phone[2..], Words, "还不起" })
        {
            Assert.False(IsOnDisk(Encoding.UTF8.GetBytes(secret)), $"'{secret}' is on the disk");
            Assert.False(IsOnDisk(Encoding.Unicode.GetBytes(secret)), $"'{secret}' is on the disk in UTF-16");
        }
    }

    private bool IsOnDisk(byte[] bytes) => directory.Files().Any(file => file.Bytes.AsSpan().IndexOf(bytes) >= 0);
}

using System.Text;
using Azure.Data.Tables;
using CollectionsFlows.Functions.Storage;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>S25: personal data is in tables and blobs as ciphertext only, never in a key or a plain column.</summary>
public sealed class TablesPrivacyTests : IAsyncLifetime
{
    private const string Name = "Invented Unmistakable Name";
    private const string Phone = "+12125550123";
    private const string Words = "I lost my invented job 还不起";

    private readonly string prefix = Azurite.NewPrefix();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await Azurite.DropAsync(prefix);

    [Fact]
    public async Task no_row_and_no_blob_holds_a_name_number_or_word_of_a_borrower()
    {
        var store = await Azurite.OpenAsync(prefix);
        await Fill(store, "B-1", Words);
        await Fill(store, "B-2", string.Concat(Enumerable.Repeat(Words, 30_000)));
        await store.EnrolAsync([Enrolment("L-1", "B-1", Details(Name) with { Addresses = [new("k", Core.Contact.Channel.Sms, Phone)] })], partial: false);
        await AssertNoPersonalData();
    }

    [Fact]
    public async Task a_portfolio_left_half_way_holds_none_either()
    {
        var large = Enumerable.Range(0, 700).Select(i => Enrolment($"L-{i}", $"B-{i}", Details(Name) with { Addresses = [new("k", Core.Contact.Channel.Sms, Phone)], Attributes = new Dictionary<string, string> { ["note"] = Words } })).ToList();
        var failing = new FailingRequests();
        var dying = await Azurite.OpenAsync(prefix, failing);
        failing.Reset();
        failing.At = 900;
        await Assert.ThrowsAsync<CrashException>(async () => await dying.EnrolAsync(large, partial: false));
        Assert.NotEqual(0, await CountAsync("settings", row => row.PartitionKey == TableLayout.Imports && row.RowKey != "lock"));
        await AssertNoPersonalData();
        var store = await Azurite.OpenAsync(prefix);
        await store.FinishImportsAsync();
        Assert.Equal(700, (await store.DueAsync(Noon, 1000)).Count);
        await AssertNoPersonalData();
    }

    [Fact]
    public async Task an_erased_borrower_leaves_neither_key_nor_ciphertext()
    {
        var store = await Azurite.OpenAsync(prefix);
        await Fill(store, "B-1", Words);
        await Fill(store, "B-2", string.Concat(Enumerable.Repeat(Words, 30_000)));
        static bool HoldsCiphertext(TableEntity row) => row.Keys.Any(name => name is "Key" || name.StartsWith("Details", StringComparison.Ordinal) || name.StartsWith("Body", StringComparison.Ordinal));
        Assert.Equal(6, await CountAsync("borrowers", HoldsCiphertext));
        await store.EraseBorrowerAsync("B-1");
        await store.EraseBorrowerAsync("B-2");
        Assert.Equal(0, await CountAsync("borrowers", HoldsCiphertext));
        Assert.Empty(await Azurite.Blobs(prefix).GetBlobsAsync().ToListAsync());
    }

    private static async Task Fill(TablesStore store, string borrowerId, string words) => Assert.True(await store.SaveBorrowerAsync(new()
    {
        BorrowerId = borrowerId,
        ExpectedVersion = 0,
        Details = Details(Name, Phone) with { Addresses = [new("k", Core.Contact.Channel.Sms, Phone)] },
        Messages = [Message(borrowerId, "c-1", text: $"Dear {Name}, {words}") with { Address = Phone, Subject = Name }],
        Texts = [new("e-1", "L-1", Noon, "reply", words)],
    }));

    private async Task<int> CountAsync(string table, Func<TableEntity, bool> counts) =>
        (await Azurite.Tables().GetTableClient(prefix + table).QueryAsync<TableEntity>().ToListAsync()).Count(counts);

    private async Task AssertNoPersonalData()
    {
        var everything = new List<byte[]>();
        foreach (var table in new[] { "cases", "events", "index", "borrowers", "addresses", "settings" })
        {
            await foreach (var row in Azurite.Tables().GetTableClient(prefix + table).QueryAsync<TableEntity>())
                foreach (var (name, value) in row) everything.Add([.. Encoding.UTF8.GetBytes(name), .. value as byte[] ?? Encoding.UTF8.GetBytes($"{value}")]);
        }

        await foreach (var blob in Azurite.Blobs(prefix).GetBlobsAsync())
            everything.Add((await Azurite.Blobs(prefix).GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray());
        foreach (var secret in new[] { Name, "Unmistakable", Phone, Phone[2..], Words, "还不起" })
            Assert.DoesNotContain(everything, bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0);
    }
}

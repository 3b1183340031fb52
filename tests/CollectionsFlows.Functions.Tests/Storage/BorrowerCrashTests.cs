using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Functions.Storage;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>A change of a borrower is done or not, and an erasure is an erasure, wherever the process dies.</summary>
public sealed class BorrowerCrashTests
{
    private static async Task Known(TablesStore store) => Assert.True(await store.SaveBorrowerAsync(
        new() { BorrowerId = "B-1", ExpectedVersion = 0, Details = Details("First"), Messages = [Message("B-1", "old")], Texts = [new("e-0", "L-1", Noon, "reply", "words")] }));

    /// <param name="size">How many entries, messages and texts each.</param>
    private static BorrowerChange Change(int size, string of = "new") => new()
    {
        BorrowerId = "B-1",
        ExpectedVersion = 1,
        Details = Details("Second", "+12125550101"),
        Profile = new() { OptOuts = [new(Channel.Sms, null, Noon)] },
        Ledger = [.. Enumerable.Range(0, size).Select(i => Entry($"{of}-{i}", Noon.AddMinutes(i)))],
        Messages = [.. Enumerable.Range(0, size).Select(i => Message("B-1", $"{of}-{i}"))],
        Texts = [.. Enumerable.Range(0, size).Select(i => new StoredText($"{of}-{i}", "L-1", Noon, "reply", "more words"))],
        AppliedEvent = of,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    public Task a_change_is_done_or_not_whatever_its_size(int size) => Crashes.AtEachRequestAsync(
        Known,
        async store => Assert.True(await store.SaveBorrowerAsync(Change(size))),
        async (store, died) =>
        {
            var borrower = (await store.LoadBorrowerAsync("B-1"))!;
            var isDone = borrower.Version == 2;
            Assert.True(died || isDone);
            await AssertHolds(store, isDone ? size : 0);
            if (!isDone) Assert.True(await store.SaveBorrowerAsync(Change(size)));
            await AssertHolds(store, size);
            Assert.Equal(["B-1"], await store.BorrowersOfAsync("key-+12125550101"));
        });

    [Fact]
    public Task messages_of_a_change_are_read_however_far_the_process_came() => Crashes.AtEachRequestAsync(
        Known,
        async store => Assert.True(await store.SaveBorrowerAsync(Change(60))),
        async (store, _) =>
        {
            // Not the borrower first: whoever reads anything puts the staged rows in their places.
            var messages = (await store.MessagesAsync("B-1", null)).Count;
            Assert.Equal((await store.LoadBorrowerAsync("B-1"))!.Version == 2 ? 61 : 1, messages);
            Assert.Equal(messages == 61, await store.MessageAsync("B-1", "new-59") is not null);
        });

    [Fact]
    public Task an_erasure_begun_and_repeated_leaves_nothing() => Crashes.AtEachRequestAsync(
        Known,
        async store => await store.EraseBorrowerAsync("B-1"),
        async (store, died) =>
        {
            var borrower = (await store.LoadBorrowerAsync("B-1"))!;
            var isErased = borrower.Details is null;
            Assert.True(died || isErased);
            Assert.Equal(isErased, (await store.MessageAsync("B-1", "old"))!.Text.Length == 0);
            Assert.Equal(isErased, (await store.TextsAsync("B-1", null))[0].Text.Length == 0);
            if (!isErased) await store.EraseBorrowerAsync("B-1");

            // What is written with a new key does not make a ciphertext fail that the dead process left.
            Assert.True(await store.SaveBorrowerAsync(Change(1) with { ExpectedVersion = (await store.LoadBorrowerAsync("B-1"))!.Version, Details = null }));
            Assert.Equal(["", "Please pay, 您好"], (await store.MessagesAsync("B-1", null)).Select(message => message.Text).Order(StringComparer.Ordinal));
            Assert.Equal("", (await store.MessageAsync("B-1", "old"))!.Text);

            await store.EraseBorrowerAsync("B-1");
            Assert.Null((await store.LoadBorrowerAsync("B-1"))!.Details);
            Assert.All(await store.MessagesAsync("B-1", null), message => Assert.Equal("", message.Text));
        });

    [Fact]
    public async Task of_two_large_changes_at_once_one_wins_whole()
    {
        var prefix = Azurite.NewPrefix();
        TablesStore one = await Azurite.OpenAsync(prefix), other = await Azurite.OpenAsync(prefix);
        await Known(one);
        var won = await Task.WhenAll(
            Task.Run(async () => await one.SaveBorrowerAsync(Change(60, "a"))), Task.Run(async () => await other.SaveBorrowerAsync(Change(60, "b"))));
        Assert.Single(won, done => done);
        await AssertHolds(one, 60, won[0] ? "a" : "b");
        await Azurite.DropAsync(prefix);
    }

    [Fact]
    public async Task a_ledger_of_more_than_a_page_is_read_whole()
    {
        var prefix = Azurite.NewPrefix();
        var store = await Azurite.OpenAsync(prefix);
        var entries = Enumerable.Range(0, 1200).Select(i => Entry($"c-{i}", Noon.AddMinutes(i))).ToList();
        Assert.True(await store.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = 0, Ledger = entries }));
        Assert.Equal(entries.Select(entry => entry.Id), (await store.LoadBorrowerAsync("B-1"))!.Ledger.Select(entry => entry.Id));
        await Azurite.DropAsync(prefix);
    }

    private static async Task AssertHolds(TablesStore store, int size, string of = "new")
    {
        var borrower = (await store.LoadBorrowerAsync("B-1"))!;
        Assert.Equal(size == 0 ? "First" : "Second", borrower.Details!.Name);
        Assert.Equal(size == 0 ? 0 : 1, borrower.Profile.OptOuts.Count);
        Assert.Equal(Enumerable.Range(0, size).Select(i => $"{of}-{i}"), borrower.Ledger.Select(entry => entry.Id));
        Assert.Equal(size == 0 ? [] : [of], borrower.AppliedEvents);
        Assert.Equal(size + 1, (await store.MessagesAsync("B-1", null)).Count);
        Assert.Equal(size + 1, (await store.TextsAsync("B-1", null)).Count);
    }
}

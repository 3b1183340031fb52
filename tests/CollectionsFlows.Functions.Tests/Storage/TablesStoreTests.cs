using System.Text;
using Azure.Data.Tables;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Functions.Storage;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>What the Tables store does beyond the contract of stores: odd and long ids, large values, many hosts, keys, a lost index, and what it costs.</summary>
public sealed class TablesStoreTests : IAsyncLifetime
{
    private readonly string prefix = Azurite.NewPrefix();
    private TablesStore store = null!;

    public async Task InitializeAsync() => store = await Azurite.OpenAsync(prefix);

    public async Task DisposeAsync() => await Azurite.DropAsync(prefix);

    [Fact]
    public async Task ids_may_be_anything_and_loans_come_in_their_order()
    {
        string[] ids = ["", "a/b", "a\\b", "a#b", "a?b", "a%b", "a'b", "a\"b", "L-1", "l-1", "L-10", "L-1 ", "借款", "\ue000", "é", "\u0001", new('x', 600), new string('x', 600) + "a", new string('x', 600) + "B", new string('x', 360)];
        foreach (var id in ids) Assert.True(await store.CommitAsync(Step(id, wake: Noon)));
        Assert.Equal(ids.Order(StringComparer.Ordinal), await store.LoanIdsAsync(null, 100));
        Assert.Equal(ids.Order(StringComparer.Ordinal), await store.DueAsync(Noon, 100));
        foreach (var id in ids)
        {
            Assert.Equal(ids.Order(StringComparer.Ordinal).SkipWhile(other => string.CompareOrdinal(other, id) <= 0).Take(2), await store.LoanIdsAsync(id, 2));
            Assert.Equal(InboxResult.Stored, await store.PutAsync(Payment(id, $"event of {id}")));
            Assert.Equal($"event of {id}", Assert.Single((await store.LoadAsync(id)).Inbox).Input.Id);
            Assert.Equal(1, (await store.LoadAsync(id)).Version);
        }

        Assert.Equal(ids.Length, (await store.ListAsync(new())).Total);
    }

    [Fact]
    public async Task states_facts_and_messages_may_be_larger_than_a_row_and_a_transaction()
    {
        var large = new string('借', 700_000);
        var state = State("L-1", 4) with { EarlyReversals = [.. Enumerable.Range(0, 90_000).Select(i => $"P-{i}")] };
        JournalEntry[] facts = [.. Enumerable.Range(1, 4).Select(seq => new JournalEntry("L-1", seq, Encoding.UTF8.GetBytes($"{seq}{large}"), $"hash-{seq}"))];
        Assert.True(await store.CommitAsync(Step("L-1", facts: 0) with { State = state, Facts = facts, LastHash = "hash-4" }));
        Assert.Equal(90_000, (await store.LoadAsync("L-1")).State!.EarlyReversals.Count);
        Assert.Equal(facts.Select(fact => fact.Line.Length), (await store.JournalAsync("L-1", 0, 10)).Select(fact => fact.Line.Length));
        Assert.Equal(3, Assert.Single(await store.JournalAsync("L-1", 2, 1)).Seq);

        StoredMessage[] messages = [.. Enumerable.Range(0, 12).Select(i => Message("B-1", $"c-{i:D2}", text: new string('x', 350_000)))];
        Assert.True(await store.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = 0, Messages = messages, Texts = [new("e-1", "L-1", Noon, "reply", large)] }));
        Assert.Equal(messages, await store.MessagesAsync("B-1", null));
        Assert.Equal(large, Assert.Single(await store.TextsAsync("B-1", null)).Text);
    }

    [Fact]
    public async Task an_event_may_be_larger_than_a_row()
    {
        var terms = Terms("L-1") with { Attributes = Enumerable.Range(0, 30_000).ToDictionary(i => $"invented-{i}", i => $"value {i}") };
        var item = EnrolmentItem("L-1") with { };
        item = item with { Input = item.Input with { Event = (CaseEvent.LoanEnrolled)item.Input.Event with { Terms = terms } } };
        await store.PutAsync(item);
        Assert.Equivalent(item, Assert.Single((await store.LoadAsync("L-1")).Inbox), strict: true);
    }

    [Fact]
    public async Task hosts_that_step_one_loan_at_once_leave_one_journal()
    {
        var hosts = new[] { store, await Azurite.OpenAsync(prefix), await Azurite.OpenAsync(prefix) };
        await store.CommitAsync(Step("L-1"));
        var puts = Enumerable.Range(0, 60).Select(i => Task.Run(async () => await hosts[i % 3].PutAsync(Payment("L-1", $"e-{i % 40}"))));
        var drained = new System.Collections.Concurrent.ConcurrentBag<string>();
        var steps = hosts.Select(host => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                var record = await host.LoadAsync("L-1");
                var ids = record.Inbox.Select(item => item.Input.Id).ToList();
                if (await host.CommitAsync(Step("L-1", record.Version, record.State!.Sequence, facts: ids.Count, drained: ids)))
                    foreach (var id in ids) drained.Add(id);
            }
        }));
        await Task.WhenAll([.. puts, .. steps]);
        var rest = (await store.LoadAsync("L-1")).Inbox.Select(item => item.Input.Id);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"e-{i}").Order(StringComparer.Ordinal), drained.Concat(rest).Order(StringComparer.Ordinal));
        var journal = await store.JournalAsync("L-1", 0, 1000);
        Assert.Equal(Enumerable.Range(1, 1 + drained.Count), journal.Select(fact => fact.Seq));
    }

    [Fact]
    public async Task a_lost_index_is_built_anew_from_the_cases()
    {
        for (var i = 0; i < 20; i++) await store.CommitAsync(Step($"L-{i:D2}", wake: i % 2 == 0 ? Noon.AddMinutes(i) : null, index: Index($"L-{i:D2}") with { OpenTasks = i }));
        await store.PutAsync(Payment("L-01", "e-1"));
        await store.PutAsync(EnrolmentItem("L-20"));
        await store.PutAsync(Payment("L-99", "lost"));
        var before = await SeenAsync();
        var index = Azurite.Tables().GetTableClient(prefix + "index");
        await foreach (var row in index.QueryAsync<TableEntity>()) await index.DeleteEntityAsync(row);
        Assert.Empty(await store.DueAsync(Noon.AddDays(1), 100));

        Assert.Equal(22, await store.RebuildIndexAsync());
        Assert.Equal(before, await SeenAsync());
        Assert.Equal(22, await store.RebuildIndexAsync());
        Assert.Equal(before, await SeenAsync());
        Assert.True(await store.CommitAsync(Step("L-00", 1, 1)));
        Assert.DoesNotContain("L-00", await store.DueAsync(Noon.AddDays(1), 100));
    }

    private async Task<string> SeenAsync() => string.Join(
        '\n',
        string.Join(',', await store.DueAsync(Noon.AddDays(1), 100)), await store.NextWakeAsync(), string.Join(',', await store.LoanIdsAsync(null, 100)),
        string.Join(',', (await store.ListAsync(new() { Sort = "-nextWake", PageSize = 100 })).Cases), string.Join(',', (await store.UnmatchedAsync(10)).Select(item => item.Input.Id)),
        string.Join(',', (await store.CountsAsync()).ByStatus), (await store.CountsAsync()).Unmatched);

    [Fact]
    public async Task pages_of_one_list_fit_together_and_cost_one_look_and_a_first_page_is_always_of_now()
    {
        for (var i = 0; i < 9; i++) await store.CommitAsync(Step($"L-{i}"));
        var counter = new RequestCounter();
        var counted = await Azurite.OpenAsync(prefix, counter);
        var query = new CaseQuery { PageSize = 3 };
        Assert.Equal(["L-0", "L-1", "L-2"], (await counted.ListAsync(query)).Cases.Select(found => found.LoanId));
        await store.CommitAsync(Step("L-00"));
        counter.Reset();
        Assert.Equal(["L-3", "L-4", "L-5"], (await counted.ListAsync(query with { Page = 2 })).Cases.Select(found => found.LoanId));
        Assert.Equal(["L-6", "L-7", "L-8"], (await counted.ListAsync(query with { Page = 3 })).Cases.Select(found => found.LoanId));
        Assert.Equal(0, counter.Total);
        Assert.Equal(["L-8"], (await counted.ListAsync(query with { Page = 4 })).Cases.Select(found => found.LoanId));
        Assert.Equal(10, (await counted.ListAsync(query)).Total);
        Assert.Equal(["L-00"], (await counted.ListAsync(query with { Text = "00", Page = 1 })).Cases.Select(found => found.LoanId));
    }

    [Fact]
    public async Task who_has_an_address_is_found_and_an_erased_borrower_has_none()
    {
        await store.SaveBorrowerAsync(new() { BorrowerId = "B-2", ExpectedVersion = 0, Details = Details("Two", "+12125550100", "+12125550101") });
        await store.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = 0, Details = Details("One", "+12125550100") });
        Assert.Equal(["B-1", "B-2"], await store.BorrowersOfAsync("key-+12125550100"));
        await store.SaveBorrowerAsync(new() { BorrowerId = "B-2", ExpectedVersion = 1, Details = Details("Two", "+12125550101") });
        Assert.Equal(["B-1"], await store.BorrowersOfAsync("key-+12125550100"));
        await store.EraseBorrowerAsync("B-1");
        Assert.Empty(await store.BorrowersOfAsync("key-+12125550100"));
        Assert.Empty(await store.BorrowersOfAsync("key-unknown"));
    }

    [Fact]
    public async Task other_keys_are_refused_and_after_rotating_the_old_one_is_needed_no_more()
    {
        await store.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = 0, Details = Details("One") });
        await Assert.ThrowsAsync<KeysUnusableException>(() => Azurite.OpenAsync(prefix, Keys($"k:{Azurite.Key(2)};address:{Azurite.Key(9)}")));
        await Assert.ThrowsAsync<KeysUnusableException>(() => Azurite.OpenAsync(prefix, Keys($"j:{Azurite.Key(1)};address:{Azurite.Key(9)}")));
        await Assert.ThrowsAsync<KeysUnusableException>(() => Azurite.OpenAsync(prefix, Keys($"k:{Azurite.Key(1)};address:{Azurite.Key(8)}")));

        var rotating = await Azurite.OpenAsync(prefix, Keys($"new:{Azurite.Key(2)};k:{Azurite.Key(1)};address:{Azurite.Key(9)}"));
        Assert.Equal("One", (await rotating.LoadBorrowerAsync("B-1"))!.Details!.Name);
        Assert.Equal(1, await rotating.RotateKeysAsync());
        Assert.Equal(0, await rotating.RotateKeysAsync());
        var rotated = await Azurite.OpenAsync(prefix, Keys($"new:{Azurite.Key(2)};address:{Azurite.Key(9)}"));
        Assert.Equal("One", (await rotated.LoadBorrowerAsync("B-1"))!.Details!.Name);
        await Assert.ThrowsAsync<KeysUnusableException>(() => Azurite.OpenAsync(prefix));

        static MasterKeys Keys(string text) => MasterKeys.Parse(text);
    }

    [Fact]
    public async Task what_a_host_keeps_comes_back()
    {
        Assert.Null(await store.GetMetaAsync("clock / #"));
        await store.SetMetaAsync("clock / #", "one");
        await store.SetMetaAsync("clock / #", "two");
        Assert.Equal("two", await (await Azurite.OpenAsync(prefix)).GetMetaAsync("clock / #"));
    }

    [Fact]
    public async Task a_step_costs_four_requests_and_so_does_an_event()
    {
        var counter = new RequestCounter();
        var counted = await Azurite.OpenAsync(prefix, counter);
        await counted.EnrolAsync([Enrolment("L-1", "B-1")], partial: false);
        await counted.LoadAsync("L-1");
        await counted.CommitAsync(Step("L-1", drained: ["enrol:L-1"], wake: Noon));
        counter.Reset();
        await counted.PutAsync(Payment("L-1", "e-1"));

        // The door, the event in the index, the claim, the delivery.
        Assert.Equal(4, counter.Total);
        counter.Reset();
        var record = await counted.LoadAsync("L-1");
        Assert.Equal(1, counter.Total);
        Assert.True(await counted.CommitAsync(Step("L-1", record.Version, 1, facts: 3, drained: ["e-1"], wake: Noon.AddDays(1))));

        // Load; announce, commit, settle.
        Assert.Equal([($"GET {prefix}cases", 1), ("POST $batch", 3)], counter.Counts);
        counter.Reset();
        var borrower = (await counted.LoadBorrowerAsync("B-1"))!;
        Assert.True(await counted.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = borrower.Version, Ledger = [Entry("c-1", Noon)], Messages = [Message("B-1", "c-1")] }));
        Assert.Equal(3, counter.Total);
    }
}

using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Simulation.Tests.Stores;

public abstract partial class StoreContract
{
    [Fact]
    public async Task an_event_is_stored_once()
    {
        Assert.Equal(InboxResult.Stored, await store.Cases.PutAsync(Payment("L-1", "e-1")));
        Assert.Equal(InboxResult.Duplicate, await store.Cases.PutAsync(Payment("L-1", "e-1")));
        Assert.Single((await store.Cases.LoadAsync("L-1")).Inbox);
    }

    [Fact]
    public async Task the_same_id_with_another_body_is_a_conflict_and_changes_nothing()
    {
        await store.Cases.PutAsync(Payment("L-1", "e-1", body: "a"));
        Assert.Equal(InboxResult.Conflict, await store.Cases.PutAsync(Payment("L-1", "e-1", body: "b")));
        Assert.Equal("a", Assert.Single((await store.Cases.LoadAsync("L-1")).Inbox).BodySha256);
    }

    [Fact]
    public async Task event_ids_are_unique_over_all_loans()
    {
        await store.Cases.PutAsync(Payment("L-1", "e-1", body: "a"));
        Assert.Equal(InboxResult.Conflict, await store.Cases.PutAsync(Payment("L-2", "e-1", body: "b")));
        Assert.Equal(InboxResult.Conflict, await store.Cases.PutAsync(Payment("L-2", "e-1", body: "a")));
        Assert.Empty((await store.Cases.LoadAsync("L-2")).Inbox);
    }

    [Fact]
    public async Task a_drained_event_stays_known()
    {
        await store.Cases.PutAsync(Payment("L-1", "e-1"));
        await store.Cases.CommitAsync(Step("L-1", drained: ["e-1"]));
        Assert.Empty((await store.Cases.LoadAsync("L-1")).Inbox);
        Assert.Equal(InboxResult.Duplicate, await store.Cases.PutAsync(Payment("L-1", "e-1")));
        Assert.Equal(InboxResult.Conflict, await store.Cases.PutAsync(Payment("L-1", "e-1", body: "b")));
        Assert.Equal(InboxResult.Conflict, await store.Cases.PutAsync(Payment("L-2", "e-1", body: "b")));
        Assert.Empty((await store.Cases.LoadAsync("L-1")).Inbox);
        Assert.Empty(await store.Cases.DueAsync(Noon, 10));
    }

    [Fact]
    public async Task the_inbox_keeps_the_order_of_arrival_whatever_the_times_say()
    {
        await store.Cases.PutAsync(Payment("L-1", "c", Noon.AddHours(3)));
        await store.Cases.PutAsync(Payment("L-2", "x", Noon));
        await store.Cases.PutAsync(Payment("L-1", "a", Noon.AddHours(1)));
        await store.Cases.PutAsync(Payment("L-1", "b", Noon.AddHours(2)));
        Assert.Equal(["c", "a", "b"], (await store.Cases.LoadAsync("L-1")).Inbox.Select(item => item.Input.Id));
    }

    [Fact]
    public async Task an_inbox_item_comes_back_as_it_went_in()
    {
        var item = Payment("L/../1: é 借", "e:1/..é", At("2026-03-08T02:30:00.1234567-05:00"));
        await store.Cases.PutAsync(item);
        var back = Assert.Single((await store.Cases.LoadAsync("L/../1: é 借")).Inbox);
        Assert.Equal(item, back);
    }

    [Fact]
    public async Task an_enrolment_comes_back_as_it_went_in()
    {
        var item = EnrolmentItem("L-1");
        await store.Cases.PutAsync(item);
        var back = Assert.Single((await store.Cases.LoadAsync("L-1")).Inbox);
        Assert.Equivalent(item, back, strict: true);
        Assert.IsType<CaseEvent.LoanEnrolled>(back.Input.Event);
    }

    [Fact]
    public async Task a_step_drains_only_what_it_names()
    {
        foreach (var id in new[] { "a", "b", "c" }) await store.Cases.PutAsync(Payment("L-1", id));
        await store.Cases.CommitAsync(Step("L-1", drained: ["a", "c"]));
        Assert.Equal(["b"], (await store.Cases.LoadAsync("L-1")).Inbox.Select(item => item.Input.Id));
    }

    [Fact]
    public async Task events_of_unknown_loans_are_unmatched_in_the_order_of_arrival()
    {
        await store.Cases.PutAsync(Payment("L-9", "z"));
        await store.Cases.PutAsync(Payment("L-8", "y"));
        await store.Cases.PutAsync(Payment("L-9", "x"));
        Assert.Equal(["z", "y", "x"], (await store.Cases.UnmatchedAsync(10)).Select(item => item.Input.Id));
        Assert.Equal(["z", "y"], (await store.Cases.UnmatchedAsync(2)).Select(item => item.Input.Id));
        Assert.Empty(await store.Cases.UnmatchedAsync(0));
        Assert.Equal(3, (await store.Cases.CountsAsync()).Unmatched);
        Assert.Empty(await store.Cases.DueAsync(Noon.AddYears(1), 10));
    }

    [Fact]
    public async Task an_enrolment_matches_what_waited_for_its_loan()
    {
        await store.Cases.PutAsync(Payment("L-9", "z"));
        await store.Cases.PutAsync(Payment("L-8", "y"));
        await store.Cases.PutAsync(EnrolmentItem("L-9"));
        Assert.Equal(["y"], (await store.Cases.UnmatchedAsync(10)).Select(item => item.Input.Id));
        Assert.Equal(1, (await store.Cases.CountsAsync()).Unmatched);
        Assert.Equal(["L-9"], await store.Cases.DueAsync(Noon, 10));
        Assert.Equal(["z", "enrol:L-9"], (await store.Cases.LoadAsync("L-9")).Inbox.Select(item => item.Input.Id));
        Assert.Equal(0, (await store.Cases.LoadAsync("L-9")).Version);
    }

    [Fact]
    public async Task a_case_that_opens_matches_what_waited_for_it()
    {
        await store.Cases.PutAsync(Payment("L-9", "z"));
        await OpenCase("L-9");
        Assert.Empty(await store.Cases.UnmatchedAsync(10));
        Assert.Equal(["L-9"], await store.Cases.DueAsync(Noon, 10));
        await store.Cases.PutAsync(Payment("L-9", "later"));
        Assert.Equal(0, (await store.Cases.CountsAsync()).Unmatched);
    }

    [Fact]
    public async Task the_body_of_a_known_event_can_be_asked_for_drained_or_not()
    {
        Assert.Null(await store.Cases.BodyOfAsync("e-1"));
        await store.Cases.PutAsync(Payment("L-1", "e-1", body: "a"));
        await store.Cases.PutAsync(Payment("L-1", "e-1", body: "b"));
        Assert.Equal("a", await store.Cases.BodyOfAsync("e-1"));
        await store.Cases.CommitAsync(Step("L-1", drained: ["e-1"]));
        Assert.Equal("a", await store.Cases.BodyOfAsync("e-1"));
    }

    [Fact]
    public async Task many_puts_at_once_store_each_event_once()
    {
        var puts = Enumerable.Range(0, 200).Select(i => Task.Run(async () => await store.Cases.PutAsync(Payment("L-1", $"e-{i % 50}"))));
        var results = await Task.WhenAll(puts);
        Assert.Equal(50, results.Count(result => result == InboxResult.Stored));
        Assert.Equal(150, results.Count(result => result == InboxResult.Duplicate));
        Assert.Equal(50, (await store.Cases.LoadAsync("L-1")).Inbox.Count);
    }
}

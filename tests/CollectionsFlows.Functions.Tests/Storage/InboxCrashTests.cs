using CollectionsFlows.Application.Cases;
using CollectionsFlows.Functions.Storage;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>An event goes through three tables. Wherever the process dies, it is accepted once or not at all, and what was accepted is found.</summary>
public sealed class InboxCrashTests
{
    private static async Task Nothing(TablesStore store) => await Task.CompletedTask;

    private static async Task OpenCase(TablesStore store) => Assert.True(await store.CommitAsync(Step("L-1")));

    private static async Task<string> Inbox(TablesStore store, string loanId = "L-1") =>
        string.Join(',', (await store.LoadAsync(loanId)).Inbox.Select(item => item.Input.Id));

    [Fact]
    public Task a_sender_who_was_not_answered_and_sends_again_has_sent_once() => Crashes.AtEachRequestAsync(
        OpenCase,
        async store => await store.PutAsync(Payment("L-1", "e-1")),
        async (store, died) =>
        {
            var again = await store.PutAsync(Payment("L-1", "e-1", Noon.AddMinutes(5)));
            Assert.True(died || again == InboxResult.Duplicate);
            Assert.Equal("e-1", await Inbox(store));
            Assert.Equal(["L-1"], await store.DueAsync(Noon, 10));
            await store.CommitAsync(Step("L-1", 1, 1, drained: ["e-1"]));
            Assert.Equal(InboxResult.Duplicate, await store.PutAsync(Payment("L-1", "e-1")));
            Assert.Equal(InboxResult.Conflict, await store.PutAsync(Payment("L-1", "e-1", body: "other")));
            Assert.Equal("", await Inbox(store));
            Assert.Empty(await store.DueAsync(Noon, 10));
        });

    [Fact]
    public Task an_event_that_claimed_its_id_is_delivered_by_the_sweeper_when_nobody_sends_it_again() => Crashes.AtEachRequestAsync(
        OpenCase,
        async store => await store.PutAsync(Payment("L-1", "e-1")),
        async (store, died) =>
        {
            var isClaimed = await store.BodyOfAsync("e-1") is not null;
            Assert.True(died || isClaimed);
            Assert.Equal(isClaimed ? ["L-1"] : [], await store.DueAsync(Noon, 10));
            Assert.Equal(isClaimed ? "e-1" : "", await Inbox(store));
        });

    [Fact]
    public Task an_event_of_an_unknown_loan_is_delivered_by_whoever_looks_for_unmatched_ones() => Crashes.AtEachRequestAsync(
        Nothing,
        async store => await store.PutAsync(Payment("L-1", "e-1")),
        async (store, died) =>
        {
            var isClaimed = await store.BodyOfAsync("e-1") is not null;
            Assert.Equal(isClaimed ? ["e-1"] : [], (await store.UnmatchedAsync(10)).Select(item => item.Input.Id));
            Assert.Equal(isClaimed ? 1 : 0, (await store.CountsAsync()).Unmatched);
            Assert.Empty(await store.DueAsync(Noon, 10));
        });

    [Fact]
    public Task an_enrolment_matches_what_waited_wherever_the_process_dies() => Crashes.AtEachRequestAsync(
        async store => await store.PutAsync(Payment("L-1", "early")),
        async store => await store.PutAsync(EnrolmentItem("L-1")),
        async (store, died) =>
        {
            var due = await store.DueAsync(Noon, 10);
            var isEnrolled = await store.BodyOfAsync("enrol:L-1") is not null;
            Assert.Equal(isEnrolled ? ["L-1"] : [], due);
            Assert.Equal(isEnrolled ? 0 : 1, (await store.UnmatchedAsync(10)).Count);
            Assert.Equal(died && !isEnrolled ? InboxResult.Stored : InboxResult.Duplicate, await store.PutAsync(EnrolmentItem("L-1")));
            Assert.Equal("early,enrol:L-1", await Inbox(store));
            Assert.Empty(await store.UnmatchedAsync(10));

            // A step that takes the enrolment only leaves the other to be found.
            await store.CommitAsync(Step("L-1", drained: ["enrol:L-1"]));
            Assert.Equal(["L-1"], await store.DueAsync(Noon, 10));
        });

    [Fact]
    public Task a_sender_of_another_body_gets_nothing_in() => Crashes.AtEachRequestAsync(
        async store => await store.PutAsync(Payment("L-1", "e-1", body: "first")),
        async store => await store.PutAsync(Payment("L-2", "e-1", body: "second")),
        async (store, _) =>
        {
            Assert.Equal(["L-1"], (await store.UnmatchedAsync(10)).Select(item => item.LoanId));
            Assert.Equal("", await Inbox(store, "L-2"));
            Assert.Equal(InboxResult.Conflict, await store.PutAsync(Payment("L-2", "e-1", body: "second")));
        });
}

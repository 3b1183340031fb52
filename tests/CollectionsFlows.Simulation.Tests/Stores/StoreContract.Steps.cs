using System.Collections;
using System.Reflection;
using System.Text.Json;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Simulation.Tests.Stores;

public abstract partial class StoreContract
{
    [Fact]
    public async Task an_unknown_loan_has_version_zero_and_no_state()
    {
        var record = await store.Cases.LoadAsync("nobody");
        Assert.Equal((null, 0, ""), (record.State, record.Version, record.LastHash));
        Assert.Empty(record.Inbox);
    }

    [Fact]
    public async Task a_step_is_written_with_all_that_belongs_to_it()
    {
        await store.Cases.PutAsync(EnrolmentItem("L-1"));
        Assert.True(await store.Cases.CommitAsync(Step("L-1", facts: 2, drained: ["enrol:L-1"], wake: Noon.AddDays(1))));
        var record = await store.Cases.LoadAsync("L-1");
        Assert.Equal((1, "hash-L-1-2", 2), (record.Version, record.LastHash, record.State!.Sequence));
        Assert.Empty(record.Inbox);
        Assert.Equal(Noon.AddDays(1), record.NextWake);
        Assert.Equal([1, 2], (await store.Cases.JournalAsync("L-1", 0, 10)).Select(fact => fact.Seq));
        Assert.Equal(Noon.AddDays(1), await store.Cases.NextWakeAsync());
        Assert.Equal("L-1", Assert.Single((await store.Cases.ListAsync(new CaseQuery())).Cases).LoanId);
    }

    [Fact]
    public async Task a_step_on_an_outdated_case_writes_nothing()
    {
        await OpenCase("L-1", Noon.AddDays(5));
        await store.Cases.PutAsync(Payment("L-1", "e-1"));
        foreach (var outdated in new[] { 0, 2 })
        {
            Assert.False(await store.Cases.CommitAsync(Step("L-1", outdated, lastSeq: 1, facts: 3, drained: ["e-1"], wake: Noon)));
        }

        var record = await store.Cases.LoadAsync("L-1");
        Assert.Equal((1, "hash-L-1-1"), (record.Version, record.LastHash));
        Assert.Single(record.Inbox);
        Assert.Single(await store.Cases.JournalAsync("L-1", 0, 10));
        Assert.Equal(Noon.AddDays(5), await store.Cases.NextWakeAsync());
    }

    [Fact]
    public async Task a_step_expecting_a_case_that_is_not_there_writes_nothing()
    {
        Assert.False(await store.Cases.CommitAsync(Step("L-1", version: 3)));
        Assert.Equal(0, (await store.Cases.LoadAsync("L-1")).Version);
        Assert.Empty(await store.Cases.LoanIdsAsync(null, 10));
        await store.Cases.PutAsync(Payment("L-1", "e-1"));
        Assert.Single(await store.Cases.UnmatchedAsync(10));
    }

    [Fact]
    public async Task of_two_steps_of_one_version_one_wins()
    {
        await OpenCase("L-1");
        var commits = Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await store.Cases.CommitAsync(Step("L-1", 1, 1))));
        Assert.Single(await Task.WhenAll(commits), won => won);
        Assert.Equal(2, (await store.Cases.LoadAsync("L-1")).Version);
        Assert.Equal(2, (await store.Cases.JournalAsync("L-1", 0, 100)).Count);
    }

    [Fact]
    public async Task a_step_without_facts_is_a_step()
    {
        await OpenCase("L-1");
        Assert.True(await store.Cases.CommitAsync(Step("L-1", 1, 1, facts: 0, wake: Noon)));
        Assert.Equal(2, (await store.Cases.LoadAsync("L-1")).Version);
    }

    [Fact]
    public async Task a_step_that_would_leave_a_gap_in_the_journal_is_refused_whole()
    {
        await OpenCase("L-1");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.Cases.CommitAsync(Step("L-1", 1, lastSeq: 2)));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.Cases.CommitAsync(Step("L-1", 1, lastSeq: 0)));
        Assert.Equal(1, (await store.Cases.LoadAsync("L-1")).Version);
        Assert.Single(await store.Cases.JournalAsync("L-1", 0, 10));
    }

    [Fact]
    public async Task a_step_that_drains_what_is_not_there_is_refused_whole()
    {
        await store.Cases.PutAsync(Payment("L-2", "of-another"));
        await store.Cases.PutAsync(Payment("L-1", "mine"));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await store.Cases.CommitAsync(Step("L-1", drained: ["mine", "of-another"])));
        Assert.Equal(0, (await store.Cases.LoadAsync("L-1")).Version);
        Assert.Single((await store.Cases.LoadAsync("L-1")).Inbox);
        Assert.Empty(await store.Cases.JournalAsync("L-1", 0, 10));
        Assert.Equal(2, (await store.Cases.UnmatchedAsync(10)).Count);
    }

    [Fact]
    public async Task every_field_of_a_state_comes_back()
    {
        var state = FullState("L-1");
        AssertNothingIsDefault(state);
        await store.Cases.CommitAsync(Step("L-1") with { State = state });
        var back = (await store.Cases.LoadAsync("L-1")).State!;
        Assert.Equivalent(state, back, strict: true);
        Assert.Equal(JsonSerializer.Serialize(state, CaseJson.Default.CaseState), JsonSerializer.Serialize(back, CaseJson.Default.CaseState));
        Assert.Equal(state.OpenedAt.Offset, back.OpenedAt.Offset);
    }

    [Fact]
    public async Task the_journal_is_paged_by_sequence()
    {
        await store.Cases.CommitAsync(Step("L-1", facts: 5));
        await OpenCase("L-2");
        Assert.Equal([1, 2], (await store.Cases.JournalAsync("L-1", 0, 2)).Select(fact => fact.Seq));
        Assert.Equal([3, 4, 5], (await store.Cases.JournalAsync("L-1", 2, 10)).Select(fact => fact.Seq));
        Assert.Empty(await store.Cases.JournalAsync("L-1", 5, 10));
        Assert.Empty(await store.Cases.JournalAsync("L-1", 99, 10));
        Assert.Empty(await store.Cases.JournalAsync("L-1", 0, 0));
        Assert.Empty(await store.Cases.JournalAsync("nobody", 0, 10));
        Assert.Equal(5, (await store.Cases.JournalAsync("L-1", 0, int.MaxValue)).Count);
    }

    [Fact]
    public async Task facts_come_back_byte_for_byte()
    {
        await OpenCase("L-1");
        JournalEntry expected = Fact("L-1", 1), back = Assert.Single(await store.Cases.JournalAsync("L-1", 0, 1));
        Assert.Equal((expected.LoanId, expected.Seq, expected.Hash), (back.LoanId, back.Seq, back.Hash));
        Assert.Equal(expected.Line, back.Line);
    }

    /// <summary>A field somebody adds to the state must be filled in the sample, else its round trip is not tested.</summary>
    private static void AssertNothingIsDefault(CaseState state)
    {
        foreach (var property in typeof(CaseState).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            var value = property.GetValue(state);
            Assert.False(value is null || value is ICollection { Count: 0 } || value.Equals(0) || value.Equals(0m) || value.Equals(default(CaseStatus)), $"{property.Name} is not filled");
        }
    }
}

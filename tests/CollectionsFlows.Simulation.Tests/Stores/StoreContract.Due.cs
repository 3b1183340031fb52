using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Simulation.Tests.Stores;

public abstract partial class StoreContract
{
    [Fact]
    public async Task cases_are_due_from_their_wake_time_on()
    {
        await OpenCase("L-1", At("2026-03-08T02:30:00-05:00"));
        Assert.Empty(await store.Cases.DueAsync(At("2026-03-08T07:29:59.9999999Z"), 10));
        Assert.Equal(["L-1"], await store.Cases.DueAsync(At("2026-03-08T07:30:00Z"), 10));
        Assert.Equal(At("2026-03-08T07:30:00Z"), await store.Cases.NextWakeAsync());
    }

    [Fact]
    public async Task the_earliest_is_due_first_and_ties_go_by_loan_id()
    {
        await OpenCase("L-3", Noon);
        await OpenCase("L-1", Noon);
        await OpenCase("L-2", Noon.AddHours(-1));
        await OpenCase("l-0", Noon);
        await OpenCase("L-4", Noon.AddTicks(1));
        await OpenCase("L-5");
        Assert.Equal(["L-2", "L-1", "L-3", "l-0"], await store.Cases.DueAsync(Noon, 10));
        Assert.Equal(["L-2", "L-1"], await store.Cases.DueAsync(Noon, 2));
        Assert.Empty(await store.Cases.DueAsync(Noon, 0));
    }

    [Fact]
    public async Task an_undrained_inbox_makes_a_case_due_whatever_its_wake_time()
    {
        await OpenCase("asleep", Noon.AddDays(30));
        await OpenCase("closed");
        await OpenCase("awake", Noon.AddMinutes(-5));
        await store.Cases.PutAsync(Payment("closed", "e-1", Noon.AddMinutes(-3)));
        await store.Cases.PutAsync(Payment("asleep", "e-2", Noon.AddMinutes(-9)));
        await store.Cases.PutAsync(Payment("asleep", "e-3", Noon.AddMinutes(-1)));
        Assert.Equal(["asleep", "awake", "closed"], await store.Cases.DueAsync(Noon, 10));
        Assert.Equal(["asleep", "awake"], await store.Cases.DueAsync(Noon, 2));
        Assert.Equal(Noon.AddMinutes(-5), await store.Cases.NextWakeAsync());
    }

    [Fact]
    public async Task a_case_due_for_two_reasons_is_listed_once_at_the_earlier()
    {
        await OpenCase("L-1", Noon.AddMinutes(-1));
        await OpenCase("L-2", Noon.AddMinutes(-2));
        await store.Cases.PutAsync(Payment("L-1", "e-1", Noon.AddMinutes(-3)));
        await store.Cases.PutAsync(Payment("L-2", "e-2", Noon.AddMinutes(-1)));
        Assert.Equal(["L-1", "L-2"], await store.Cases.DueAsync(Noon, 10));
        Assert.Equal(["L-1"], await store.Cases.DueAsync(Noon, 1));
    }

    [Fact]
    public async Task an_item_received_by_a_clock_that_ran_ahead_is_due_all_the_same()
    {
        await OpenCase("L-1");
        await store.Cases.PutAsync(Payment("L-1", "e-1", Noon.AddDays(1)));
        Assert.Equal(["L-1"], await store.Cases.DueAsync(Noon, 10));
    }

    [Fact]
    public async Task a_step_takes_the_case_off_the_due_list()
    {
        await OpenCase("L-1", Noon);
        await store.Cases.PutAsync(Payment("L-1", "e-1"));
        await store.Cases.PutAsync(Payment("L-1", "e-2", Noon.AddHours(1)));
        await store.Cases.CommitAsync(Step("L-1", 1, 1, drained: ["e-1"], wake: Noon.AddDays(1)));
        Assert.Equal(["L-1"], await store.Cases.DueAsync(Noon, 10));
        await store.Cases.CommitAsync(Step("L-1", 2, 2, drained: ["e-2"], wake: Noon.AddDays(1)));
        Assert.Empty(await store.Cases.DueAsync(Noon, 10));
        await store.Cases.CommitAsync(Step("L-1", 3, 3));
        Assert.Empty(await store.Cases.DueAsync(Noon.AddYears(9), 10));
        Assert.Null(await store.Cases.NextWakeAsync());
    }

    [Fact]
    public async Task an_enrolled_loan_is_due_before_it_has_a_case()
    {
        await store.Cases.PutAsync(EnrolmentItem("L-1"));
        Assert.Equal(["L-1"], await store.Cases.DueAsync(Noon, 10));
        Assert.Null(await store.Cases.NextWakeAsync());
        Assert.Empty(await store.Cases.LoanIdsAsync(null, 10));
        Assert.Empty((await store.Cases.ListAsync(new())).Cases);
        await store.Cases.CommitAsync(Step("L-1", drained: ["enrol:L-1"]));
        Assert.Empty(await store.Cases.DueAsync(Noon, 10));
    }
}

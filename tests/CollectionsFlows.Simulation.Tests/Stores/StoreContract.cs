using CollectionsFlows.Application.Cases;
using static CollectionsFlows.Simulation.Tests.Stores.StoreSamples;

namespace CollectionsFlows.Simulation.Tests.Stores;

/// <summary>What every store must do, whatever it keeps things in. Each host's test project runs it against its own store.</summary>
public abstract partial class StoreContract : IAsyncLifetime
{
    private StoreUnderTest store = null!;

    protected abstract Task<StoreUnderTest> OpenAsync();

    public async Task InitializeAsync() => store = await OpenAsync();

    public async Task DisposeAsync() => await store.DisposeAsync();

    private async Task OpenCase(string loanId, DateTimeOffset? wake = null, CaseIndex? index = null) =>
        Assert.True(await store.Cases.CommitAsync(Step(loanId, wake: wake, index: index)));
}

using CollectionsFlows.Simulation.Stores;

namespace CollectionsFlows.Simulation.Tests.Stores;

public sealed class InMemoryStoreTests : StoreContract
{
    protected override Task<StoreUnderTest> OpenAsync()
    {
        var store = new InMemoryStore();
        return Task.FromResult(new StoreUnderTest(store, store, store, new InMemoryEvidenceArchive(store), () => ValueTask.CompletedTask));
    }
}

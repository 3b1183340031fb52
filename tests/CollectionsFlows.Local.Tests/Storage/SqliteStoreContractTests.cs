using CollectionsFlows.Local.Storage;
using CollectionsFlows.Simulation.Tests.Stores;

namespace CollectionsFlows.Local.Tests.Storage;

public sealed class SqliteStoreContractTests : StoreContract
{
    protected override async Task<StoreUnderTest> OpenAsync()
    {
        var directory = new TemporaryDirectory();
        var store = await directory.OpenAsync();
        return new StoreUnderTest(store, store, store, new FileEvidenceArchive(directory.Path, store), async () =>
        {
            await store.DisposeAsync();
            directory.Dispose();
        });
    }
}

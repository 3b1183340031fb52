using CollectionsFlows.Local.Storage;
using CollectionsFlows.Simulation.Tests.Lawful;
using CollectionsFlows.Simulation.Tests.Stores;

namespace CollectionsFlows.Local.Tests.Storage;

/// <summary>On one data directory there is one writing process (<c>SqliteStoreTests</c>: a second is turned away), with as many threads as it likes.</summary>
public sealed class SqliteConcurrentDispatchTests : ConcurrentDispatch
{
    protected override int Seeds => 8;

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

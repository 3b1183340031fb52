using CollectionsFlows.Functions.Evidence;
using CollectionsFlows.Simulation.Stores;
using CollectionsFlows.Simulation.Tests.Stores;

namespace CollectionsFlows.Functions.Tests.Evidence;

/// <summary>The contract of every store, with the archive in blobs under an immutability policy (cases and borrowers in memory).</summary>
public sealed class BlobEvidenceContractTests : StoreContract
{
    protected override async Task<StoreUnderTest> OpenAsync()
    {
        var container = await EvidenceContainer.CreateAsync();
        var store = new InMemoryStore();
        var keys = new ErasableKeys(store);
        return new StoreUnderTest(store, keys, store, new BlobEvidenceArchive(container.Through(new ImmutabilityPolicy()), keys), container.DisposeAsync);
    }
}

using CollectionsFlows.Simulation.Tests.Stores;

namespace CollectionsFlows.Functions.Tests.Storage;

public sealed class TablesStoreContractTests : StoreContract
{
    protected override Task<StoreUnderTest> OpenAsync() => Azurite.StoreAsync();
}

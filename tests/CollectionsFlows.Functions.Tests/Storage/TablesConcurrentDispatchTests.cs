using CollectionsFlows.Simulation.Tests.Lawful;
using CollectionsFlows.Simulation.Tests.Stores;

namespace CollectionsFlows.Functions.Tests.Storage;

public sealed class TablesConcurrentDispatchTests : ConcurrentDispatch
{
    protected override int Seeds => 2;

    protected override Task<StoreUnderTest> OpenAsync() => Azurite.StoreAsync();
}

using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Simulation.Stores;
using CollectionsFlows.Simulation.Tests.Stores;
using Xunit.Sdk;

namespace CollectionsFlows.Simulation.Tests.Lawful;

public sealed class InMemoryConcurrentDispatchTests : ConcurrentDispatch
{
    protected override int Seeds => 60;

    protected override Task<StoreUnderTest> OpenAsync()
    {
        var store = new InMemoryStore();
        return Task.FromResult(new StoreUnderTest(store, store, store, new InMemoryEvidenceArchive(store), () => ValueTask.CompletedTask));
    }

    [Fact]
    public Task a_ledger_that_takes_every_reservation_is_caught() =>
        Assert.ThrowsAnyAsync<XunitException>(() => new OnACarelessStore().in_washington_three_of_ten_go_out());

    private sealed class OnACarelessStore : ConcurrentDispatch
    {
        protected override Task<StoreUnderTest> OpenAsync()
        {
            var store = new InMemoryStore();
            return Task.FromResult(new StoreUnderTest(store, new Careless(store), store, new InMemoryEvidenceArchive(store), () => ValueTask.CompletedTask));
        }
    }

    // Saves whatever was changed meanwhile.
    private sealed class Careless(InMemoryStore store) : IBorrowerStore
    {
        public async ValueTask<BorrowerRecord?> LoadBorrowerAsync(string borrowerId, CancellationToken cancellation = default)
        {
            await Task.Yield();
            return await store.LoadBorrowerAsync(borrowerId, cancellation);
        }

        public async ValueTask<bool> SaveBorrowerAsync(BorrowerChange change, CancellationToken cancellation = default)
        {
            await Task.Yield();
            while (!await store.SaveBorrowerAsync(change with { ExpectedVersion = (await store.LoadBorrowerAsync(change.BorrowerId, cancellation))?.Version ?? 0 }, cancellation))
            {
            }

            return true;
        }

        public ValueTask<StoredMessage?> MessageAsync(string borrowerId, string commandId, CancellationToken cancellation = default) => store.MessageAsync(borrowerId, commandId, cancellation);

        public ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) => store.MessagesAsync(borrowerId, loanId, cancellation);

        public ValueTask<IReadOnlyList<StoredText>> TextsAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) => store.TextsAsync(borrowerId, loanId, cancellation);

        public ValueTask<IReadOnlyList<string>> BorrowersOfAsync(string addressKey, CancellationToken cancellation = default) => store.BorrowersOfAsync(addressKey, cancellation);

        public ValueTask EraseBorrowerAsync(string borrowerId, CancellationToken cancellation = default) => store.EraseBorrowerAsync(borrowerId, cancellation);
    }
}

using System.Security.Cryptography;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Simulation.Stores;

namespace CollectionsFlows.Functions.Tests.Evidence;

/// <summary>Borrowers in memory, and their keys: erasing a borrower throws the key away, what comes later gets a new one.</summary>
internal sealed class ErasableKeys(InMemoryStore store) : IBorrowerStore, IBorrowerCipher
{
    private readonly Dictionary<string, (Guid Id, byte[] Key)> keys = new(StringComparer.Ordinal);

    public ValueTask<byte[]> SealAsync(string borrowerId, string field, ReadOnlyMemory<byte> plain, CancellationToken cancellation = default)
    {
        if (!keys.TryGetValue(borrowerId, out var key)) keys[borrowerId] = key = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(32));
        return new([.. key.Id.ToByteArray(), .. new FieldCipher(key.Key, borrowerId).Seal(field, plain.Span)]);
    }

    public ValueTask<byte[]?> OpenAsync(string borrowerId, string field, ReadOnlyMemory<byte> ciphertext, CancellationToken cancellation = default)
    {
        if (ciphertext.Length < 16) throw new CryptographicException("too short");
        return new(keys.TryGetValue(borrowerId, out var key) && key.Id == new Guid(ciphertext.Span[..16])
            ? new FieldCipher(key.Key, borrowerId).Open(field, ciphertext.Span[16..])
            : null);
    }

    public ValueTask EraseBorrowerAsync(string borrowerId, CancellationToken cancellation = default)
    {
        keys.Remove(borrowerId);
        return store.EraseBorrowerAsync(borrowerId, cancellation);
    }

    public ValueTask<BorrowerRecord?> LoadBorrowerAsync(string borrowerId, CancellationToken cancellation = default) => store.LoadBorrowerAsync(borrowerId, cancellation);

    public ValueTask<bool> SaveBorrowerAsync(BorrowerChange change, CancellationToken cancellation = default) => store.SaveBorrowerAsync(change, cancellation);

    public ValueTask<StoredMessage?> MessageAsync(string borrowerId, string commandId, CancellationToken cancellation = default) => store.MessageAsync(borrowerId, commandId, cancellation);

    public ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) => store.MessagesAsync(borrowerId, loanId, cancellation);

    public ValueTask<IReadOnlyList<StoredText>> TextsAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) => store.TextsAsync(borrowerId, loanId, cancellation);

    public ValueTask<IReadOnlyList<string>> BorrowersOfAsync(string addressKey, CancellationToken cancellation = default) => store.BorrowersOfAsync(addressKey, cancellation);
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using CollectionsFlows.Application.Evidence;

namespace CollectionsFlows.Simulation.Stores;

/// <summary>Dossiers in memory. What was written before its borrower was erased in <paramref name="borrowers"/> is gone.</summary>
public sealed class InMemoryEvidenceArchive(InMemoryStore? borrowers = null) : IEvidenceArchive
{
    private readonly ConcurrentDictionary<(string LoanId, string DossierId, string Name), Document> documents = [];

    public ValueTask<string> PutAsync(
        string borrowerId, string loanId, string dossierId, string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var kept = documents.GetOrAdd((loanId, dossierId, name), _ => new Document(content.ToArray(), hash, ErasuresOf(borrowerId)));
        return string.Equals(kept.Sha256, hash, StringComparison.Ordinal)
            ? new(hash)
            : throw new InvalidOperationException($"'{name}' of dossier {dossierId} is archived with other content");
    }

    public ValueTask<byte[]?> GetAsync(string borrowerId, string loanId, string dossierId, string name, CancellationToken cancellation = default) =>
        new(documents.TryGetValue((loanId, dossierId, name), out var document) && document.Erasures == ErasuresOf(borrowerId) ? [.. document.Content] : null);

    public ValueTask<IReadOnlyList<(string DossierId, string Name)>> ListAsync(string loanId, CancellationToken cancellation = default) =>
        new([.. documents.Keys
            .Where(key => string.Equals(key.LoanId, loanId, StringComparison.Ordinal))
            .OrderBy(key => key.DossierId, StringComparer.Ordinal).ThenBy(key => key.Name, StringComparer.Ordinal)
            .Select(key => (key.DossierId, key.Name))]);

    private int ErasuresOf(string borrowerId) => borrowers?.ErasuresOf(borrowerId) ?? 0;

    private sealed record Document(byte[] Content, string Sha256, int Erasures);
}

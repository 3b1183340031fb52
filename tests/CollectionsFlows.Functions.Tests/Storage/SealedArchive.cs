using System.Collections.Concurrent;
using System.Security.Cryptography;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Functions.Tests.Storage;

/// <summary>An archive in memory that seals with the store's keys: the contract of archives shows whether the keys do what archives need.</summary>
internal sealed class SealedArchive(IBorrowerCipher cipher) : IEvidenceArchive
{
    private readonly ConcurrentDictionary<(string LoanId, string DossierId, string Name), (string Sha256, byte[] Sealed)> documents = [];

    public async ValueTask<string> PutAsync(
        string borrowerId, string loanId, string dossierId, string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var kept = documents.GetOrAdd((loanId, dossierId, name), (hash, await cipher.SealAsync(borrowerId, name, content, cancellation)));
        return kept.Sha256 == hash ? hash : throw new InvalidOperationException($"'{name}' of dossier {dossierId} is archived with other content");
    }

    public async ValueTask<byte[]?> GetAsync(string borrowerId, string loanId, string dossierId, string name, CancellationToken cancellation = default) =>
        documents.TryGetValue((loanId, dossierId, name), out var kept) ? await cipher.OpenAsync(borrowerId, name, kept.Sealed, cancellation) : null;

    public ValueTask<IReadOnlyList<(string DossierId, string Name)>> ListAsync(string loanId, CancellationToken cancellation = default) =>
        new([.. documents.Keys.Where(key => key.LoanId == loanId)
            .OrderBy(key => key.DossierId, StringComparer.Ordinal).ThenBy(key => key.Name, StringComparer.Ordinal)
            .Select(key => (key.DossierId, key.Name))]);
}

namespace CollectionsFlows.Application.Evidence;

/// <summary>Keeps dossiers for good: what is written under a name stays as it is.</summary>
public interface IEvidenceArchive
{
    /// <summary>Archives a document; writing the same bytes again changes nothing.</summary>
    /// <param name="borrowerId">Whose data it holds: erasing the borrower makes it unreadable.</param>
    /// <param name="loanId">The loan.</param>
    /// <param name="dossierId">The dossier.</param>
    /// <param name="name">E.g. <c>dossier.json</c>.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>SHA-256 of the content, lower-case hex.</returns>
    /// <exception cref="InvalidOperationException">Other bytes are archived under that name.</exception>
    ValueTask<string> PutAsync(string borrowerId, string loanId, string dossierId, string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default);

    /// <summary>The document, or null.</summary>
    ValueTask<byte[]?> GetAsync(string borrowerId, string loanId, string dossierId, string name, CancellationToken cancellation = default);

    /// <summary>The dossiers of a loan: id and document names.</summary>
    ValueTask<IReadOnlyList<(string DossierId, string Name)>> ListAsync(string loanId, CancellationToken cancellation = default);
}

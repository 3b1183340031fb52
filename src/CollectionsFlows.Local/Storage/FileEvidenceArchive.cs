using System.Security.Cryptography;
using System.Text.Json;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Privacy;

namespace CollectionsFlows.Local.Storage;

/// <summary>Dossiers as files, <c>evidence/LOAN/DOSSIER/NAME.enc</c>: one JSON line with ids and the hash of the content, then the content encrypted with the borrower's key.</summary>
/// <param name="directory">The data directory.</param>
/// <param name="cipher">Holds the borrowers' keys.</param>
public sealed class FileEvidenceArchive(string directory, IBorrowerCipher cipher) : IEvidenceArchive
{
    private const string Extension = ".enc";

    public async ValueTask<string> PutAsync(
        string borrowerId, string loanId, string dossierId, string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        var header = new EvidenceHeader(borrowerId, loanId, dossierId, name, Convert.ToHexStringLower(SHA256.HashData(content.Span)));
        var path = PathOf(loanId, dossierId, name);
        if (await ReadAsync(path, cancellation) is { } kept) return Same(kept.Header, header);

        var ciphertext = await cipher.SealAsync(borrowerId, Field(header), content, cancellation);
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(header, StoreJson.Default.EvidenceHeader), (byte)'\n', .. ciphertext];
        if (DurableFile.TryCreate(path, bytes)) return header.Sha256;
        // Somebody else wrote it meanwhile.
        return Same((await ReadAsync(path, cancellation))!.Value.Header, header);
    }

    public async ValueTask<byte[]?> GetAsync(string borrowerId, string loanId, string dossierId, string name, CancellationToken cancellation = default)
    {
        if (await ReadAsync(PathOf(loanId, dossierId, name), cancellation) is not var (header, ciphertext)) return null;
        if (header != new EvidenceHeader(borrowerId, loanId, dossierId, name, header.Sha256))
            throw new CryptographicException($"the archived '{name}' of dossier {dossierId} says it is something else: it was changed or moved");
        var content = await cipher.OpenAsync(borrowerId, Field(header), ciphertext, cancellation);
        if (content is null) return null;
        return string.Equals(Convert.ToHexStringLower(SHA256.HashData(content)), header.Sha256, StringComparison.Ordinal)
            ? content
            : throw new CryptographicException($"'{name}' of dossier {dossierId} is not what was archived");
    }

    public async ValueTask<IReadOnlyList<(string DossierId, string Name)>> ListAsync(string loanId, CancellationToken cancellation = default)
    {
        var folder = Path.Combine(DataDirectory.Evidence(directory), FileNames.Of(loanId));
        if (!Directory.Exists(folder)) return [];
        var documents = new List<(string DossierId, string Name)>();
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Extension, SearchOption.AllDirectories))
        {
            if (await ReadAsync(path, cancellation) is var (header, _)) documents.Add((header.DossierId, header.Name));
        }

        return [.. documents.OrderBy(document => document.DossierId, StringComparer.Ordinal).ThenBy(document => document.Name, StringComparer.Ordinal)];
    }

    /// <summary>Binds the ciphertext to its place and its hash.</summary>
    private static string Field(EvidenceHeader header) =>
        $"evidence/{header.LoanId.Length}:{header.LoanId}/{header.DossierId.Length}:{header.DossierId}/{header.Name.Length}:{header.Name}/{header.Sha256}";

    private static string Same(EvidenceHeader kept, EvidenceHeader header) => string.Equals(kept.Sha256, header.Sha256, StringComparison.Ordinal)
        ? header.Sha256
        : throw new InvalidOperationException($"'{header.Name}' of dossier {header.DossierId} is archived with other content");

    private static async ValueTask<(EvidenceHeader Header, ReadOnlyMemory<byte> Ciphertext)?> ReadAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path)) return null;
        var bytes = await File.ReadAllBytesAsync(path, cancellation);
        var end = Array.IndexOf(bytes, (byte)'\n');
        try
        {
            if (end > 0 && JsonSerializer.Deserialize(bytes.AsSpan(0, end), StoreJson.Default.EvidenceHeader) is { } header)
                return (header, bytes.AsMemory(end + 1));
        }
        catch (JsonException e)
        {
            throw new CryptographicException($"{path} was changed: its header cannot be read", e);
        }

        throw new CryptographicException($"{path} was changed: it has no header");
    }

    private string PathOf(string loanId, string dossierId, string name) =>
        Path.Combine(DataDirectory.Evidence(directory), FileNames.Of(loanId), FileNames.Of(dossierId), FileNames.Of(name) + Extension);
}

using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CollectionsFlows.Functions.Evidence;

/// <summary>What a document in the archive is: one JSON line of ids, and of a dossier the hash of its content, before the content's ciphertext. No personal data.</summary>
/// <remarks>Of a message the command stands in the place of the dossier.</remarks>
/// <param name="BorrowerId">Whose key opens it.</param>
/// <param name="LoanId">The loan.</param>
/// <param name="DossierId">The dossier.</param>
/// <param name="Name">The document.</param>
/// <param name="Sha256">Of the plain content, lower-case hex; null where the content can be guessed, as a message's can: a hash would outlive the key (S25).</param>
internal sealed record EvidenceHeader(string BorrowerId, string LoanId, string DossierId, string Name, string? Sha256)
{
    /// <summary>Binds the ciphertext to its place and its hash.</summary>
    [JsonIgnore]
    public string Field => $"evidence/{LoanId.Length}:{LoanId}/{DossierId.Length}:{DossierId}/{Name.Length}:{Name}/{Sha256}";

    public byte[] Before(ReadOnlySpan<byte> ciphertext) => [.. JsonSerializer.SerializeToUtf8Bytes(this, EvidenceJson.Default.EvidenceHeader), (byte)'\n', .. ciphertext];

    /// <exception cref="CryptographicException">It was changed: the header cannot be read.</exception>
    public static (EvidenceHeader Header, ReadOnlyMemory<byte> Ciphertext) Read(ReadOnlyMemory<byte> blob, string blobName)
    {
        var end = blob.Span.IndexOf((byte)'\n');
        try
        {
            if (end > 0 && JsonSerializer.Deserialize(blob.Span[..end], EvidenceJson.Default.EvidenceHeader) is { } header)
            {
                return (header, blob[(end + 1)..]);
            }
        }
        catch (JsonException problem)
        {
            throw new CryptographicException($"the blob {blobName} was changed: its header cannot be read", problem);
        }

        throw new CryptographicException($"the blob {blobName} was changed: it has no header");
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EvidenceHeader))]
internal sealed partial class EvidenceJson : JsonSerializerContext;

using System.Globalization;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace CollectionsFlows.Functions.Storage;

/// <summary>
/// Bytes of any length in a row. A binary property holds 64 KiB and a row 1 MiB, so a value is cut into properties <c>Name0</c>, <c>Name1</c> …;
/// beyond <see cref="LargestInline"/> it goes to a blob named after its SHA-256 (<c>NameBlob</c>), written before the row that refers to it.
/// </summary>
/// <remarks>
/// A blob is never changed, and never deleted while a row may refer to it; a crash before the row leaves a blob nobody refers to, which harms
/// nobody. What is personal comes here as ciphertext.
/// </remarks>
internal sealed class LargeValues(BlobContainerClient blobs)
{
    /// <summary>What one row keeps of one value; a row has two such values at most, which stays below 1 MiB.</summary>
    public const int LargestInline = 384 * 1024;

    private const int Piece = 60_000;

    /// <summary>Puts a value into a row that is not written yet.</summary>
    public async ValueTask SetAsync(TableEntity row, string name, byte[] value, CancellationToken cancellation, int inline = LargestInline)
    {
        if (value.Length <= inline)
        {
            for (var (piece, from) = (0, 0); piece == 0 || from < value.Length; piece++, from += Piece)
                row[PieceOf(name, piece)] = value[from..Math.Min(value.Length, from + Piece)];
            return;
        }

        var blob = $"values/{Convert.ToHexStringLower(SHA256.HashData(value))}";
        await blobs.GetBlobClient(blob).UploadAsync(BinaryData.FromBytes(value), overwrite: true, cancellation);
        row[name + "Blob"] = blob;
    }

    /// <summary>The value of a row; null when it has none.</summary>
    /// <exception cref="InvalidDataException">Its blob is not what was stored.</exception>
    public async ValueTask<byte[]?> GetAsync(TableEntity row, string name, CancellationToken cancellation)
    {
        if (row.TryGetValue(name + "Blob", out var given) && given is string blob)
        {
            var value = (await blobs.GetBlobClient(blob).DownloadContentAsync(cancellation)).Value.Content.ToArray();
            return blob == $"values/{Convert.ToHexStringLower(SHA256.HashData(value))}" ? value : throw new InvalidDataException($"blob {blob} does not hold what was stored in it");
        }

        var pieces = new List<byte[]>();
        while (row.TryGetValue(PieceOf(name, pieces.Count), out var piece) && piece is not null) pieces.Add(Bytes(piece));
        return pieces.Count switch { 0 => null, 1 => pieces[0], _ => [.. pieces.SelectMany(piece => piece)] };
    }

    private static byte[] Bytes(object piece) => piece is BinaryData data ? data.ToArray() : (byte[])piece;

    /// <summary>The blob of a value; null when the row keeps it itself.</summary>
    public static string? BlobOf(TableEntity row, string name) => row.TryGetValue(name + "Blob", out var blob) ? blob as string : null;

    /// <summary>Deletes a blob only this row referred to (ciphertexts are unique).</summary>
    public async ValueTask DeleteAsync(string blob, CancellationToken cancellation) => await blobs.DeleteBlobIfExistsAsync(blob, cancellationToken: cancellation);

    private static string PieceOf(string name, int piece) => name + piece.ToString(CultureInfo.InvariantCulture);
}

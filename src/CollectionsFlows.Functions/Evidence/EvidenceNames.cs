using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Functions.Storage;

namespace CollectionsFlows.Functions.Evidence;

/// <summary>
/// Blob names of documents, <c>LOAN/DOSSIER/NAME</c>: letters, digits, <c>-</c> and <c>_</c> as they are, every other UTF-16 unit as <c>~</c> and
/// four hex digits. They read back, except those too long for a blob's name: they are cut and end in <c>~~</c> and a hash, and the document's own header says what it is.
/// Messages are <c>~messages/LOAN/COMMAND/TRY</c>.
/// </summary>
internal static class EvidenceNames
{
    /// <summary>Where messages lie.</summary>
    public const string Messages = "~messages/";

    private const string CutMark = "~~";
    private const string NoText = "~";

    // Three parts and two slashes stay within the 1024 characters of a blob name, and each within the 255 of a name in a hierarchical account.
    private const int LongestPart = 254;
    private const int HashLength = 64;

    /// <summary>The blob of a document.</summary>
    public static string Of(string loanId, string dossierId, string name) => $"{Part(loanId)}/{Part(dossierId)}/{Part(name)}";

    /// <summary>The blob of a message: in a folder that no loan id is written as, because <c>~</c> begins four hex digits there.</summary>
    public static string OfMessage(string loanId, string commandId, int attempt) =>
        $"{Messages}{Part(loanId)}/{Part(commandId)}/{attempt.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>What the names of a loan's blobs begin with.</summary>
    public static string OfLoan(string loanId) => $"{Part(loanId)}/";

    /// <summary>Dossier and name of a blob; null when one of them was cut.</summary>
    public static (string DossierId, string Name)? Read(string blob) =>
        blob.Split('/') is [_, var dossier, var name] && Text(dossier) is { } dossierId && Text(name) is { } document ? (dossierId, document) : null;

    private static string Part(string id)
    {
        if (id.Length == 0)
        {
            return NoText;
        }

        var part = TildeText.Of(id, "-_");
        return part.Length <= LongestPart
            ? part
            : $"{part.AsSpan(0, LongestPart - CutMark.Length - HashLength)}{CutMark}{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(part)))}";
    }

    private static string? Text(string part) => part == NoText ? "" : TildeText.Read(part);
}

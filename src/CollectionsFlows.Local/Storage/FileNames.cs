using System.Security.Cryptography;
using System.Text;

namespace CollectionsFlows.Local.Storage;

/// <summary>Names for files and folders of ids that may hold anything: readable in front, unique by a hash behind, safe on every file system (case, length, reserved names, <c>..</c>).</summary>
internal static class FileNames
{
    private const int ReadableLength = 60;

    public static string Of(string id)
    {
        var readable = string.Concat(id.Take(ReadableLength).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        return $"{readable}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 12))}";
    }
}

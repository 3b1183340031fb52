using System.Globalization;
using System.Text;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Ids as text of plain ASCII: every UTF-16 unit that is not plain becomes <c>~</c> and four hex digits. Different ids have different texts, and a text reads back.</summary>
/// <remarks>For names that need not sort; <see cref="KeyText"/> is for those that do.</remarks>
internal static class TildeText
{
    /// <summary>What begins an escape; it is never plain.</summary>
    public const char Escape = '~';

    private const int Digits = 4;

    /// <summary>The text of an id.</summary>
    /// <param name="id">Any id.</param>
    /// <param name="alsoPlain">The characters that stay as they are, beside ASCII letters and digits.</param>
    public static string Of(string id, ReadOnlySpan<char> alsoPlain)
    {
        var text = new StringBuilder(id.Length);
        foreach (var unit in id)
        {
            if (char.IsAsciiLetterOrDigit(unit) || alsoPlain.Contains(unit)) text.Append(unit);
            else text.Append(Escape).Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    /// <summary>The id of a text; null when it is none.</summary>
    public static string? Read(ReadOnlySpan<char> text)
    {
        var id = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != Escape)
            {
                id.Append(text[at]);
                continue;
            }

            if (at + Digits >= text.Length || !ushort.TryParse(text.Slice(at + 1, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)) return null;
            id.Append((char)unit);
            at += Digits;
        }

        return id.ToString();
    }
}

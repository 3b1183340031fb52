using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CollectionsFlows.Functions.Storage;

/// <summary>
/// Ids as text that may stand in a PartitionKey or RowKey: letters, digits and <c>- $ . : _ ~</c> only. Different ids have different texts, the
/// order of texts is the ordinal order of ids (by UTF-16 unit, as <see cref="string.CompareOrdinal(string, string)"/>), and a text that was not cut reads back.
/// </summary>
/// <remarks>
/// <para>Tables forbids <c>/ \ # ?</c> and control characters in keys, and how it compares characters beyond ASCII is nowhere promised; so nothing
/// but plain ASCII gets there. Each unit outside the plain ones becomes a lead that sorts where the unit sorts, and hex digits:
/// below <c>-</c>: <c>$2f</c>; between the plain ranges: <c>.</c>, <c>:</c>, <c>_</c> and two digits; from <c>{</c> on: <c>~</c> and four digits.</para>
/// <para>A key holds 512 characters at most. A text beyond <see cref="Longest"/> is cut there and gets the SHA-256 of the whole: it still sorts
/// rightly against all texts that differ within the cut, and rows with cut texts hold their ids in columns.</para>
/// </remarks>
internal static class KeyText
{
    /// <summary>Stands between texts of a key; it sorts before every character of a text, so that keys sort as tuples.</summary>
    public const char Separator = '!';

    /// <summary>The length up to which a text is kept whole.</summary>
    public const int Longest = 360;

    private const string Empty = "$";

    /// <summary>Sorts after the separator, so that the keys of a text that is just as long and those of a cut one do not mix.</summary>
    private const char CutMark = '~';

    /// <summary>The text of an id.</summary>
    public static string Of(string id) => Cut(Encode(id));

    /// <summary>The text of several ids together.</summary>
    public static string Join(params ReadOnlySpan<string> ids)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            if (text.Length > 0) text.Append(Separator);
            text.Append(Encode(id));
        }

        return Cut(text.ToString());
    }

    /// <summary>The part of an id's text by which it sorts: ids that share it are to be compared themselves.</summary>
    public static string SortsBy(string id) => Of(id) is { Length: > Longest } cut ? cut[..Longest] : Of(id);

    /// <summary>The id of a text; null when it was cut.</summary>
    public static string? Read(string text)
    {
        if (text.Length > Longest) return null;
        if (text == Empty) return "";
        var id = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var digits = DigitsAfter(text[i]);
            id.Append(digits == 0 ? text[i] : (char)int.Parse(text.AsSpan(i + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            i += digits;
        }

        return id.ToString();
    }

    private static string Encode(string id)
    {
        if (id.Length == 0) return Empty;
        var text = new StringBuilder(id.Length);
        foreach (var unit in id)
        {
            if (IsPlain(unit)) text.Append(unit);
            else text.Append(LeadOf(unit)).Append(((int)unit).ToString(unit > 'z' ? "x4" : "x2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static string Cut(string text) => text.Length <= Longest
        ? text
        : $"{text.AsSpan(0, Longest)}{CutMark}{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))}";

    private static bool IsPlain(char unit) => char.IsAsciiLetterOrDigit(unit) || unit == '-';

    private static char LeadOf(char unit) => unit switch
    {
        < '-' => '$',
        < '0' => '.',
        < 'A' => ':',
        < 'a' => '_',
        _ => '~',
    };

    private static int DigitsAfter(char lead) => lead switch
    {
        '$' or '.' or ':' or '_' => 2,
        '~' => 4,
        _ => 0,
    };
}

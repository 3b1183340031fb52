using System.Text.RegularExpressions;

namespace CollectionsFlows.Core.Contact.Content;

/// <summary>The hosts a text links to, with or without a scheme.</summary>
internal static partial class Links
{
    /// <summary>Each host in lower case and where it begins, from 0.</summary>
    public static IEnumerable<(string Host, int At)> HostsIn(string text)
    {
        // As a reader's phone sees it: full-width letters and dots link too, invisible characters do not hide.
        var plain = string.Concat(text.Select(character => character is '。' or '．' ? '.' : Characters.Plain(character) is var seen && seen == '\0' ? '\u2063' : seen));
        foreach (Match match in Host().Matches(plain.Replace("\u2063", "", StringComparison.Ordinal)))
            yield return (match.Value, Math.Min(match.Index, text.Length - 1));
    }

    /// <summary>Whether a host is a domain or in it.</summary>
    public static bool IsIn(string host, string domain) =>
        host == domain || (host.EndsWith(domain, StringComparison.Ordinal) && host[^(domain.Length + 1)] == '.');

    [GeneratedRegex(@"([a-z0-9][a-z0-9\-]*\.)+[a-z]+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Host();
}

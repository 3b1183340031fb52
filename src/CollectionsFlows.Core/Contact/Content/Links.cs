namespace CollectionsFlows.Core.Contact.Content;

/// <summary>The hosts a text links to, with or without a scheme.</summary>
internal static class Links
{
    /// <summary>Each host in lower case and where it begins, from 0.</summary>
    public static IEnumerable<(string Host, int At)> HostsIn(string text)
    {
        // As a reader's phone sees it: full-width letters and dots link too, invisible characters do not hide.
        var seen = string.Concat(text.Select(character => character is '。' or '．' ? '.' : Characters.Plain(character)).Where(character => character != '\0'));
        foreach (var (run, at) in Runs.In(seen, IsOfHost))
        {
            // Of "see bit.ly." the full stop is the sentence's.
            var host = run.Trim('.', '-');
            if (host.Contains('.', StringComparison.Ordinal) && char.IsAsciiLetter(host[^1]))
                yield return (host, Math.Min(at + run.IndexOf(host, StringComparison.Ordinal), text.Length - 1));
        }
    }

    /// <summary>Whether a host is a domain or in it.</summary>
    public static bool IsIn(string host, string domain) =>
        host == domain || (host.EndsWith(domain, StringComparison.Ordinal) && host[^(domain.Length + 1)] == '.');

    private static bool IsOfHost(char character) => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '.' or '-';
}

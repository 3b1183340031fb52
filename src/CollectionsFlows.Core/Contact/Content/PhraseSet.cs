namespace CollectionsFlows.Core.Contact.Content;

/// <summary>Phrases to look for all at once.</summary>
internal sealed class PhraseSet(IEnumerable<string> phrases)
{
    private readonly (PhrasePattern Pattern, HashSet<char> Firsts)[] patterns = [.. phrases.Select(PhrasePattern.Of).Select(pattern => (pattern, pattern.Firsts.ToHashSet()))];

    /// <summary>Every place a phrase is at, in the order of the text; one a token, the longest.</summary>
    public IEnumerable<PhraseMatch> In(PlainText text)
    {
        var likely = patterns.Where(each => each.Pattern.MayBeIn(text)).ToList();
        if (likely.Count == 0)
            yield break;
        for (var start = 0; start < text.Tokens.Count; start++)
        {
            if (Longest(likely, text.Tokens, start) is { } match)
                yield return match;
        }
    }

    private static PhraseMatch? Longest(List<(PhrasePattern Pattern, HashSet<char> Firsts)> likely, IReadOnlyList<Token> tokens, int start)
    {
        PhraseMatch? longest = null;
        foreach (var (pattern, firsts) in likely)
        {
            if (firsts.Contains(tokens[start].Word[0]) && pattern.EndAt(tokens, start) is { } end && (longest is null || end > longest.Value.End))
                longest = new PhraseMatch(pattern.Phrase, start, end, tokens[start].At);
        }

        return longest;
    }
}

/// <summary>A phrase found.</summary>
/// <param name="Phrase">As the list writes it.</param>
/// <param name="Start">Its first token.</param>
/// <param name="End">The token after it.</param>
/// <param name="At">The character it begins with, from 0.</param>
internal readonly record struct PhraseMatch(string Phrase, int Start, int End, int At);

namespace CollectionsFlows.Core.Contact.Content;

/// <summary>Phrases to look for all at once.</summary>
internal sealed class PhraseSet
{
    private readonly (PhrasePattern Pattern, char[] Firsts)[] patterns;
    private readonly int[] always;

    public PhraseSet(IEnumerable<string> phrases)
    {
        patterns = [.. phrases.Select(PhrasePattern.Of).Select(pattern => (pattern, pattern.Firsts.ToArray()))];
        always = [.. Ends.Where(end => end.Word is null).Select(end => end.Pattern).Distinct()];
    }

    /// <summary>The words its phrases end with; a null word: any.</summary>
    public IEnumerable<(string? Word, bool IsPrefix, int Pattern)> Ends =>
        patterns.SelectMany((each, pattern) => each.Pattern.LastWords.Select(last => (last.Word, last.IsPrefix, pattern)));

    /// <summary>Every place a phrase is at, in the order of the text; one a token, the longest.</summary>
    public IEnumerable<PhraseMatch> In(IndexedText text)
    {
        var byFirst = Likely(text);
        var tokens = text.Plain.Tokens;
        for (var start = 0; byFirst is not null && start < tokens.Count; start++)
        {
            if (byFirst.TryGetValue(tokens[start].Word[0], out var likely) && Longest(likely, tokens, start) is { } match)
                yield return match;
        }
    }

    /// <summary>The phrases whose last word is in the text and whose first character begins a word of it, by that character; null: none.</summary>
    private Dictionary<char, List<int>>? Likely(IndexedText text)
    {
        Dictionary<char, List<int>>? byFirst = null;
        foreach (var index in text.PatternsOf(this) is { } found ? found.Concat(always) : always)
        {
            foreach (var first in patterns[index].Firsts)
            {
                if (!text.Plain.HasWordFrom(first))
                    continue;
                byFirst ??= [];
                if (!byFirst.TryGetValue(first, out var same))
                    byFirst.Add(first, same = []);
                if (!same.Contains(index))
                    same.Add(index);
            }
        }

        return byFirst;
    }

    private PhraseMatch? Longest(List<int> likely, IReadOnlyList<Token> tokens, int start)
    {
        (int Index, int End)? longest = null;
        foreach (var index in likely)
        {
            // Of phrases as long as each other the first of the list is named.
            if (patterns[index].Pattern.EndAt(tokens, start) is { } end && (longest is null || end > longest.Value.End || (end == longest.Value.End && index < longest.Value.Index)))
                longest = (index, end);
        }

        return longest is { } match ? new PhraseMatch(patterns[match.Index].Pattern.Phrase, start, match.End, tokens[start].At) : null;
    }
}

/// <summary>A phrase found.</summary>
/// <param name="Phrase">As the list writes it.</param>
/// <param name="Start">Its first token.</param>
/// <param name="End">The token after it.</param>
/// <param name="At">The character it begins with, from 0.</param>
internal readonly record struct PhraseMatch(string Phrase, int Start, int End, int At);

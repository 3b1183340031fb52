using System.Collections.Frozen;

namespace CollectionsFlows.Core.Contact.Content;

/// <summary>The words that phrases of many sets end with: a text has few of them, and only the phrases behind those are worth a closer look.</summary>
internal sealed class PhraseIndex
{
    private readonly FrozenDictionary<string, (PhraseSet Set, int Pattern)[]> words;
    private readonly FrozenDictionary<string, (PhraseSet Set, int Pattern)[]> prefixes;

    public PhraseIndex(IEnumerable<PhraseSet> sets)
    {
        var ends = sets.SelectMany(set => set.Ends.Where(end => end.Word is not null).Select(end => (Word: end.Word!, end.IsPrefix, At: (Set: set, end.Pattern)))).ToList();
        words = By(ends.Where(end => !end.IsPrefix).Select(end => (end.Word, end.At)));
        prefixes = By(ends.Where(end => end.IsPrefix).Select(end => (end.Word, end.At)));
    }

    /// <summary>The text, and which phrases may be in it.</summary>
    public IndexedText Of(PlainText text)
    {
        var found = new Dictionary<PhraseSet, List<int>>();
        var beginnings = prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var word in text.Words)
        {
            if (words.TryGetValue(word, out var exact))
                Add(found, exact);
            for (var length = 1; length <= word.Length; length++)
                if (beginnings.TryGetValue(word.AsSpan(0, length), out var begun))
                    Add(found, begun);
        }

        return new IndexedText(text, found);
    }

    private static void Add(Dictionary<PhraseSet, List<int>> found, (PhraseSet Set, int Pattern)[] more)
    {
        foreach (var (set, pattern) in more)
        {
            if (!found.TryGetValue(set, out var patterns))
                found.Add(set, patterns = []);
            patterns.Add(pattern);
        }
    }

    private static FrozenDictionary<string, (PhraseSet Set, int Pattern)[]> By(IEnumerable<(string Word, (PhraseSet Set, int Pattern) At)> ends) =>
        ends.GroupBy(end => end.Word, StringComparer.Ordinal).ToFrozenDictionary(same => same.Key, same => same.Select(end => end.At).Distinct().ToArray(), StringComparer.Ordinal);
}

/// <summary>A text and the phrases that may be in it.</summary>
internal sealed class IndexedText(PlainText plain, IReadOnlyDictionary<PhraseSet, List<int>> found)
{
    public PlainText Plain => plain;

    /// <summary>The phrases of a set whose last word is in the text; null: none.</summary>
    public IReadOnlyList<int>? PatternsOf(PhraseSet set) => found.GetValueOrDefault(set);
}

namespace CollectionsFlows.Core.Contact.Content;

/// <summary>Lists of contents, ready to judge with. Immutable.</summary>
public sealed class ContentRules
{
    private ContentRules(IReadOnlyList<ContentList> lists)
    {
        Lists = lists;
        Prepared = [.. lists.Select(list => new PreparedList(list))];
        Index = new PhraseIndex(Prepared.SelectMany(list => list.Groups).SelectMany(group => new[] { group.Phrases, group.Unless }));
    }

    /// <summary>In the order in which findings are told.</summary>
    public IReadOnlyList<ContentList> Lists { get; }

    internal PreparedList[] Prepared { get; }

    internal PhraseIndex Index { get; }

    /// <summary>Rules made of lists.</summary>
    /// <exception cref="FormatException">Two lists share an id, or a phrase cannot be read.</exception>
    public static ContentRules Of(IReadOnlyList<ContentList> lists) =>
        lists.GroupBy(list => list.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new FormatException($"Content list '{twice.Key}' appears twice.")
            : new ContentRules(lists);

    /// <summary>These rules and a lender's: a list with a known id adds its groups to that list, any other is a list of its own. So nothing is ever loosened.</summary>
    /// <exception cref="FormatException">A list adds to another of another kind, or a phrase cannot be read.</exception>
    public ContentRules With(ContentList added)
    {
        if (Lists.FirstOrDefault(list => list.Id == added.Id) is not { } known)
            return Of([.. Lists, added]);
        return known.Kind == added.Kind && known.Rule == added.Rule
            ? Of([.. Lists.Select(list => list == known ? known with { Groups = [.. known.Groups, .. added.Groups] } : list)])
            : throw new FormatException($"Content list '{added.Id}' is {known.Kind} for {known.Rule}; what adds to it must be too.");
    }
}

/// <summary>A list with its phrases read once.</summary>
internal sealed class PreparedList(ContentList list)
{
    public ContentList List => list;

    public PreparedGroup[] Groups { get; } = [.. list.Groups.Select(group => new PreparedGroup(group, list.Kind))];
}

/// <summary>A group with its phrases read once.</summary>
internal sealed class PreparedGroup(ContentGroup group, ContentKind kind)
{
    public ContentGroup Group => group;

    public PhraseSet Phrases { get; } = new(kind == ContentKind.Domains ? [] : group.Phrases);

    public PhraseSet Unless { get; } = new(group.Unless);
}

using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Contact;

/// <summary>A rule, or one part of a rule of several, with the pack it stands in.</summary>
public sealed record RuleEntry(JurisdictionPack Pack, ContactRule Rule)
{
    /// <summary>The day its source was last read.</summary>
    public DateOnly? AsOf => Rule.AsOf ?? Pack.AsOf;

    /// <summary>The kind, as a pack writes it in <c>$type</c>.</summary>
    public string Kind => RuleFault.NameOf(Rule);
}

/// <summary>The rules of the packs in force, to be listed and explained.</summary>
public sealed class RuleBook(PackCatalogue catalogue)
{
    /// <summary>Every rule, in the order of citation; a rule of several parts has an entry for each.</summary>
    public IReadOnlyList<RuleEntry> All { get; } = [.. catalogue.Packs.SelectMany(pack => pack.Rules.Select(rule => new RuleEntry(pack, rule)))];

    /// <summary>All parts of a rule; none when there is no such rule. Letter case does not matter.</summary>
    public IReadOnlyList<RuleEntry> Find(string id) => [.. All.Where(entry => entry.Rule.Id.Equals(id, StringComparison.OrdinalIgnoreCase))];

    /// <summary>What somebody who mistyped an id may have meant; null when nothing is near.</summary>
    public string? Nearest(string id) => NearestName.To(id, All.Select(entry => entry.Rule.Id).Distinct());

    /// <summary>A rule explained to a person, line by line.</summary>
    public static IEnumerable<string> Explain(IReadOnlyList<RuleEntry> parts)
    {
        foreach (var (index, part) in parts.Index())
        {
            if (index == 0)
                yield return $"{part.Rule.Id}, pack {part.Pack.Label} ({part.Pack.Title})";
            if (parts.Count > 1)
                yield return $"part {index + 1} of {parts.Count}";
            foreach (var line in Lines(part))
                yield return $"  {line}";
        }
    }

    private static IEnumerable<string> Lines(RuleEntry part)
    {
        var rule = part.Rule;
        yield return rule.Title;
        yield return $"source:     {rule.Source}";
        yield return $"as of:      {(part.AsOf is { } asOf ? Words.Date(asOf) : "not said")}";
        yield return $"status:     {RuleWords.Status(rule.Status)}";
        yield return $"binds:      {RuleWords.Bound(rule.Binds)}";
        yield return $"what it does ({part.Kind}): {RuleWords.Describe(rule)}";
        if (rule.Supersedes.Count > 0)
            yield return $"supersedes: {string.Join(", ", rule.Supersedes)}";
        if (rule.Override is { } o)
            yield return $"override:   by {o.By}: {o.Reason}";
    }
}

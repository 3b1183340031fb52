using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Contact;

/// <summary>Puts a lender's rules in the place of shipped ones.</summary>
internal static class PackChanges
{
    public static JurisdictionPack Apply(JurisdictionPack shipped, JurisdictionPack changes)
    {
        var errors = new List<string>();
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in changes.Rules.GroupBy(rule => rule.Id, StringComparer.Ordinal))
        {
            string[] names = [group.Key, .. group.SelectMany(rule => rule.Supersedes)];
            var olds = shipped.Rules.Where(rule => names.Contains(rule.Id)).ToList();
            errors.AddRange(group.SelectMany(rule => rule.Supersedes).Where(id => shipped.Rules.All(rule => rule.Id != id)).Select(id => $"Rule '{group.Key}' supersedes '{id}', which pack '{shipped.Id}' has not."));
            if (shipped.Id != JurisdictionPack.HouseId)
                errors.AddRange(Loosened(group, olds));
            replaced.UnionWith(olds.Select(rule => rule.Id));
        }

        if (errors.Count > 0)
            throw new FormatException(string.Join(" ", errors));
        // A changed rule keeps its place in the order of citation; the parts of one rule stay together.
        var added = changes.Rules.Where(rule => !replaced.Contains(rule.Id) && !rule.Supersedes.Any(replaced.Contains));
        var kept = shipped.Rules.SelectMany((rule, index) => !replaced.Contains(rule.Id) ? [rule] : IsFirstPart(shipped, index) ? InPlaceOf(changes, rule.Id) : []);
        return changes with { Rules = [.. kept.Concat(added)], Source = changes.Source ?? shipped.Source };
    }

    // Each old part must be covered by a new one that is as strict, or a new one must say who took the responsibility.
    private static IEnumerable<string> Loosened(IEnumerable<ContactRule> news, IReadOnlyList<ContactRule> olds)
    {
        foreach (var old in olds)
        {
            if (news.Any(rule => rule.IsAtLeastAsStrictAs(old)) || news.Any(rule => rule.Override is { } o && !string.IsNullOrWhiteSpace(o.By) && !string.IsNullOrWhiteSpace(o.Reason)))
                continue;
            yield return $"Rule '{news.First().Id}' is not surely as strict as the shipped '{old.Id}' ({old.Title}): expected \"override\": {{\"by\", \"reason\"}}.";
        }
    }

    private static bool IsFirstPart(JurisdictionPack pack, int index) => !pack.Rules.Take(index).Any(rule => rule.Id == pack.Rules[index].Id);

    private static IEnumerable<ContactRule> InPlaceOf(JurisdictionPack changes, string id) =>
        changes.Rules.Where(rule => rule.Id == id || (rule.Supersedes.Count > 0 && rule.Supersedes[0] == id && rule.Id != id));
}

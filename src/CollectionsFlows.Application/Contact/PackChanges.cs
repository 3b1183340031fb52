using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Contact;

/// <summary>Puts a lender's rules in the place of shipped ones.</summary>
internal static class PackChanges
{
    /// <summary>The shipped pack with the changes, under the lender's version; what is wrong goes to <paramref name="errors"/>.</summary>
    public static JurisdictionPack Apply(JurisdictionPack shipped, JurisdictionPack changes, List<string> errors)
    {
        CheckVersions(shipped, changes, errors);
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

        // A changed rule keeps its place in the order of citation; the parts of one rule stay together.
        var added = changes.Rules.Where(rule => !replaced.Contains(rule.Id) && !rule.Supersedes.Any(replaced.Contains));
        var kept = shipped.Rules.SelectMany((rule, index) => !replaced.Contains(rule.Id) ? [rule] : IsFirstPart(shipped, index) ? InPlaceOf(shipped, changes, rule.Id) : []);
        return changes with { Rules = [.. kept.Concat(added)], Source = changes.Source ?? shipped.Source, Version = shipped.Version, LenderVersion = changes.Version };
    }

    // A fact names the shipped version and the lender's: neither alone says what judged.
    private static void CheckVersions(JurisdictionPack shipped, JurisdictionPack changes, List<string> errors)
    {
        var label = $"{shipped.Id}@{shipped.Version}";
        if (shipped.LenderVersion is not null)
            errors.Add($"Pack '{changes.Id}' is changed by two files; expected one.");
        else if (changes.Supersedes != label)
            errors.Add($"Pack '{changes.Id}' supersedes {(changes.Supersedes is { } other ? $"'{other}'" : "nothing")}; expected \"supersedes\": \"{label}\", the shipped version it was written against.");
        if (changes.Version < 1 || changes.LenderVersion is not null)
            errors.Add($"Pack '{changes.Id}': expected your own \"version\", 1 or more, raised with every change, and no 'lenderVersion'.");
    }

    // Each old part must be covered by a new one that is as strict, or a new one that binds the same must say who took the responsibility:
    // one that binds others would not be seen in the verdicts it loosened.
    private static IEnumerable<string> Loosened(IEnumerable<ContactRule> news, IReadOnlyList<ContactRule> olds)
    {
        foreach (var old in olds)
        {
            if (news.Any(rule => rule.IsAtLeastAsStrictAs(old)) || news.Any(rule => IsOwned(rule) && (rule.Binds == BoundRole.Both || rule.Binds == old.Binds)))
                continue;
            yield return news.Any(IsOwned)
                ? $"Rule '{news.First().Id}' overrides the shipped '{old.Id}' ({old.Title}), which binds others: expected \"binds\" to be as there, or \"both\"."
                : $"Rule '{news.First().Id}' is not surely as strict as the shipped '{old.Id}' ({old.Title}): expected \"override\": {{\"by\", \"reason\"}}.";
        }
    }

    private static bool IsOwned(ContactRule rule) => rule.Override is { } o && !string.IsNullOrWhiteSpace(o.By) && !string.IsNullOrWhiteSpace(o.Reason);

    private static bool IsFirstPart(JurisdictionPack pack, int index) => !pack.Rules.Take(index).Any(rule => rule.Id == pack.Rules[index].Id);

    // A rule that takes the place of several stands where the first of them stood.
    private static IEnumerable<ContactRule> InPlaceOf(JurisdictionPack shipped, JurisdictionPack changes, string id) =>
        changes.Rules.Where(rule => shipped.Rules.FirstOrDefault(old => old.Id == rule.Id || rule.Supersedes.Contains(old.Id))?.Id == id);
}

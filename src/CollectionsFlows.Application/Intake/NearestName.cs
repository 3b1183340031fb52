namespace CollectionsFlows.Application.Intake;

/// <summary>Finds what somebody who mistyped a name may have meant.</summary>
internal static class NearestName
{
    /// <summary>The candidate that differs least from the name, letter case and separators aside; null when none is near.</summary>
    public static string? To(string name, IEnumerable<string> candidates) => candidates
        .Where(candidate => candidate.Length is > 0 and <= 60 && name.Length <= 60)
        .Select(candidate => (candidate, distance: Distance(Plain(name), Plain(candidate))))
        .Where(pair => pair.distance <= Math.Max(1, name.Length / 4))
        .OrderBy(pair => pair.distance)
        .ThenBy(pair => pair.candidate[0] != name.FirstOrDefault())
        .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        foreach (var (i, c) in left.Index())
        {
            var current = new int[right.Length + 1];
            current[0] = i + 1;
            for (var j = 0; j < right.Length; j++)
                current[j + 1] = Math.Min(Math.Min(current[j], previous[j + 1]) + 1, previous[j] + (c == right[j] ? 0 : 1));
            previous = current;
        }

        return previous[^1];
    }
}

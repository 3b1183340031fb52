using System.Text.RegularExpressions;

namespace CollectionsFlows.Application.Policies;

/// <summary>A place of a JSON document that does not have the shape it should.</summary>
/// <param name="Path">JSON path.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Expected">What would be right.</param>
internal sealed partial record JsonFault(string Path, string Problem, string Expected)
{
    /// <summary>As <see cref="Touches"/>, for every element of a list: <c>$.stages[*].name</c>.</summary>
    internal bool TouchesAny(string pattern) => (this with { Path = Index().Replace(Path, "[*]") }).Touches(pattern);

    /// <summary>Whether a judgement on <paramref name="path"/> says nothing because this fault lies in, or around, that part of the document.</summary>
    internal bool Touches(string path) => Path == path || Lies(Path, path) || Lies(path, Path);

    private static bool Lies(string inner, string outer) =>
        inner.Length > outer.Length && inner.StartsWith(outer, StringComparison.Ordinal) && (inner[outer.Length] is '.' or '[');

    [GeneratedRegex(@"\[[0-9]+\]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Index();
}

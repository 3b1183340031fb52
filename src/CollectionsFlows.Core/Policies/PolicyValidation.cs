using System.Text.RegularExpressions;
using CollectionsFlows.Core.Contact.Messages;

namespace CollectionsFlows.Core.Policies;

/// <summary>Judges what a policy says, not how it is written: references, ranges, order, and that nothing before the due date demands money (S2).</summary>
public static partial class PolicyValidation
{
    internal const string KebabCase = "lower-case words joined by '-'";

    /// <summary>Every error, in the order of the document; empty when the policy may be used.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="templates">The templates its messages are rendered from.</param>
    public static IReadOnlyList<PolicyError> Check(Policy policy, TemplateCatalogue templates)
    {
        var all = policy.TemplatesOver(templates);
        return [.. Identity(policy), .. RuleValidation.Check(policy, all), .. StageValidation.Check(policy), .. StepValidation.Check(policy, all), .. OwnTemplates(policy)];
    }

    internal static bool IsKebabCase(string text) => KebabCasePattern().IsMatch(text);

    /// <summary>The error when <paramref name="holds"/> is false, nothing otherwise.</summary>
    internal static IEnumerable<PolicyError> Unless(bool holds, string path, string problem, string expected) =>
        holds ? [] : [new PolicyError(path, problem, expected)];

    /// <summary>One error per element whose key came before.</summary>
    internal static IEnumerable<PolicyError> Unique<T>(IReadOnlyList<T> items, Func<T, string> key, Func<int, string> path, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < items.Count; index++)
            if (!seen.Add(key(items[index])))
                yield return new PolicyError(path(index), $"{what} '{key(items[index])}' occurs twice", "each only once");
    }

    private static IEnumerable<PolicyError> OwnTemplates(Policy policy) =>
        TemplateValidation.Check([.. (policy.Templates ?? []).Select(template => template.ToTemplate())])
            .Select(error => new PolicyError($"$.templates[{error.Index}].{error.Path}", error.Problem, error.Expected)
            {
                Presupposes = error.RestsOnPurpose ? $"$.templates[{error.Index}].purpose" : null,
            });

    private static IEnumerable<PolicyError> Identity(Policy policy) =>
    [
        .. Unless(policy.SchemaVersion == 1, "$.schemaVersion", $"version {policy.SchemaVersion} of the format is unknown", "1"),
        .. Unless(IsKebabCase(policy.Name), "$.name", $"'{policy.Name}' is no name", KebabCase),
        .. Unless(policy.Version >= 1, "$.version", $"{policy.Version} is no version", "1 or more"),
        .. Unless(!string.IsNullOrWhiteSpace(policy.Title), "$.title", "the title is empty", "a title"),
        .. Unless(LanguagePattern().IsMatch(policy.Language), "$.language", $"'{policy.Language}' is no language", "a BCP 47 tag such as zh-CN"),
        .. Unique(policy.Jurisdictions, jurisdiction => jurisdiction, index => $"$.jurisdictions[{index}]", "jurisdiction"),
        .. policy.Jurisdictions.SelectMany((jurisdiction, index) => Unless(
            JurisdictionPattern().IsMatch(jurisdiction), $"$.jurisdictions[{index}]", $"'{jurisdiction}' is no jurisdiction", "a country or a part of one: CN, US, US-MA")),
    ];

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex KebabCasePattern();

    [GeneratedRegex("^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex LanguagePattern();

    [GeneratedRegex("^[A-Z]{2}(-[A-Z0-9]{1,3})?\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex JurisdictionPattern();
}

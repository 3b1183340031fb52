using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Contact;

/// <summary>What the gate says, from lenient to strict.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<VerdictKind>))]
public enum VerdictKind
{
    Allow,
    Defer,
    Forbid,
}

/// <summary>The gate's answer: always with the rule that decided and every rule that blocks now.</summary>
/// <param name="Kind">Allow, defer or forbid.</param>
/// <param name="Rule">The id of the deciding rule; null when allowed.</param>
/// <param name="Until">The first instant at which all rules allow; only when deferred. Null there: nobody knows before a missing calendar is supplied.</param>
/// <param name="Citations">
/// The ids of every rule that blocks at this instant, in the packs' order; then the deciding rule, where it blocks only later
/// (a cool-down that ends at night).
/// </param>
public sealed record Verdict(VerdictKind Kind, string? Rule, DateTimeOffset? Until, IReadOnlyList<string> Citations)
{
    /// <summary>Ids of the binding rules a lender loosened with an override: their part in the verdict must be seen.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    public static readonly Verdict Allow = new(VerdictKind.Allow, null, null, []);
}

namespace CollectionsFlows.Core.Risk;

/// <summary>What the scorecard says.</summary>
/// <param name="Score">0 (safe) to 100.</param>
/// <param name="Band">The band, by the policy's <see cref="RiskRules"/>.</param>
/// <param name="Reasons">What added points, in the scorecard's order; their sum is the score.</param>
public sealed record RiskAssessment(int Score, RiskBand Band, IReadOnlyList<RiskReason> Reasons);

/// <summary>A row of the scorecard and the points it gave.</summary>
/// <param name="Code">E.g. <c>days-past-due</c>.</param>
/// <param name="Points">1 or more.</param>
public readonly record struct RiskReason(string Code, int Points);

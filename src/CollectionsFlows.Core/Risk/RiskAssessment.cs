namespace CollectionsFlows.Core.Risk;

/// <summary>A risk score with what it is made of.</summary>
/// <param name="Score">0 (safe) to 100.</param>
/// <param name="Band">The band of the policy it falls in.</param>
/// <param name="Reasons">Codes with their points, e.g. <c>days-past-due +30</c>.</param>
public sealed record RiskAssessment(int Score, RiskBand Band, IReadOnlyList<string> Reasons);

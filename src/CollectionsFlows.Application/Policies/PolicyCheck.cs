using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Policies;

/// <summary>What came of reading a policy: either a policy that may be used, or everything that is wrong with it.</summary>
/// <param name="Policy">The policy; null when there are errors.</param>
/// <param name="Errors">All errors in the order of the document; empty when there is a policy.</param>
public sealed record PolicyCheck(Policy? Policy, IReadOnlyList<PolicyError> Errors);

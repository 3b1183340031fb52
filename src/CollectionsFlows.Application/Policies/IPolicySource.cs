using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Policies;

/// <summary>Finds the policy a case entered with, for as long as the case lives.</summary>
public interface IPolicySource
{
    /// <exception cref="InvalidOperationException">The policy or that version of it is gone: the case cannot go on.</exception>
    Policy Find(PolicyReference reference);
}

using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Intake;

/// <summary>Imports a file under a policy named by the caller.</summary>
/// <param name="import">Enrols what was read.</param>
/// <param name="policies">Knows the policies; a loan enters with the latest version of one.</param>
/// <param name="defaultPolicy">The policy when the caller names none.</param>
public sealed class PortfolioFileImport(PortfolioImport import, PolicyCatalogue policies, string defaultPolicy) : IPortfolioImport
{
    /// <inheritdoc/>
    public async ValueTask<ImportOutcome> ImportAsync(Stream file, PortfolioFormat format, string? policyName, bool partial, CancellationToken cancellation = default)
    {
        var name = policyName ?? defaultPolicy;
        if (policies.Find(name)?.Policy is not { } policy)
            return new(0, 0, [new(null, "policy", $"unknown policy {FieldChecks.Shown(name)}; expected one of {string.Join(", ", policies.All().Select(entry => entry.Policy.Name).Distinct())}")]);

        // Into memory, not into a temporary file: personal data is written nowhere but encrypted into the borrower store (S25).
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        content.Position = 0;
        var result = await import.ImportAsync(LoansFile.Read(content, format), new PolicyReference(policy.Name, policy.Version), partial, cancellation);
        return new(result.Enrolled, result.Unchanged, result.Errors);
    }
}

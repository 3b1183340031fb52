using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Intake;

/// <summary>Imports a file under a policy named by the caller.</summary>
/// <param name="import">Enrols what was read.</param>
/// <param name="policies">Knows the policies; a loan enters with the latest version of one.</param>
/// <param name="defaultPolicy">The policy of a loan when the caller names none.</param>
public sealed class PortfolioFileImport(PortfolioImport import, PolicyCatalogue policies, Func<LoanTerms, PolicyReference> defaultPolicy) : IPortfolioImport
{
    /// <inheritdoc/>
    public async ValueTask<ImportOutcome> ImportAsync(Stream file, PortfolioFormat format, string? policyName, bool partial, CancellationToken cancellation = default)
    {
        var named = policyName is null ? null : policies.Find(policyName)?.Policy;
        if (policyName is not null && named is null)
            return new(0, 0, [new(null, "policy", $"unknown policy {FieldChecks.Shown(policyName)}; expected one of {string.Join(", ", policies.All().Select(entry => entry.Policy.Name).Distinct())}")]);

        // Into memory, not into a temporary file: personal data is written nowhere but encrypted into the borrower store (S25).
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellation);
        content.Position = 0;
        var result = await import.ImportAsync(LoansFile.Read(content, format), terms => named is null ? defaultPolicy(terms) : new PolicyReference(named.Name, named.Version), partial, cancellation);
        return new(result.Enrolled, result.Unchanged, result.Errors);
    }
}

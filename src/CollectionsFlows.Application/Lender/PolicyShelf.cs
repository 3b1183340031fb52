using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Lender;

/// <summary>The policies of a data directory: the shipped ones and copies of every lender's policy that cases entered with, so that each finds its own for as long as it lives.</summary>
public sealed class PolicyShelf : IPolicySource
{
    private readonly string directory;

    private PolicyShelf(string directory, PolicyCatalogue catalogue) => (this.directory, Catalogue) = (directory, catalogue);

    public PolicyCatalogue Catalogue { get; }

    public TemplateCatalogue Templates => Catalogue.Templates;

    /// <exception cref="UsageException">A kept policy is not readable any more.</exception>
    public static PolicyShelf Open(string dataDirectory)
    {
        var shelf = Path.Combine(dataDirectory, "policies");
        var catalogue = PolicyCatalogue.Shipped();
        foreach (var file in Directory.Exists(shelf) ? Directory.GetFiles(shelf, "*.json").Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            if (catalogue.Add(File.ReadAllBytes(file)) is { Policy: null } check)
            {
                throw new UsageException($"{file}:{check.Errors[0]}");
            }
        }

        return new PolicyShelf(shelf, catalogue);
    }

    public Policy Find(PolicyReference reference) => ((IPolicySource)Catalogue).Find(reference);

    /// <summary>A policy by name or file; a file is copied, for its cases will need it.</summary>
    /// <param name="nameOrFile">A name, or the path of a policy file.</param>
    /// <param name="errors">Everything wrong; empty when the result is not null.</param>
    public Policy? Take(string nameOrFile, out IReadOnlyList<PolicyError> errors)
    {
        var isKnown = Catalogue.Find(nameOrFile) is not null;
        var check = Catalogue.Load(nameOrFile);
        errors = check.Errors;
        if (check.Policy is { } policy && !isKnown)
        {
            Directory.CreateDirectory(directory);
            File.Copy(nameOrFile, Path.Combine(directory, $"{policy.Name}@{policy.Version}.json"), overwrite: true);
        }

        return check.Policy;
    }

    /// <summary>The policy of a loan nobody chose one for.</summary>
    /// <exception cref="UsageException">None fits.</exception>
    public PolicyReference DefaultFor(LoanTerms terms) => Catalogue.DefaultFor(terms) is { } policy
        ? new PolicyReference(policy.Name, policy.Version)
        : throw new UsageException($"no shipped policy fits loan {terms.LoanId} ({terms.Jurisdiction}, {terms.CreditorRole}); name one with --policy");
}

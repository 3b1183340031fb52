using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Application.Intake;

/// <summary>What a loans file holds.</summary>
/// <param name="Loans">The good loans, in the order in which they first appear.</param>
/// <param name="Errors">Everything wrong, by line. A file with any error imports nothing unless a partial import is asked for.</param>
/// <param name="BadLoans">How many loans are left out because of errors.</param>
public sealed record LoansFileResult(IReadOnlyList<ImportedLoan> Loans, IReadOnlyList<InputError> Errors, int BadLoans);

/// <summary>A loan of a file and who owes it.</summary>
/// <param name="Terms">The loan.</param>
/// <param name="Borrower">Who owes it; the keys of the addresses are empty until <see cref="KeyedBorrower"/>.</param>
/// <param name="Line">The line on which the loan first appears.</param>
public sealed record ImportedLoan(LoanTerms Terms, BorrowerDetails Borrower, int Line)
{
    /// <summary>The loan as its case may know it: of the extra columns only risk inputs stay with the terms, everything else goes to the borrower, encrypted (S25).</summary>
    public ImportedLoan Separated()
    {
        var others = Terms.Attributes.Where(attribute => !RiskInputs.IsRiskInput(attribute.Key, attribute.Value)).ToDictionary();
        return others.Count == 0 ? this : this with
        {
            Terms = Terms with { Attributes = Terms.Attributes.Where(attribute => !others.ContainsKey(attribute.Key)).ToDictionary() },
            Borrower = Borrower with { Attributes = others },
        };
    }

    /// <summary>The borrower with the opaque keys the store knows the addresses by.</summary>
    public BorrowerDetails KeyedBorrower(AddressKeys keys) => keys.WithKeys(Borrower);

    /// <summary>What is known of the borrower with where this loan says they may be.</summary>
    public BorrowerDetails WithZones(BorrowerDetails borrower) =>
        borrower with { LoanZones = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [Terms.LoanId] = Terms.TimeZones } };
}

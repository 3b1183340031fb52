using System.Globalization;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>Writes loans as the contract's loans file: CSV, a row per instalment, lines end in LF.</summary>
public static class LoansFileWriter
{
    private const string Header =
        "loanId,borrowerId,name,phone,email,language,jurisdiction,timeZone,product,creditorRole,currency,penaltyAnnualRate,instalmentNumber,dueOn,principalDue,interestDue,feesDue";

    /// <summary>Writes one loan after the other; nothing is kept.</summary>
    /// <param name="file">Where to; not closed.</param>
    /// <param name="loans">The loans. Of several time zones only the first can be said in the file.</param>
    /// <param name="attributes">The attributes that become columns, in order; a loan without one leaves it empty.</param>
    public static void Write(TextWriter file, IEnumerable<ImportedLoan> loans, IReadOnlyList<string> attributes)
    {
        file.Write(string.Join(',', [Header, .. attributes.Select(Field)]));
        file.Write('\n');
        foreach (var loan in loans)
        {
            var ofLoan = LoanColumns(loan);
            var ofAttributes = string.Concat(attributes.Select(name => "," + Field(loan.Terms.Attributes.GetValueOrDefault(name, ""))));
            foreach (var due in loan.Terms.Instalments)
            {
                file.Write(ofLoan);
                file.Write(string.Create(CultureInfo.InvariantCulture,
                    $",{due.Number},{due.DueOn:yyyy-MM-dd},{due.PrincipalDue:0.00},{due.InterestDue:0.00},{due.FeesDue:0.00}{ofAttributes}\n"));
            }
        }
    }

    private static string LoanColumns(ImportedLoan loan)
    {
        var (terms, borrower) = (loan.Terms, loan.Borrower);
        string[] values =
        [
            terms.LoanId,
            terms.BorrowerId,
            borrower.Name,
            string.Join(';', borrower.Addresses.Where(address => address.Channel == Channel.Sms).Select(address => address.Value)),
            borrower.Addresses.FirstOrDefault(address => address.Channel == Channel.Email)?.Value ?? "",
            borrower.Language ?? "",
            terms.Jurisdiction,
            terms.TimeZones[0],
            terms.Product,
            terms.CreditorRole == CreditorRole.Collector ? "collector" : "creditor",
            terms.Currency.Code,
            terms.PenaltyAnnualRate.ToString(CultureInfo.InvariantCulture),
        ];
        return string.Join(',', values.Select(Field));
    }

    /// <summary>RFC 4180: quoted where it must be.</summary>
    private static string Field(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

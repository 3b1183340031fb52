using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Borrowers;

/// <summary>Finds the open loans behind an address through its key.</summary>
public sealed class AddressBook(IBorrowerStore borrowers, ICaseStore cases, AddressKeys keys) : IInboundAddressBook
{
    private const int MostLoans = 1000;

    public async ValueTask<IReadOnlyList<string>> LoansOfAsync(Channel channel, string address, CancellationToken cancellation = default)
    {
        var loans = new List<string>();
        foreach (var borrowerId in await borrowers.BorrowersOfAsync(keys.KeyOf(channel, address), cancellation))
        {
            var page = await cases.ListAsync(new CaseQuery { Text = borrowerId, PageSize = MostLoans }, cancellation);
            loans.AddRange(page.Cases.Where(found => found.BorrowerId == borrowerId && found.Status != CaseStatus.Closed).Select(found => found.LoanId));
        }

        loans.Sort(StringComparer.Ordinal);
        return loans;
    }
}

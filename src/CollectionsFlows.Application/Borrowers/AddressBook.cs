using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Borrowers;

/// <summary>Finds the open loans behind an address through its key.</summary>
public sealed class AddressBook(IBorrowerStore borrowers, ICaseStore cases, AddressKeys keys) : IInboundAddressBook
{
    private const int PageSize = 1000;

    public async ValueTask<IReadOnlyList<string>> LoansOfAsync(Channel channel, string address, CancellationToken cancellation = default)
    {
        var loans = new List<string>();
        foreach (var borrowerId in await borrowers.BorrowersOfAsync(keys.KeyOf(channel, address), cancellation))
        {
            // The search finds ids that contain the borrower's too, so there may be many pages before the loan that is meant.
            for (var page = 1; (await cases.ListAsync(new CaseQuery { Text = borrowerId, Page = page, PageSize = PageSize }, cancellation)).Cases is { Count: > 0 } found; page++)
                loans.AddRange(found.Where(entry => entry.BorrowerId == borrowerId && entry.Status != CaseStatus.Closed).Select(entry => entry.LoanId));
        }

        loans.Sort(StringComparer.Ordinal);
        return loans;
    }
}

using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Borrowers;

/// <summary>Finds the open loans behind an address through its key (one that was enrolled just now is among them), and the messages that went there.</summary>
public sealed class AddressBook(IBorrowerStore borrowers, ICaseStore cases, AddressKeys keys) : IInboundAddressBook
{
    private const int PageSize = 1000;

    private readonly OperationIds operations = new(keys);

    public async ValueTask<IReadOnlyList<string>> LoansOfAsync(Channel channel, string address, CancellationToken cancellation = default)
    {
        var loans = new List<string>();
        foreach (var borrowerId in await borrowers.BorrowersOfAsync(keys.KeyOf(channel, address), cancellation))
        {
            var known = await cases.LoansOfAsync(borrowerId, cancellation);
            var open = known.Loans.Where(loan => loan.Record.State?.ClosedReason is null).Select(loan => loan.LoanId).ToList();
            // OPT-OUT: whoever says STOP must be heard, also where a former release noted nobody's loans; one loan is enough, for it is the borrower who opts out.
            loans.AddRange(open.Count > 0 ? open : await ListedAsync(borrowerId, cancellation));
        }

        loans.Sort(StringComparer.Ordinal);
        return loans;
    }

    public async ValueTask<string?> CommandOfAsync(Channel channel, string address, Guid operationId, CancellationToken cancellation = default)
    {
        // Messages are stored before they leave, so whatever a report is about is there. Spouses may share an address.
        foreach (var borrowerId in await borrowers.BorrowersOfAsync(keys.KeyOf(channel, address), cancellation))
        {
            var messages = await borrowers.MessagesAsync(borrowerId, loanId: null, cancellation);
            if (messages.FirstOrDefault(message => message.Channel == channel && operations.Of(message.CommandId) == operationId) is { } message)
                return message.CommandId;
        }

        return null;
    }

    private async ValueTask<List<string>> ListedAsync(string borrowerId, CancellationToken cancellation)
    {
        var open = new List<string>();
        // The search finds ids that contain the borrower's too, so there may be many pages before the loan that is meant.
        for (var page = 1; (await cases.ListAsync(new CaseQuery { Text = borrowerId, Page = page, PageSize = PageSize }, cancellation)).Cases is { Count: > 0 } found; page++)
            open.AddRange(found.Where(entry => entry.BorrowerId == borrowerId && entry.Status != CaseStatus.Closed).Select(entry => entry.LoanId));
        return open;
    }
}

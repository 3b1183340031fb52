using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Intake;

/// <summary>Finds whom an inbound message is from: carriers know numbers, cases know loans.</summary>
public interface IInboundAddressBook
{
    /// <summary>The open loans of the borrowers who have this address, in ordinal order; empty when nobody has it.</summary>
    /// <param name="channel">SMS and phone share numbers.</param>
    /// <param name="address">E.164 or an e-mail address. Personal data: it must not be logged.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<IReadOnlyList<string>> LoansOfAsync(Channel channel, string address, CancellationToken cancellation = default);
}

using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Intake;

/// <summary>Finds whom an inbound message is from, and what a carrier's report is about: carriers know numbers and addresses, cases know loans and commands.</summary>
public interface IInboundAddressBook
{
    /// <summary>The open loans of the borrowers who have this address, in ordinal order; empty when nobody has it.</summary>
    /// <param name="channel">SMS and phone share numbers.</param>
    /// <param name="address">E.164 or an e-mail address. Personal data: it must not be logged.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<IReadOnlyList<string>> LoansOfAsync(Channel channel, string address, CancellationToken cancellation = default);

    /// <summary>The command whose message to this address a carrier knows by an id (<c>OperationIds</c>); null when there is none.</summary>
    /// <param name="channel">The medium of the message.</param>
    /// <param name="address">Where it went. Personal data: it must not be logged.</param>
    /// <param name="operationId">The carrier's id of it.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<string?> CommandOfAsync(Channel channel, string address, Guid operationId, CancellationToken cancellation = default);
}

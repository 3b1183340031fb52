using CollectionsFlows.Application.Borrowers;

namespace CollectionsFlows.Application.Evidence;

/// <summary>Keeps each message as it was rendered, for good and before it is handed over: of whatever may have gone out there is evidence (S15).</summary>
/// <remarks>The embedded host has none: its messages stay with the borrower, in the same file as the facts.</remarks>
public interface IMessageArchive
{
    /// <summary>Archives the message of a command's try; the same again changes nothing.</summary>
    /// <exception cref="InvalidOperationException">Another message is archived for that try.</exception>
    ValueTask KeepAsync(StoredMessage message, CancellationToken cancellation = default);
}

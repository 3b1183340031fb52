using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;

namespace CollectionsFlows.Application.Intake;

/// <summary>Takes outside events in, once: borrower first, inbox second, doorbell last. A crash in between is healed by the sender's retry.</summary>
public sealed class EventIntake(ICaseStore cases, IBorrowerStore borrowers, IDoorbell doorbell, AddressKeys addressKeys, TimeProvider time)
{
    /// <summary>Stores an event and rings the case. An event for an unknown loan is stored, shown as unmatched, and applied when the loan appears.</summary>
    /// <param name="received">The event.</param>
    /// <param name="by">The operator who entered it; null for systems.</param>
    /// <param name="reason">The operator's reason.</param>
    /// <param name="cancellation">Stops waiting; what is stored stays stored.</param>
    public ValueTask<InboxResult> AcceptAsync(OutsideEvent received, string? by, string? reason, CancellationToken cancellation = default)
    {
        _ = (cases, borrowers, doorbell, addressKeys, time);
        throw new NotSupportedException();
    }
}

/// <summary>Wakes a case. Carries nothing; a lost ring costs delay, a duplicate costs nothing.</summary>
public interface IDoorbell
{
    void Ring(string loanId);
}

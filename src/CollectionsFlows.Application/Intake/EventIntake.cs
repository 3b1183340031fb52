using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Intake;

/// <summary>Takes outside events in, once: borrower first, inbox second, doorbell last. A crash in between is healed by the sender's retry.</summary>
/// <remarks>
/// Borrower first, because of the two half-done states the careful one is "opted out, not yet journalled". What is known to be a conflict
/// (<see cref="ICaseStore.BodyOfAsync"/>) changes nobody; a repetition applies the borrower's part again, which does nothing if it was done.
/// </remarks>
public sealed class EventIntake(ICaseStore cases, IBorrowerStore borrowers, IDoorbell doorbell, AddressKeys addressKeys, TimeProvider time)
{
    private readonly BorrowerEffects effects = new(borrowers, addressKeys);

    /// <summary>Stores an event and rings the case. An event for an unknown loan is stored, shown as unmatched, and applied when the loan appears.</summary>
    /// <param name="received">The event.</param>
    /// <param name="by">The operator who entered it; null for systems.</param>
    /// <param name="reason">The operator's reason.</param>
    /// <param name="cancellation">Stops waiting; what is stored stays stored.</param>
    public async ValueTask<InboxResult> AcceptAsync(OutsideEvent received, string? by, string? reason, CancellationToken cancellation = default)
    {
        var part = WithReason(received.Borrower, reason) is { } effect ? new ParkedEffect(received.Id, received.LoanId, received.At, received.Type, effect) : null;
        string? borrowerId = null;
        if (part is not null)
        {
            if (await cases.BodyOfAsync(received.Id, cancellation) is { } body && body != received.BodySha256)
                return InboxResult.Conflict;
            borrowerId = await BorrowerOfAsync(received.LoanId, cancellation);
            await (borrowerId is null ? effects.ParkAsync(part, cancellation) : effects.ApplyAsync(borrowerId, part, cancellation));
        }

        var input = new CaseInput(received.Id, received.At, received.Event, by);
        var result = await cases.PutAsync(new(received.LoanId, input, time.GetUtcNow(), received.BodySha256), cancellation);
        if (result == InboxResult.Conflict)
            return result;

        // The loan may have been enrolled while its event was being parked; then nobody else will adopt it.
        if (part is not null && borrowerId is null && await BorrowerOfAsync(received.LoanId, cancellation) is { } appeared)
            await effects.ApplyAsync(appeared, part, cancellation);
        await doorbell.RingAsync(received.LoanId, cancellation);
        return result;
    }

    /// <summary>Applies what events said of a borrower before the loan was known. Whoever enrols a loan calls it afterwards; calling it again does nothing.</summary>
    public ValueTask AdoptParkedAsync(string loanId, string borrowerId, CancellationToken cancellation = default) =>
        effects.AdoptAsync(loanId, borrowerId, cancellation);

    /// <summary>An operator's reason is free text, so it stays with the borrower, under the event's id (S25).</summary>
    private static BorrowerEffect? WithReason(BorrowerEffect? effect, string? reason) => string.IsNullOrEmpty(reason)
        ? effect
        : (effect ?? new BorrowerEffect()) with { Text = effect?.Text is { } text ? $"{text}\nReason: {reason}" : $"Reason: {reason}" };

    private async ValueTask<string?> BorrowerOfAsync(string loanId, CancellationToken cancellation) => (await cases.LoadAsync(loanId, cancellation)).BorrowerId;
}

/// <summary>Wakes a case. Carries nothing; a lost ring costs delay, a duplicate costs nothing.</summary>
public interface IDoorbell
{
    /// <summary>Rings once; a ring that fails is not an error of what was stored.</summary>
    ValueTask RingAsync(string loanId, CancellationToken cancellation = default);
}

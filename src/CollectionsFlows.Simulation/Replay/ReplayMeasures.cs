using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Simulation.Replay;

/// <summary>What the figures of a replay need of one loan's facts (S23).</summary>
internal sealed class ReplayMeasures
{
    /// <summary>Facts recorded.</summary>
    public int Facts { get; private set; }

    /// <summary>Paid while something was past due, in the loan's currency.</summary>
    public decimal Recovered { get; private set; }

    public int Cures { get; private set; }

    public int PromisesMade { get; private set; }

    public int PromisesKept { get; private set; }

    public int PromisesBroken { get; private set; }

    public bool Complained { get; private set; }

    public DateTimeOffset? FirstDelinquentAt { get; private set; }

    /// <summary>From the first delinquency to the first contact after it.</summary>
    public TimeSpan? TimeToFirstContact { get; private set; }

    /// <summary>When the case closed for good; null while open.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    public void Add(RecordedFact recorded)
    {
        Facts++;
        switch (recorded.Fact)
        {
            case CaseFact.PaymentPosted { DaysPastDue: > 0 } paid: Recovered += paid.Amount; break;
            case CaseFact.DelinquencyBegan: FirstDelinquentAt ??= recorded.At; break;
            case CaseFact.DelinquencyCured: Cures++; break;
            case CaseFact.PromiseMade: PromisesMade++; break;
            case CaseFact.PromiseKept: PromisesKept++; break;
            case CaseFact.PromiseBroken: PromisesBroken++; break;
            case CaseFact.TrackStarted { Track: ExceptionTrack.Complaint }: Complained = true; break;
            case CaseFact.ContactAttempted { Attempt.Result: ContactResult.Sent } when FirstDelinquentAt is { } began:
                TimeToFirstContact ??= recorded.At - began;
                break;
            case CaseFact.CaseClosed: ClosedAt = recorded.At; break;
            case CaseFact.CaseReopened: ClosedAt = null; break;
        }
    }
}

using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Core.Cases;

/// <summary>Folds what was agreed or stands in the way: promises, plans, exception tracks.</summary>
internal static class AgreementEvolution
{
    /// <summary>The state with the fact; null when the fact is about something else.</summary>
    public static CaseState? Apply(CaseState state, RecordedFact recorded) => recorded.Fact switch
    {
        CaseFact.PromiseMade made => ContactEvolution.Answered(
            state with { Promises = [.. state.Promises, new PromiseToPay(made.PromiseId, made.Amount, made.DueOn, recorded.At, PromiseStatus.Active)] }, recorded.At),
        CaseFact.PromiseKept kept => Promise(state, kept.PromiseId, PromiseStatus.Kept, kept.On),
        CaseFact.PromiseBroken broken => Promise(state, broken.PromiseId, PromiseStatus.Broken, broken.On) with
        {
            LadderResumesOn = broken.LadderResumesOn, BrokenPromises = state.BrokenPromises + 1,
        },
        CaseFact.PromiseCancelled cancelled => Promise(state, cancelled.PromiseId, PromiseStatus.Cancelled, cancelled.On) with
        {
            LadderResumesOn = cancelled.LadderResumesOn,
        },
        CaseFact.PlanAccepted accepted => ContactEvolution.Answered(
            state with { Plan = new PaymentPlan(accepted.PlanId, accepted.Instalments, accepted.Confirmation, recorded.At, 0, 0, 0, accepted.On) }, recorded.At),
        CaseFact.PlanInstalmentMet met => state with { Plan = state.Plan! with { Met = met.Number } },
        CaseFact.PlanInstalmentMissed missed => state with { Plan = state.Plan! with { Missed = state.Plan.Missed + 1, CheckedThrough = missed.Number } },
        CaseFact.PlanReviewed reviewed => state with { Plan = state.Plan! with { ReviewedOn = reviewed.On } },
        CaseFact.PlanCompleted completed => state with { Plan = null, LadderResumesOn = completed.On.AddDays(1) },
        CaseFact.PlanBroken broken => state with { Plan = null, LadderResumesOn = broken.LadderResumesOn },
        CaseFact.PlanCancelled cancelled => state with { Plan = null, LadderResumesOn = cancelled.LadderResumesOn },
        CaseFact.TrackStarted started => TrackStarted(state, started),
        CaseFact.TrackAdvanced advanced => state with
        {
            Tracks = [.. state.Tracks.Select(track => IsIt(track, advanced.Track, advanced.Reference) ? track with { Step = advanced.Step } : track)],
        },
        CaseFact.TrackEnded ended => TrackEnded(state, ended),
        _ => null,
    };

    private static CaseState Promise(CaseState state, string promiseId, PromiseStatus status, DateOnly on) => state with
    {
        Promises = [.. state.Promises.Select(promise => promise.PromiseId == promiseId ? promise with { Status = status, EndedOn = on } : promise)],
    };

    private static CaseState TrackStarted(CaseState state, CaseFact.TrackStarted started) => state with
    {
        Tracks = [.. state.Tracks, new ActiveTrack(started.Track, started.Reference, started.From, started.Until, Step: null)],
        Pauses = started.PausesDaysPastDue ? [.. state.Pauses, new Pause(started.From, started.Until ?? DateOnly.MaxValue)] : state.Pauses,
    };

    /// <summary>A pause that was to last longer ends with its track: from that day on days count again.</summary>
    private static CaseState TrackEnded(CaseState state, CaseFact.TrackEnded ended)
    {
        var track = state.Tracks.First(active => IsIt(active, ended.Track, ended.Reference));
        var planned = new Pause(track.From, track.Until ?? DateOnly.MaxValue);
        return state with
        {
            Tracks = [.. state.Tracks.Where(active => active != track)],
            Pauses = ExceptionTracks.PausesDaysPastDue(track.Track) && planned.Until > ended.On
                ? [.. state.Pauses.Select(pause => pause == planned ? pause with { Until = ended.On < pause.From ? pause.From : ended.On } : pause)]
                : state.Pauses,
            LadderResumesOn = ended.LadderResumesOn,
        };
    }

    private static bool IsIt(ActiveTrack active, ExceptionTrack track, string? reference) => active.Track == track && active.Reference == reference;
}

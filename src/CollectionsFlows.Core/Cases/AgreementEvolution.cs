using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Core.Cases;

/// <summary>Folds what was agreed or stands in the way: promises, plans, exception tracks.</summary>
internal static class AgreementEvolution
{
    /// <summary>The state with the fact; null when the fact is about something else.</summary>
    public static CaseState? Apply(CaseState state, RecordedFact recorded) => recorded.Fact switch
    {
        CaseFact.PromiseMade made => PromiseMade(state, made, recorded.At),
        CaseFact.PromiseKept kept => Resuming(
            WithPromise(state, kept.PromiseId, promise => promise with { Status = PromiseStatus.Kept, EndedOn = kept.On, Used = kept.Used }), kept.On.AddDays(1)),
        CaseFact.PromiseBroken broken => Resuming(
            WithPromise(state, broken.PromiseId, promise => promise with { Status = PromiseStatus.Broken, EndedOn = broken.On, Used = broken.Used }),
            broken.LadderResumesOn) with { BrokenPromises = state.BrokenPromises + 1 },
        CaseFact.PromiseCancelled cancelled => Resuming(
            WithPromise(state, cancelled.PromiseId, promise => promise with { Status = PromiseStatus.Cancelled, EndedOn = cancelled.On }), cancelled.LadderResumesOn),
        CaseFact.PlanAccepted accepted => PlanAccepted(state, accepted, recorded.At),
        CaseFact.PlanInstalmentUnmet unmet => state with { Plan = state.Plan! with { Met = unmet.Met } },
        CaseFact.PlanInstalmentMet met => state with { Plan = state.Plan! with { Met = met.Number } },
        CaseFact.PlanInstalmentMissed missed => state with { Plan = state.Plan! with { Missed = state.Plan.Missed + 1, CheckedThrough = missed.Number } },
        CaseFact.PlanReviewed reviewed => state with { Plan = state.Plan! with { ReviewedOn = reviewed.On } },
        CaseFact.PlanCompleted completed => Resuming(state with { Plan = null }, completed.On.AddDays(1)),
        CaseFact.PlanBroken broken => Resuming(state with { Plan = null }, broken.LadderResumesOn),
        CaseFact.PlanCancelled cancelled => Resuming(state with { Plan = null }, cancelled.LadderResumesOn),
        CaseFact.TrackStarted started => TrackStarted(state, started),
        CaseFact.TrackAdvanced advanced => state with
        {
            Tracks = [.. state.Tracks.Select(track => IsIt(track, advanced.Track, advanced.Reference)
                ? track with { Step = advanced.Step, Rule = advanced.Rule ?? track.Rule }
                : track)],
        },
        CaseFact.TrackEnded ended => TrackEnded(state, ended),
        CaseFact.TrackLimited limited => TrackLimited(state, limited),
        CaseFact.EndedBeforehand ended => state with { EarlyEnds = [.. state.EarlyEnds ?? [], new EarlyEnd(ended.What, ended.Reference, ended.EndedAt)] },
        _ => null,
    };

    /// <summary>The state with one promise changed.</summary>
    public static CaseState WithPromise(CaseState state, string promiseId, Func<PromiseToPay, PromiseToPay> change) => state with
    {
        Promises = [.. state.Promises.Select(promise => promise.PromiseId == promiseId ? change(promise) : promise)],
    };

    /// <summary>The ladder stands still before that day; a later day that is known already stays.</summary>
    private static CaseState Resuming(CaseState state, DateOnly on) => state.LadderResumesOn >= on ? state : state with { LadderResumesOn = on };

    private static CaseState PromiseMade(CaseState state, CaseFact.PromiseMade made, DateTimeOffset recordedAt)
    {
        var promise = new PromiseToPay(made.PromiseId, made.Amount, made.DueOn, made.MadeAt ?? recordedAt, PromiseStatus.Active);
        return ContactEvolution.Answered(state with { Promises = [.. state.Promises, promise] }, recordedAt);
    }

    private static CaseState PlanAccepted(CaseState state, CaseFact.PlanAccepted accepted, DateTimeOffset recordedAt)
    {
        var plan = new PaymentPlan(
            accepted.PlanId, accepted.Instalments, accepted.Confirmation, accepted.AcceptedAt ?? recordedAt, Met: 0, Missed: 0, CheckedThrough: 0, accepted.On);
        return ContactEvolution.Answered(state with { Plan = plan }, recordedAt);
    }

    private static CaseState TrackStarted(CaseState state, CaseFact.TrackStarted started) => state with
    {
        Tracks = [.. state.Tracks, new ActiveTrack(started.Track, started.Reference, started.From, started.Until, Step: null, started.Rule)],
        Pauses = started.PausesDaysPastDue ? [.. state.Pauses, new Pause(started.From, started.Until ?? DateOnly.MaxValue)] : state.Pauses,
    };

    /// <summary>A pause that was to last longer ends with its track: from that day on days count again.</summary>
    private static CaseState TrackEnded(CaseState state, CaseFact.TrackEnded ended)
    {
        var track = state.Tracks.First(active => IsIt(active, ended.Track, ended.Reference));
        var planned = new Pause(track.From, track.Until ?? DateOnly.MaxValue);
        var without = state with
        {
            Tracks = [.. state.Tracks.Where(active => active != track)],
            Pauses = ExceptionTracks.PausesDaysPastDue(track.Track) && planned.Until > ended.On ? Shortened(state.Pauses, planned, ended.On) : state.Pauses,
        };
        return ExceptionTracks.StopsLadder(track.Track) ? Resuming(without, ended.LadderResumesOn) : without;
    }

    private static CaseState TrackLimited(CaseState state, CaseFact.TrackLimited limited)
    {
        var track = state.Tracks.First(active => IsIt(active, limited.Track, limited.Reference));
        var planned = new Pause(track.From, track.Until ?? DateOnly.MaxValue);
        return state with
        {
            Tracks = [.. state.Tracks.Select(active => active == track ? track with { Until = limited.Until } : active)],
            Pauses = ExceptionTracks.PausesDaysPastDue(track.Track) ? Shortened(state.Pauses, planned, limited.Until) : state.Pauses,
        };
    }

    /// <summary>Ends one such pause; another track may have the very same days, and goes on.</summary>
    private static Pause[] Shortened(IReadOnlyList<Pause> pauses, Pause planned, DateOnly until)
    {
        Pause[] shortened = [.. pauses];
        shortened[Array.IndexOf(shortened, planned)] = planned with { Until = until < planned.From ? planned.From : until };
        return shortened;
    }

    private static bool IsIt(ActiveTrack active, ExceptionTrack track, string? reference) => active.Track == track && active.Reference == reference;
}

using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Journal;

/// <summary>Words for promises, plans and exception tracks.</summary>
internal static class AgreementWords
{
    /// <summary>Null: the fact is about something else.</summary>
    public static string? Of(CaseFact fact, Currency currency) => Promise(fact, currency) ?? Plan(fact, currency) ?? Track(fact);

    private static string? Promise(CaseFact fact, Currency currency) => fact switch
    {
        CaseFact.PromiseMade made => $"The borrower promised {Words.Amount(made.Amount, currency)} by {Words.Date(made.DueOn)} (promise {made.PromiseId}); collection is suspended meanwhile.",
        CaseFact.PromiseKept kept => $"Promise {kept.PromiseId} was kept on {Words.Date(kept.On)}: {Words.Amount(kept.Received, currency)} arrived for it.",
        CaseFact.PromiseBroken broken =>
            $"Promise {broken.PromiseId} was broken on {Words.Date(broken.On)}: {Words.Amount(broken.Received, currency)} had arrived for it. Collection goes on from {Words.Date(broken.LadderResumesOn)}.",
        CaseFact.PromiseCancelled cancelled =>
            $"Promise {cancelled.PromiseId} was cancelled on {Words.Date(cancelled.On)}. Collection goes on from {Words.Date(cancelled.LadderResumesOn)}.",
        _ => null,
    };

    private static string? Plan(CaseFact fact, Currency currency) => fact switch
    {
        CaseFact.PlanAccepted accepted =>
            $"Plan {accepted.PlanId} was agreed on {Words.Date(accepted.On)} with {accepted.Confirmation} confirmation: {Words.Amount(accepted.Instalments.Sum(instalment => instalment.Amount), currency)} "
            + $"in {Words.Count(accepted.Instalments.Count, "instalment")} from {Words.Date(accepted.Instalments[0].DueOn)} to {Words.Date(accepted.Instalments[^1].DueOn)}. Collection stops while it is kept.",
        CaseFact.PlanInstalmentMet met => $"Instalment {met.Number} of plan {met.PlanId}, due on {Words.Date(met.DueOn)}, was met; {Words.Amount(met.ReceivedSoFar, currency)} received so far.",
        CaseFact.PlanInstalmentUnmet unmet =>
            $"A payment for plan {unmet.PlanId} did not hold: {Words.Count(unmet.Met, "instalment")} met now, {Words.Amount(unmet.ReceivedSoFar, currency)} received so far.",
        CaseFact.PlanInstalmentMissed missed =>
            $"Instalment {missed.Number} of plan {missed.PlanId}, due on {Words.Date(missed.DueOn)}, was missed: {Words.Amount(missed.ReceivedSoFar, currency)} received of {Words.Amount(missed.ExpectedSoFar, currency)} expected so far.",
        CaseFact.PlanReviewed reviewed =>
            $"Review of plan {reviewed.PlanId} on {Words.Date(reviewed.On)}: {reviewed.Met} met, {reviewed.Missed} missed, {Words.Amount(reviewed.Received, currency)} received.",
        CaseFact.PlanBroken broken =>
            $"Plan {broken.PlanId} was broken on {Words.Date(broken.On)} with {Words.Count(broken.Missed, "missed instalment")}. Collection goes on from {Words.Date(broken.LadderResumesOn)}.",
        CaseFact.PlanCompleted completed => $"Plan {completed.PlanId} was completed on {Words.Date(completed.On)}: {Words.Amount(completed.Received, currency)} received.",
        CaseFact.PlanCancelled cancelled =>
            $"Plan {cancelled.PlanId} was cancelled on {Words.Date(cancelled.On)} ({cancelled.Reason}). Collection goes on from {Words.Date(cancelled.LadderResumesOn)}.",
        _ => null,
    };

    private static string? Track(CaseFact fact) => fact switch
    {
        CaseFact.TrackStarted started => Started(started),
        CaseFact.TrackAdvanced advanced => $"{Title(advanced.Track, advanced.Reference)} advanced: {advanced.Step}.{Law(advanced.Rule)}",
        CaseFact.TrackEnded ended =>
            $"{Title(ended.Track, ended.Reference)} ended on {Words.Date(ended.On)}{Words.Also(ended.Outcome, ": ")}. "
            + $"Collection {(ExceptionTracks.KeepsRecords(ended.Track) ? "of an open case " : "")}may go on from {Words.Date(ended.LadderResumesOn)}.",
        CaseFact.TrackLimited limited => $"{Title(limited.Track, limited.Reference)} lasts until {Words.Date(limited.Until)}.",
        CaseFact.EndedBeforehand ended => $"The end of {ended.What.Replace('-', ' ')}{Words.Also(ended.Reference, " ")} is known, its beginning is not: should it still arrive it counts as over.",
        _ => null,
    };

    private static string Started(CaseFact.TrackStarted started)
    {
        var end = started.Until is { } until ? $"until {Words.Date(until)}" : "until it is ended";
        var ladder = ExceptionTracks.KeepsRecords(started.Track) ? " Collection stops and records are kept meanwhile."
            : ExceptionTracks.StopsLadder(started.Track) ? " Collection stops meanwhile."
            : "";
        var clock = started.PausesDaysPastDue ? " The days do not count as past due." : "";
        return $"{Title(started.Track, started.Reference)} began on {Words.Date(started.From)}, {end}{Words.Also(started.Detail, "; detail: ")}.{ladder}{clock}{Law(started.Rule)}";
    }

    /// <summary>A dispute that the law protects ends when verification was sent, which resolving it reports.</summary>
    private static string Law(string? rule) => rule is null ? "" : $" {rule}: collection ceases until verification is sent.";

    /// <summary>"Complaint C-1"; an operator's own hold is "Hold".</summary>
    private static string Title(ExceptionTrack track, string? reference)
    {
        var name = track == ExceptionTrack.Manual ? "hold" : Words.Name(track);
        return $"{char.ToUpperInvariant(name[0])}{name[1..]}{Words.Also(reference, " ")}";
    }
}

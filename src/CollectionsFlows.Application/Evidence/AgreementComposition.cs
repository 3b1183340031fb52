using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Application.Evidence;

/// <summary>The promises, plans, tracks and approvals of a dossier, read off the facts: the state forgets what has ended.</summary>
internal static class AgreementComposition
{
    public static IReadOnlyList<DossierPromise> Promises(DossierSources sources)
    {
        var received = new Dictionary<string, decimal>(StringComparer.Ordinal);
        var live = CaseAccount.ReceivedForPromises(sources.State, sources.Policy);
        foreach (var recorded in sources.Facts)
        {
            if (recorded.Fact is CaseFact.PromiseKept kept)
            {
                received[kept.PromiseId] = kept.Received;
            }
            else if (recorded.Fact is CaseFact.PromiseBroken broken)
            {
                received[broken.PromiseId] = broken.Received;
            }
        }

        return
        [
            .. sources.State.Promises.Select(promise => new DossierPromise(
                promise.PromiseId, promise.Amount, promise.DueOn, promise.MadeAt, promise.Status, promise.EndedOn,
                received.TryGetValue(promise.PromiseId, out var amount) ? amount : promise.Status == PromiseStatus.Active ? live[promise.PromiseId] : null)),
        ];
    }

    public static IReadOnlyList<DossierPlan> Plans(DossierSources sources)
    {
        var plans = new List<DossierPlan>();
        foreach (var recorded in sources.Facts)
        {
            switch (recorded.Fact)
            {
                case CaseFact.PlanAccepted accepted:
                    plans.Add(new DossierPlan(
                        accepted.PlanId, accepted.On, accepted.Confirmation,
                        [.. accepted.Instalments.Select((instalment, index) => new DossierPlanInstalment(index + 1, instalment.DueOn, instalment.Amount, "open"))], "running", null, null));
                    break;
                case CaseFact.PlanInstalmentMet met: plans[^1] = Met(plans[^1], met.Number); break;
                case CaseFact.PlanInstalmentUnmet unmet: plans[^1] = Unmet(plans[^1], unmet.Met); break;
                case CaseFact.PlanInstalmentMissed missed: plans[^1] = With(plans[^1], missed.Number, "missed"); break;
                case CaseFact.PlanBroken broken: plans[^1] = plans[^1] with { Outcome = "broken", EndedOn = broken.On }; break;
                case CaseFact.PlanCompleted completed: plans[^1] = plans[^1] with { Outcome = "completed", EndedOn = completed.On }; break;
                case CaseFact.PlanCancelled cancelled: plans[^1] = plans[^1] with { Outcome = "cancelled", EndedOn = cancelled.On, Reason = cancelled.Reason }; break;
            }
        }

        return plans;
    }

    public static IReadOnlyList<DossierTrack> Tracks(DossierSources sources)
    {
        var tracks = new List<DossierTrack>();
        foreach (var recorded in sources.Facts)
        {
            switch (recorded.Fact)
            {
                case CaseFact.TrackStarted started:
                    tracks.Add(new DossierTrack(started.Track, started.Reference, started.From, started.Until, started.Detail, started.PausesDaysPastDue, [], null, null));
                    break;
                case CaseFact.TrackAdvanced advanced:
                    Change(tracks, advanced.Track, advanced.Reference, track => track with { Steps = [.. track.Steps, new DossierTrackStep(recorded.At, advanced.Step)] });
                    break;
                case CaseFact.TrackLimited limited:
                    Change(tracks, limited.Track, limited.Reference, track => track with { Until = limited.Until });
                    break;
                case CaseFact.TrackEnded ended:
                    Change(tracks, ended.Track, ended.Reference, track => track with { EndedOn = ended.On, Outcome = ended.Outcome });
                    break;
            }
        }

        return tracks;
    }

    public static IReadOnlyList<DossierApproval> Approvals(DossierSources sources)
    {
        var answers = new Dictionary<string, (string Decision, DateTimeOffset At, string? By, string Reason)>(StringComparer.Ordinal);
        foreach (var recorded in sources.Facts)
        {
            if (recorded.Fact is CaseFact.ApprovalDecided decided)
            {
                answers[decided.ApprovalId] = (decided.Approved ? "approved" : "refused", recorded.At, decided.DecidedBy, decided.Reason);
            }
            else if (recorded.Fact is CaseFact.ApprovalWithdrawn withdrawn)
            {
                answers[withdrawn.ApprovalId] = ("withdrawn", recorded.At, null, withdrawn.Why);
            }
        }

        return
        [
            .. sources.FactsOf<CaseFact.ApprovalRequested>().Select(request =>
            {
                var ((seq, at, _), asked) = request;
                var id = $"{sources.State.Terms.LoanId}:{seq}";
                var answered = answers.TryGetValue(id, out var answer);
                return new DossierApproval(
                    id, asked.Subject, asked.Team, at, asked.DaysPastDue, asked.Balance, asked.CostOfSuit, asked.ExpectedRecovery,
                    answered ? answer.Decision : "open", answered ? answer.At : null, answer.By, answer.Reason);
            }),
        ];
    }

    private static DossierPlan Met(DossierPlan plan, int number) =>
        With(plan, number, plan.Instalments.Any(instalment => instalment.Number == number && instalment.Outcome == "missed") ? "missed, met later" : "met");

    /// <summary>A payment did not hold: of the instalments only the first ones are met now.</summary>
    private static DossierPlan Unmet(DossierPlan plan, int met) => plan with
    {
        Instalments =
        [
            .. plan.Instalments.Select(instalment => instalment.Number <= met ? instalment
                : instalment with { Outcome = instalment.Outcome switch { "met" => "open", "missed, met later" => "missed", var other => other } }),
        ],
    };

    private static DossierPlan With(DossierPlan plan, int number, string outcome) => plan with
    {
        Instalments = [.. plan.Instalments.Select(instalment => instalment.Number == number ? instalment with { Outcome = outcome } : instalment)],
    };

    /// <summary>The one that runs is the last of its kind.</summary>
    private static void Change(List<DossierTrack> tracks, ExceptionTrack kind, string? reference, Func<DossierTrack, DossierTrack> change)
    {
        var index = tracks.FindLastIndex(track => track.Track == kind && track.Reference == reference);
        if (index >= 0)
        {
            tracks[index] = change(tracks[index]);
        }
    }
}

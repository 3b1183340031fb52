using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Core.Cases;

/// <summary>Promises to pay: made, kept, broken, cancelled. A live one suspends the ladder; when it ends the ladder resumes the day after.</summary>
internal static class PromiseDecisions
{
    public static void Made(Decision decision, CaseInput input, CaseEvent.PromiseMade made)
    {
        var refusal = decision.State switch
        {
            { ClosedReason: not null } => "the case is closed",
            var state when state.Promises.Any(promise => promise.PromiseId == made.PromiseId) => $"promise {made.PromiseId} is known already",
            _ when made.DueOn < decision.Today => $"the promised day {made.DueOn:yyyy-MM-dd} is over",
            _ when made.DueOn > decision.Today.AddDays(decision.Policy.Promise.MaxDaysAhead) =>
                $"the promised day {made.DueOn:yyyy-MM-dd} is more than {decision.Policy.Promise.MaxDaysAhead} days ahead",
            _ => null,
        };
        if (refusal is not null)
        {
            CaseDecider.Ignore(decision, input, refusal);
            return;
        }

        decision.Record(new CaseFact.PromiseMade(made.PromiseId, made.Amount, made.DueOn));
        DelinquencyDecisions.WithdrawNotifications(decision, Contact.Purpose.Collect, "a promise suspends the ladder");
    }

    public static void Cancelled(Decision decision, CaseInput input, CaseEvent.PromiseCancelled cancelled)
    {
        if (Active(decision.State).All(promise => promise.PromiseId != cancelled.PromiseId))
        {
            CaseDecider.Ignore(decision, input, $"no live promise {cancelled.PromiseId}");
            return;
        }

        decision.Record(new CaseFact.PromiseCancelled(cancelled.PromiseId, decision.Today, decision.Tomorrow));
    }

    /// <summary>Marks live promises kept for which enough has arrived.</summary>
    public static void Keep(Decision decision)
    {
        if (!decision.State.HasLivePromise)
        {
            return;
        }

        var received = CaseAccount.ReceivedForPromises(decision.State, decision.Policy);
        foreach (var promise in Active(decision.State).ToList())
        {
            if (received[promise.PromiseId] >= promise.Amount * decision.Policy.Promise.KeptAtLeast)
            {
                decision.Record(new CaseFact.PromiseKept(promise.PromiseId, received[promise.PromiseId], decision.Today));
            }
        }
    }

    /// <summary>The last day of grace is over and not enough has arrived.</summary>
    public static void Break(Decision decision, string promiseId)
    {
        var received = CaseAccount.ReceivedForPromises(decision.State, decision.Policy);
        decision.Record(new CaseFact.PromiseBroken(promiseId, received[promiseId], decision.Today, decision.Tomorrow));
    }

    private static IEnumerable<PromiseToPay> Active(CaseState state) => state.Promises.Where(promise => promise.Status == PromiseStatus.Active);
}

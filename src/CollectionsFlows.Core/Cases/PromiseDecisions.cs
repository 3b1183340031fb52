using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Core.Cases;

/// <summary>Promises to pay: made, kept, broken, cancelled. A live one suspends the ladder; when it ends the ladder resumes the day after.</summary>
internal static class PromiseDecisions
{
    private static readonly Channel[] Channels = [Channel.Sms, Channel.Email];

    public static void Made(Decision decision, CaseInput input, CaseEvent.PromiseMade made)
    {
        var refusal = decision.State switch
        {
            { ClosedReason: not null } => "the case is closed",
            var state when state.Promises.Any(promise => promise.PromiseId == made.PromiseId) => $"promise {made.PromiseId} is known already",
            _ when made.DueOn < decision.Today => $"the promised day {made.DueOn:yyyy-MM-dd} is over",
            _ when made.DueOn > decision.Today.AddDays(decision.Policy.Promise.MaxDaysAhead) =>
                $"the promised day {made.DueOn:yyyy-MM-dd} is more than {decision.Policy.Promise.MaxDaysAhead} days ahead",
            _ => TrackDecisions.OverAlready(decision, EarlyEnd.Promise, made.PromiseId, input.At),
        };
        if (refusal is not null)
        {
            CaseDecider.Ignore(decision, input, refusal);
            return;
        }

        decision.Record(new CaseFact.PromiseMade(made.PromiseId, made.Amount, made.DueOn, decision.NotAfterNow(input.At)));
        DelinquencyDecisions.WithdrawNotifications(decision, Purpose.Collect, "a promise suspends the ladder");
        WorkDecisions.HoldReferral(decision, "a promise suspends the ladder");

        // The money may have overtaken the word.
        PaymentDecisions.Consequences(decision);
    }

    public static void Cancelled(Decision decision, CaseInput input, CaseEvent.PromiseCancelled cancelled)
    {
        if (decision.State.Promises.All(promise => promise.PromiseId != cancelled.PromiseId))
        {
            decision.Record(new CaseFact.EndedBeforehand(EarlyEnd.Promise, cancelled.PromiseId, input.At));
            return;
        }

        if (Live(decision.State).All(promise => promise.PromiseId != cancelled.PromiseId))
        {
            CaseDecider.Ignore(decision, input, $"no live promise {cancelled.PromiseId}");
            return;
        }

        Cancel(decision, cancelled.PromiseId);
    }

    /// <summary>Cancels every live promise: something that goes further took its place.</summary>
    public static void CancelAll(Decision decision)
    {
        foreach (var promise in Live(decision.State))
        {
            Cancel(decision, promise.PromiseId);
        }
    }

    /// <summary>Marks live promises kept for which enough has arrived.</summary>
    public static void Keep(Decision decision)
    {
        if (!decision.State.HasLivePromise)
        {
            return;
        }

        var shares = PromiseShares.Of(decision.State, decision.Policy);
        foreach (var promise in Live(decision.State))
        {
            if (PromiseShares.IsEnough(promise, PromiseShares.Received(shares[promise.PromiseId]), decision.Policy))
            {
                Keep(decision, promise, shares[promise.PromiseId]);
            }
        }
    }

    /// <summary>Nothing is overdue any more: what was promised has been achieved, even if the promise was of more than that.</summary>
    public static void KeepAll(Decision decision)
    {
        if (decision.State.HasLivePromise)
        {
            var shares = PromiseShares.Of(decision.State, decision.Policy);
            foreach (var promise in Live(decision.State))
            {
                Keep(decision, promise, shares[promise.PromiseId]);
            }
        }
    }

    /// <summary>The last day of grace is over and not enough has arrived.</summary>
    public static void Break(Decision decision, string promiseId)
    {
        var shares = PromiseShares.Of(decision.State, decision.Policy)[promiseId];
        decision.Record(new CaseFact.PromiseBroken(promiseId, PromiseShares.Received(shares), decision.Today, decision.Tomorrow, shares));
        WithdrawReminder(decision, promiseId);

        // Not on the day it broke, and only where the ladder resumes: what stands in its way stands in the way of this too.
        if (decision.Policy.Promise.BrokenTemplate is { } template && decision.State.Delinquency is not null && !LadderTimers.IsSuspended(decision.State))
        {
            var notBefore = decision.Clock.At(decision.Tomorrow, decision.Policy.StepsAt);
            decision.Record(new CaseFact.NotificationRequested(NoticeNames.PromiseBroken, template, Purpose.Collect, Channels, promiseId, notBefore));
        }
    }

    /// <summary>Reminds of a promise about to fall due: a service to somebody who means to pay, so no collection.</summary>
    public static void Remind(Decision decision, string promiseId) =>
        decision.Record(new CaseFact.NotificationRequested(
            NoticeNames.PromiseReminder, decision.Policy.Promise.ReminderTemplate!, Purpose.Care, Channels, promiseId));

    private static void Keep(Decision decision, PromiseToPay promise, List<PaymentShare> shares)
    {
        decision.Record(new CaseFact.PromiseKept(promise.PromiseId, PromiseShares.Received(shares), decision.Today, shares));
        WithdrawReminder(decision, promise.PromiseId);
    }

    private static void Cancel(Decision decision, string promiseId)
    {
        decision.Record(new CaseFact.PromiseCancelled(promiseId, decision.Today, decision.Tomorrow));
        WithdrawReminder(decision, promiseId);
    }

    private static void WithdrawReminder(Decision decision, string promiseId) =>
        DelinquencyDecisions.Withdraw(
            decision, send => send.Step == NoticeNames.PromiseReminder && send.PromiseId == promiseId, "the promise ended before it was sent");

    private static List<PromiseToPay> Live(CaseState state) => [.. state.Promises.Where(promise => promise.Status == PromiseStatus.Active)];
}

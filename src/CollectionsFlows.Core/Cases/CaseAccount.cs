using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>Reads money off a case's state: its account, and what arrived for promises and plans.</summary>
public static class CaseAccount
{
    /// <summary>The account at the end of a local day.</summary>
    public static AccountPosition Position(CaseState state, Policy policy, DateOnly asOf) =>
        LoanAccount.Position(state.Terms, policy.Account, Counting(state), state.Pauses, state.WrittenOffOn, asOf);

    /// <summary>Whether two states of a case have the same account: all it depends on is unchanged.</summary>
    internal static bool IsSame(CaseState left, CaseState right) =>
        ReferenceEquals(left.Terms, right.Terms) && ReferenceEquals(left.Payments, right.Payments)
        && ReferenceEquals(left.Pauses, right.Pauses) && left.WrittenOffOn == right.WrittenOffOn;

    /// <summary>What settles the loan on a local day.</summary>
    public static Payoff Payoff(CaseState state, Policy policy, DateOnly on) =>
        LoanAccount.Payoff(state.Terms, policy.Account, Counting(state), state.Pauses, state.WrittenOffOn, on);

    /// <summary>Payments that count: posted and not reversed.</summary>
    public static IReadOnlyList<Payment> Counting(CaseState state)
    {
        var counting = new List<Payment>(state.Payments.Count);
        foreach (var posted in state.Payments)
        {
            if (!posted.Reversed)
            {
                counting.Add(posted.Payment);
            }
        }

        return counting;
    }

    /// <summary>What arrived for each promise: payments go first-in first-out to the promises that were live when they were made.</summary>
    /// <remarks>A kept promise keeps its share even when its payment is reversed later: it stays kept.</remarks>
    public static IReadOnlyDictionary<string, decimal> ReceivedForPromises(CaseState state, Policy policy)
    {
        var received = state.Promises.ToDictionary(promise => promise.PromiseId, _ => 0m);
        foreach (var payment in Counting(state).OrderBy(payment => payment.At).ThenBy(payment => payment.PaymentId, StringComparer.Ordinal))
        {
            var left = payment.Amount;
            foreach (var promise in state.Promises.Where(promise => CountsFor(promise, payment, policy)))
            {
                var share = Math.Min(left, promise.Amount - received[promise.PromiseId]);
                received[promise.PromiseId] += share;
                left -= share;
            }
        }

        return received;
    }

    /// <summary>What arrived for the running plan since it was accepted.</summary>
    public static decimal ReceivedForPlan(CaseState state, PaymentPlan plan) =>
        Counting(state).Where(payment => payment.At >= plan.AcceptedAt).Sum(payment => payment.Amount);

    private static bool CountsFor(PromiseToPay promise, Payment payment, Policy policy) =>
        promise.Status is PromiseStatus.Active or PromiseStatus.Kept
        && payment.At >= promise.MadeAt
        && payment.ValueOn <= promise.DueOn.AddDays(policy.Promise.GraceDays);
}

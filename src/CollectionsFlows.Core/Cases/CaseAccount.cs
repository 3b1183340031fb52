using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>Reads money off a case's state: its account, and what arrived for promises and plans.</summary>
public static class CaseAccount
{
    /// <summary>The account at the end of a local day.</summary>
    public static AccountPosition Position(CaseState state, Policy policy, DateOnly asOf) => state.AccountOn(asOf, policy);

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
    /// <remarks>A promise that was kept or broken keeps what it had then, whatever is reversed later.</remarks>
    public static IReadOnlyDictionary<string, decimal> ReceivedForPromises(CaseState state, Policy policy) =>
        PromiseShares.Of(state, policy).ToDictionary(shares => shares.Key, shares => PromiseShares.Received(shares.Value));

    /// <summary>What arrived for the running plan since it was accepted.</summary>
    public static decimal ReceivedForPlan(CaseState state, PaymentPlan plan) =>
        Counting(state).Where(payment => payment.At >= plan.AcceptedAt).Sum(payment => payment.Amount);
}

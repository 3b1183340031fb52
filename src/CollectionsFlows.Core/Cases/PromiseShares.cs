using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>Which money went to which promise: payments go first-in first-out to the promises that were live when they were made.</summary>
/// <remarks>
/// What a promise had received when it was kept or broken is a matter of record: a later reversal does not take it away,
/// and it does not go to another promise. A live promise has what counts for it now. A cancelled one leaves its money to the others.
/// </remarks>
internal static class PromiseShares
{
    public static Dictionary<string, List<PaymentShare>> Of(CaseState state, Policy policy)
    {
        var shares = new Dictionary<string, List<PaymentShare>>(StringComparer.Ordinal);
        var used = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var promise in state.Promises)
        {
            shares[promise.PromiseId] = [.. promise.Used ?? []];
            foreach (var share in promise.Used ?? [])
            {
                used[share.PaymentId] = used.GetValueOrDefault(share.PaymentId) + share.Amount;
            }
        }

        foreach (var payment in InOrder(CaseAccount.Counting(state)))
        {
            var left = payment.Amount - used.GetValueOrDefault(payment.PaymentId);
            foreach (var promise in state.Promises)
            {
                var received = Received(shares[promise.PromiseId]);
                if (left > 0m && CountsFor(promise, payment, policy) && !IsEnough(promise, received, policy))
                {
                    var share = Math.Min(left, promise.Amount - received);
                    shares[promise.PromiseId].Add(new PaymentShare(payment.PaymentId, share));
                    left -= share;
                }
            }
        }

        return shares;
    }

    public static decimal Received(IReadOnlyList<PaymentShare> shares)
    {
        var sum = 0m;
        foreach (var share in shares)
        {
            sum += share.Amount;
        }

        return sum;
    }

    public static bool IsEnough(PromiseToPay promise, decimal received, Policy policy) => received >= promise.Amount * policy.Promise.KeptAtLeast;

    private static IEnumerable<Payment> InOrder(IReadOnlyList<Payment> payments) =>
        payments.OrderBy(payment => payment.At).ThenBy(payment => payment.PaymentId, StringComparer.Ordinal);

    private static bool CountsFor(PromiseToPay promise, Payment payment, Policy policy) =>
        promise.Status == PromiseStatus.Active
        && payment.At >= promise.MadeAt
        && payment.ValueOn <= promise.DueOn.AddDays(policy.Promise.GraceDays);
}

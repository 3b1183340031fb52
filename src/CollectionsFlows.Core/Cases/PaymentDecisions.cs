using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Core.Cases;

/// <summary>Payments, reversals, and everything that follows from money: kept promises, met instalments, cure, pay-off, reopening.</summary>
internal static class PaymentDecisions
{
    public static void Posted(Decision decision, CaseInput input, CaseEvent.PaymentPosted posted)
    {
        var state = decision.State;
        if (posted.Currency != state.Terms.Currency)
        {
            CaseDecider.Ignore(decision, input, $"the payment is in {posted.Currency}, the loan in {state.Terms.Currency}");
            return;
        }

        if (state.Payments.Any(known => known.Payment.PaymentId == posted.PaymentId))
        {
            CaseDecider.Ignore(decision, input, $"payment {posted.PaymentId} is posted already");
            return;
        }

        var valueOn = Earlier(posted.ValueOn ?? decision.Clock.DateAt(input.At), decision.Today);
        var payment = new Payment(posted.PaymentId, posted.Amount, valueOn, decision.NotAfterNow(input.At));
        var counts = !state.EarlyReversals.Contains(posted.PaymentId);
        var daysPastDue = CaseAccount.Position(state, decision.Policy, valueOn).DaysPastDue;
        var after = counts ? CaseAccount.Position(CaseEvolution.WithPayment(state, payment), decision.Policy, decision.Today) : decision.Position;
        var used = after.Allocations.FirstOrDefault(allocation => allocation.PaymentId == payment.PaymentId);
        decision.Record(new CaseFact.PaymentPosted(
            posted.PaymentId, posted.Amount, posted.Currency, posted.Method, valueOn, payment.At,
            used?.Allocated ?? Breakdown.Zero, used?.Credit ?? 0m, daysPastDue, after.Overdue.Total));
        Consequences(decision);
        ForwardMoney(decision, posted.PaymentId);
    }

    public static void Reversed(Decision decision, CaseInput input, CaseEvent.PaymentReversed reversed)
    {
        var state = decision.State;
        var known = state.Payments.FirstOrDefault(posted => posted.Payment.PaymentId == reversed.PaymentId);
        if (known is { Reversed: true } || (known is null && state.EarlyReversals.Contains(reversed.PaymentId)))
        {
            CaseDecider.Ignore(decision, input, $"payment {reversed.PaymentId} is reversed already");
            return;
        }

        var after = known is null ? decision.Position : CaseAccount.Position(CaseEvolution.WithoutPayment(state, reversed.PaymentId), decision.Policy, decision.Today);
        decision.Record(new CaseFact.PaymentReversed(reversed.PaymentId, reversed.Reason, known is not null, after.DaysPastDue, after.Overdue.Total));
        Consequences(decision);
        if (state.Promises.Any(promise => promise.Status == PromiseStatus.Kept && promise.Used?.Any(share => share.PaymentId == reversed.PaymentId) == true))
        {
            // A promise already kept stays kept; a person looks at the case (domain.md, promise to pay).
            WorkDecisions.Open(decision, "review-reversal", WorkOrigin.Case, 2, $"payment {reversed.PaymentId}, which kept a promise, was reversed");
        }
    }

    /// <summary>Draws the conclusions of a changed account. Does nothing twice.</summary>
    public static void Consequences(Decision decision)
    {
        PromiseDecisions.Keep(decision);
        PlanDecisions.Meet(decision);
        LifeDecisions.CloseOrReopen(decision);
        DelinquencyDecisions.CureOrMove(decision);
        NoticeDecisions.Lapse(decision);
        CreditDecisions.Settle(decision);
    }

    /// <summary>Money for a loan that was settled, sold or withdrawn belongs to an account that is not ours any more.</summary>
    private static void ForwardMoney(Decision decision, string paymentId)
    {
        if (decision.State.ClosedReason is { } reason and not ClosedReason.PaidOff)
        {
            WorkDecisions.Open(decision, "payment-after-closing", WorkOrigin.Case, 3, $"payment {paymentId} came after the case was closed: {reason}");
        }
    }

    private static DateOnly Earlier(DateOnly left, DateOnly right) => left < right ? left : right;
}

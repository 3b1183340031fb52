using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Core.Cases;

/// <summary>Payment plans (S13): confirmed, watched instalment by instalment, reviewed, broken or completed. While one runs, collection stops.</summary>
internal static class PlanDecisions
{
    public static void Accepted(Decision decision, CaseInput input, CaseEvent.PlanAccepted accepted)
    {
        var refusal = decision.State switch
        {
            { ClosedReason: not null } => "the case is closed",
            { Plan: { } plan } => $"plan {plan.PlanId} is running",
            _ when accepted.Instalments.Count > decision.Policy.Plan.MaxInstalments => // CN-CARD-PLAN
                $"{accepted.Instalments.Count} instalments are more than the policy's {decision.Policy.Plan.MaxInstalments}",
            _ when NoticeDecisions.PlanTooLong(decision, input, accepted) is { } tooLong => tooLong,
            _ when accepted.Instalments[^1].DueOn < decision.Today => "the plan's last day is over",
            _ => TrackDecisions.OverAlready(decision, EarlyEnd.Plan, accepted.PlanId, input.At),
        };
        if (refusal is not null)
        {
            CaseDecider.Ignore(decision, input, refusal);
            return;
        }

        decision.Record(new CaseFact.PlanAccepted(
            accepted.PlanId, accepted.Instalments, accepted.Confirmation, decision.Today, decision.NotAfterNow(input.At)));

        // The plan says what will be paid when; a promise made before would only be broken by keeping to the plan.
        PromiseDecisions.CancelAll(decision);
        DelinquencyDecisions.WithdrawNotifications(decision, Purpose.Collect, "a plan was accepted: collection stops unless it breaks");
        WorkDecisions.EndLadderWork(decision, "a plan was accepted");
        PaymentDecisions.Consequences(decision);
    }

    public static void Cancelled(Decision decision, CaseInput input, CaseEvent.PlanCancelled cancelled)
    {
        if (decision.State.Plan?.PlanId != cancelled.PlanId)
        {
            decision.Record(new CaseFact.EndedBeforehand(EarlyEnd.Plan, cancelled.PlanId, input.At));
            return;
        }

        Cancel(decision, cancelled.Reason);
    }

    /// <summary>Ends the running plan, if there is one, with the case.</summary>
    public static void End(Decision decision, bool paidOff)
    {
        if (decision.State.Plan is not { } plan)
        {
            return;
        }

        if (paidOff)
        {
            decision.Record(new CaseFact.PlanCompleted(plan.PlanId, decision.Today, CaseAccount.ReceivedForPlan(decision.State, plan)));
        }
        else
        {
            Cancel(decision, "the case is closed");
        }
    }

    /// <summary>Marks instalments met by what has arrived, unmet when a payment did not hold, and the plan completed with the last.</summary>
    public static void Meet(Decision decision)
    {
        if (decision.State.Plan is not { } plan)
        {
            return;
        }

        var received = CaseAccount.ReceivedForPlan(decision.State, plan);
        var met = MetBy(received, plan);
        if (met < plan.Met)
        {
            decision.Record(new CaseFact.PlanInstalmentUnmet(plan.PlanId, met, received));
        }

        for (var number = plan.Met + 1; number <= met; number++)
        {
            decision.Record(new CaseFact.PlanInstalmentMet(plan.PlanId, number, plan.Instalments[number - 1].DueOn, received));
        }

        if (met == plan.Instalments.Count)
        {
            WithdrawWarnings(decision);
            decision.Record(new CaseFact.PlanCompleted(plan.PlanId, decision.Today, received));
        }
    }

    /// <summary>The grace of the next instalment is over.</summary>
    public static void CheckDeadline(Decision decision)
    {
        var plan = decision.State.Plan!;
        var number = Math.Max(plan.CheckedThrough, plan.Met) + 1;
        var expected = plan.Instalments.Take(number).Sum(instalment => instalment.Amount);
        decision.Record(new CaseFact.PlanInstalmentMissed(
            plan.PlanId, number, plan.Instalments[number - 1].DueOn, expected, CaseAccount.ReceivedForPlan(decision.State, plan)));
        plan = decision.State.Plan!;

        // A plan whose last deadline has passed unmet cannot be kept any more, however few were missed.
        if (plan.Missed >= decision.Policy.Plan.MissedToBreak || plan.CheckedThrough == plan.Instalments.Count)
        {
            WithdrawWarnings(decision);
            decision.Record(new CaseFact.PlanBroken(plan.PlanId, decision.Today, plan.Missed, decision.Tomorrow));
            NoticeDecisions.Lapse(decision);
            return;
        }

        WorkDecisions.Open(decision, "plan-missed", WorkOrigin.Case, 3, $"instalment {number} of plan {plan.PlanId} was missed");
        if (decision.Policy.Plan.MissedTemplate is { } template && !decision.State.IsHeld)
        {
            // A reminder of what the borrower agreed to, not a demand for the loan: the plan stands.
            decision.Record(new CaseFact.NotificationRequested(NoticeNames.PlanMissed, template, Purpose.Care, [Channel.Sms, Channel.Email]));
        }
    }

    public static void Review(Decision decision)
    {
        var plan = decision.State.Plan!;
        decision.Record(new CaseFact.PlanReviewed(plan.PlanId, decision.Today, plan.Met, plan.Missed, CaseAccount.ReceivedForPlan(decision.State, plan)));
    }

    private static void Cancel(Decision decision, string reason)
    {
        WithdrawWarnings(decision);
        decision.Record(new CaseFact.PlanCancelled(decision.State.Plan!.PlanId, reason, decision.Today, decision.Tomorrow));
        NoticeDecisions.Lapse(decision);
    }

    /// <summary>A warning about a plan that has ended would only confuse.</summary>
    private static void WithdrawWarnings(Decision decision) =>
        DelinquencyDecisions.Withdraw(decision, send => send.Step == NoticeNames.PlanMissed, "the plan ended before it was sent");

    private static int MetBy(decimal received, PaymentPlan plan)
    {
        var met = 0;
        while (met < plan.Instalments.Count && received >= plan.Instalments[met].Amount)
        {
            received -= plan.Instalments[met++].Amount;
        }

        return met;
    }
}

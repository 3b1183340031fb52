using CollectionsFlows.Core.Contact;

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
            _ when accepted.Instalments[^1].DueOn < decision.Today => "the plan's last day is over",
            _ => null,
        };
        if (refusal is not null)
        {
            CaseDecider.Ignore(decision, input, refusal);
            return;
        }

        decision.Record(new CaseFact.PlanAccepted(accepted.PlanId, accepted.Instalments, accepted.Confirmation, decision.Today));
        DelinquencyDecisions.WithdrawNotifications(decision, Purpose.Collect, "a plan was accepted: collection stops unless it breaks");
        WorkDecisions.EndLadderWork(decision, "a plan was accepted");
    }

    public static void Cancelled(Decision decision, CaseInput input, CaseEvent.PlanCancelled cancelled)
    {
        if (decision.State.Plan?.PlanId != cancelled.PlanId)
        {
            CaseDecider.Ignore(decision, input, $"no running plan {cancelled.PlanId}");
            return;
        }

        decision.Record(new CaseFact.PlanCancelled(cancelled.PlanId, cancelled.Reason, decision.Today, decision.Tomorrow));
    }

    /// <summary>Marks instalments met by what has arrived, and the plan completed with the last.</summary>
    public static void Meet(Decision decision)
    {
        while (decision.State.Plan is { } plan)
        {
            var received = CaseAccount.ReceivedForPlan(decision.State, plan);
            if (plan.Met == plan.Instalments.Count)
            {
                decision.Record(new CaseFact.PlanCompleted(plan.PlanId, decision.Today, received));
                return;
            }

            if (received < plan.Instalments.Take(plan.Met + 1).Sum(instalment => instalment.Amount))
            {
                return;
            }

            decision.Record(new CaseFact.PlanInstalmentMet(plan.PlanId, plan.Met + 1, plan.Instalments[plan.Met].DueOn, received));
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
            decision.Record(new CaseFact.PlanBroken(plan.PlanId, decision.Today, plan.Missed, decision.Tomorrow));
            return;
        }

        WorkDecisions.Open(decision, "plan-missed", WorkOrigin.Case, 3, $"instalment {number} of plan {plan.PlanId} was missed");
        if (decision.Policy.Plan.MissedTemplate is { } template)
        {
            // A reminder of what the borrower agreed to, not a demand for the loan: the plan stands.
            decision.Record(new CaseFact.NotificationRequested("plan-missed", template, Purpose.Care, [Channel.Sms, Channel.Email]));
        }
    }

    public static void Review(Decision decision)
    {
        var plan = decision.State.Plan!;
        decision.Record(new CaseFact.PlanReviewed(plan.PlanId, decision.Today, plan.Met, plan.Missed, CaseAccount.ReceivedForPlan(decision.State, plan)));
    }
}

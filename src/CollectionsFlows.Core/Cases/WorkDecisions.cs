using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>Human work: tasks and approvals, opened by the case, finished by people.</summary>
internal static class WorkDecisions
{
    public static void Open(Decision decision, string kind, WorkOrigin origin, int dueWithinDays, string why, string? team = null, decimal? amount = null)
    {
        var dueAt = decision.Clock.At(decision.Today.AddDays(dueWithinDays), decision.Policy.StepsAt);
        decision.Record(new CaseFact.TaskOpened(kind, team ?? TeamOf(decision), dueAt, origin, why, amount));
    }

    public static void TaskCompleted(Decision decision, CaseInput input, CaseEvent.TaskCompleted completed)
    {
        if (decision.State.Tasks.FirstOrDefault(task => task.Id == completed.TaskId) is not { } open)
        {
            CaseDecider.Ignore(decision, input, $"no open task {completed.TaskId}");
            return;
        }

        decision.Record(new CaseFact.TaskCompleted(open.Id, open.Kind, completed.Outcome, input.By));
        NoticeDecisions.TaskCompleted(decision, open, completed.Outcome);
        if (open.Kind == "find-estate" && completed.Outcome == "no-estate")
        {
            Ask(decision, ApprovalSubject.WriteOff, TeamOf(decision)); // S17: write off where eligible
        }
    }

    /// <summary>Why an approval cannot be asked for: the same question is open or answered by what already happened. Null: it can.</summary>
    public static string? WhyNotAsk(CaseState state, ApprovalSubject subject)
    {
        if (state.Approvals.Any(approval => approval.Subject == subject))
        {
            return "the same approval is being asked for";
        }

        if (state.WrittenOffOn is not null || (subject == ApprovalSubject.Legal && state.ReferredToLegalAt is not null) || IsOnItsWay(state, subject))
        {
            return "it is done or on its way";
        }

        return null;
    }

    /// <summary>Asks for an approval, unless there is a reason not to.</summary>
    public static void Ask(Decision decision, ApprovalSubject subject, string team)
    {
        if (WhyNotAsk(decision.State, subject) is not null)
        {
            return;
        }

        // S19: the cost of suing is weighed against what it may bring; the figures go with the question.
        var balance = decision.Position.Balance.Total;
        var expected = decision.State.Terms.Currency.Round(balance * decision.Policy.Legal.ExpectedRecovery);
        decision.Record(new CaseFact.ApprovalRequested(subject, team, decision.Position.DaysPastDue, balance, decision.Policy.Legal.CostOfSuit, expected));
    }

    public static void ApprovalDecided(Decision decision, CaseInput input, CaseEvent.ApprovalDecided decided)
    {
        if (decision.State.Approvals.FirstOrDefault(approval => approval.Id == decided.ApprovalId) is not { } open)
        {
            CaseDecider.Ignore(decision, input, $"no open approval {decided.ApprovalId}");
            return;
        }

        if (decided.Approved && open.Subject == ApprovalSubject.Legal && LadderTimers.IsSuspended(decision.State))
        {
            CaseDecider.Ignore(decision, input, decision.State.Stopping(NoticeStop.Enforcement) is { } notice
                ? NoticeDecisions.IsMissing(notice)
                : "a hold, promise or plan suspends collection: nothing is referred to court before it ends");
            return;
        }

        if (decided.Approved && open.Subject == ApprovalSubject.Legal && NoticeDecisions.AskForSuit(decision) is { } missing)
        {
            CaseDecider.Ignore(decision, input, missing);
            return;
        }

        decision.Record(new CaseFact.ApprovalDecided(open.Id, open.Subject, decided.Approved, decided.DecidedBy, decided.DecisionReason));
        if (decided.Approved)
        {
            decision.Record(open.Subject == ApprovalSubject.Legal
                ? new CaseFact.LegalReferralRequested(open.Id)
                : new CaseFact.WriteOffRequested(open.Id));
        }
    }

    /// <summary>Ends what the ladder had asked people for, and what they had agreed to but has not happened yet: the reason for it is gone.</summary>
    public static void EndLadderWork(Decision decision, string why)
    {
        WithdrawReferrals(decision, subject: null, why);
        foreach (var task in decision.State.Tasks.Where(task => task.Origin == WorkOrigin.Ladder).ToList())
        {
            decision.Record(new CaseFact.TaskCancelled(task.Id, why));
        }

        WithdrawApprovals(decision, why);
    }

    /// <summary>Ends everything that people were asked for but what outlives the case (a refund).</summary>
    public static void EndAllWork(Decision decision, string why)
    {
        foreach (var task in decision.State.Tasks.Where(task => task.Origin != WorkOrigin.Case).ToList())
        {
            decision.Record(new CaseFact.TaskCancelled(task.Id, why));
        }

        WithdrawReferrals(decision, subject: null, why);
        WithdrawApprovals(decision, why);
    }

    /// <summary>Ends what one step had asked for and is not done: its days past due are in the future again.</summary>
    public static void EndWorkOf(Decision decision, LadderStep step, string why)
    {
        DelinquencyDecisions.Withdraw(decision, send => send.Step == step.Id, why);
        if (step.Do.Task is { } task)
        {
            foreach (var open in decision.State.Tasks.Where(open => open.Origin == WorkOrigin.Ladder && open.Kind == task.Kind).ToList())
            {
                decision.Record(new CaseFact.TaskCancelled(open.Id, why));
            }
        }

        if (step.Do.Approval is { } approval)
        {
            WithdrawReferrals(decision, approval.Subject, why);
            WithdrawApprovals(decision, why, approval.Subject);
        }
    }

    /// <summary>A hold or promise: a referral to court that was approved and has not happened must be approved anew after it.</summary>
    public static void HoldReferral(Decision decision, string why)
    {
        if (WithdrawReferrals(decision, ApprovalSubject.Legal, why))
        {
            Ask(decision, ApprovalSubject.Legal, TeamOf(decision));
        }
    }

    /// <summary>Whether there were any.</summary>
    private static bool WithdrawReferrals(Decision decision, ApprovalSubject? subject, string why)
    {
        var found = false;
        foreach (var pending in decision.State.Commands)
        {
            if (SubjectOf(pending.Command) is { } approved && approved == (subject ?? approved))
            {
                decision.Record(new CaseFact.NotificationWithdrawn(pending.Command.Id, why));
                found = true;
            }
        }

        return found;
    }

    private static void WithdrawApprovals(Decision decision, string why, ApprovalSubject? subject = null)
    {
        foreach (var approval in decision.State.Approvals)
        {
            if (approval.Subject == (subject ?? approval.Subject))
            {
                decision.Record(new CaseFact.ApprovalWithdrawn(approval.Id, why));
            }
        }
    }

    private static bool IsOnItsWay(CaseState state, ApprovalSubject subject) => state.Commands.Any(pending => SubjectOf(pending.Command) == subject);

    private static ApprovalSubject? SubjectOf(CaseCommand command) => command switch
    {
        CaseCommand.ReferToLegal => ApprovalSubject.Legal,
        CaseCommand.WriteOff => ApprovalSubject.WriteOff,
        _ => null,
    };

    private static string TeamOf(Decision decision) =>
        decision.Policy.Stages.FirstOrDefault(stage => stage.Name == decision.State.Stage)?.Team ?? decision.Policy.Stages[0].Team;
}

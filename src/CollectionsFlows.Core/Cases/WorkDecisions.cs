using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>Human work: tasks and approvals, opened by the case, finished by people.</summary>
internal static class WorkDecisions
{
    public static void Open(Decision decision, string kind, WorkOrigin origin, int dueWithinDays, string why, string? team = null)
    {
        var dueAt = decision.Clock.At(decision.Today.AddDays(dueWithinDays), decision.Policy.StepsAt);
        decision.Record(new CaseFact.TaskOpened(kind, team ?? TeamOf(decision), dueAt, origin, why));
    }

    public static void TaskCompleted(Decision decision, CaseInput input, CaseEvent.TaskCompleted completed)
    {
        if (decision.State.Tasks.FirstOrDefault(task => task.Id == completed.TaskId) is not { } open)
        {
            CaseDecider.Ignore(decision, input, $"no open task {completed.TaskId}");
            return;
        }

        decision.Record(new CaseFact.TaskCompleted(open.Id, open.Kind, completed.Outcome, input.By));
        if (open.Kind == "find-estate" && completed.Outcome == "no-estate")
        {
            Ask(decision, ApprovalSubject.WriteOff, TeamOf(decision)); // S17: write off where eligible
        }
    }

    /// <summary>Asks for an approval, unless the same question is open or answered by what already happened. Returns why not.</summary>
    public static string? Ask(Decision decision, ApprovalSubject subject, string team)
    {
        var state = decision.State;
        if (state.Approvals.Any(approval => approval.Subject == subject))
        {
            return "the same approval is being asked for";
        }

        if (state.WrittenOffOn is not null || (subject == ApprovalSubject.Legal && state.ReferredToLegalAt is not null) || IsOnItsWay(state, subject))
        {
            return "it is done or on its way";
        }

        // S19: the cost of suing is weighed against what it may bring; the figures go with the question.
        var balance = decision.Position.Balance.Total;
        var expected = state.Terms.Currency.Round(balance * decision.Policy.Legal.ExpectedRecovery);
        decision.Record(new CaseFact.ApprovalRequested(subject, team, decision.Position.DaysPastDue, balance, decision.Policy.Legal.CostOfSuit, expected));
        return null;
    }

    public static void ApprovalDecided(Decision decision, CaseInput input, CaseEvent.ApprovalDecided decided)
    {
        if (decision.State.Approvals.FirstOrDefault(approval => approval.Id == decided.ApprovalId) is not { } open)
        {
            CaseDecider.Ignore(decision, input, $"no open approval {decided.ApprovalId}");
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

    /// <summary>Ends what the ladder had asked people for: the reason for it is gone.</summary>
    public static void EndLadderWork(Decision decision, string why)
    {
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

        WithdrawApprovals(decision, why);
    }

    private static void WithdrawApprovals(Decision decision, string why)
    {
        foreach (var approval in decision.State.Approvals)
        {
            decision.Record(new CaseFact.ApprovalWithdrawn(approval.Id, why));
        }
    }

    private static bool IsOnItsWay(CaseState state, ApprovalSubject subject) => state.Commands.Any(pending => subject == ApprovalSubject.Legal
        ? pending.Command is CaseCommand.ReferToLegal
        : pending.Command is CaseCommand.WriteOff);

    private static string TeamOf(Decision decision) =>
        decision.Policy.Stages.FirstOrDefault(stage => stage.Name == decision.State.Stage)?.Team ?? decision.Policy.Stages[0].Team;
}

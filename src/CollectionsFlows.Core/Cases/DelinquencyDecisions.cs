using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Core.Cases;

/// <summary>The beginning, moving and end of being behind.</summary>
internal static class DelinquencyDecisions
{
    /// <summary>The entry rules hold: the case is collected from now on.</summary>
    public static void Begin(Decision decision)
    {
        var position = decision.Position;
        decision.Record(new CaseFact.DelinquencyBegan(
            decision.State.Delinquencies + 1, position.OldestUnpaidDueOn ?? decision.Today, position.DaysPastDue, position.Overdue.Total));
        Withdraw(decision, send => IsCareStep(decision, send), "the loan fell behind before it was sent");
        RiskDecisions.Assess(decision);
        if (decision.State.Channels.Count == 0)
        {
            WorkDecisions.Open(decision, "verify-details", WorkOrigin.Ladder, 5, "no way to reach the borrower is on record"); // S26
        }
    }

    /// <summary>Ends the delinquency when no more is overdue than the exit rules allow; follows its oldest unpaid instalment otherwise.</summary>
    public static void CureOrMove(Decision decision)
    {
        if (decision.State.Delinquency is not { } delinquency)
        {
            return;
        }

        var position = decision.Position;
        if (position.Overdue.Total <= decision.Policy.Exit.CuredAtOverdue)
        {
            var wasLegal = decision.State.ReferredToLegalAt is not null;
            decision.Record(new CaseFact.DelinquencyCured(delinquency.Number, decision.Today, decision.State.MaxDaysPastDue));
            PromiseDecisions.KeepAll(decision);
            WorkDecisions.EndLadderWork(decision, "nothing is overdue any more");
            WithdrawNotifications(decision, Purpose.Collect, "nothing is overdue any more");
            if (wasLegal)
            {
                WorkDecisions.Open(decision, "recall-from-legal", WorkOrigin.Case, 1, "nothing is overdue any more: tell the lawyers to stop");
            }
        }
        else if (decision.State.ClosedReason is null && position.OldestUnpaidDueOn is { } oldest && oldest != delinquency.DueOn)
        {
            Move(decision, delinquency, oldest);
        }
    }

    /// <summary>Drops messages of a purpose that have not gone out.</summary>
    public static void WithdrawNotifications(Decision decision, Purpose? purpose, string why) =>
        Withdraw(decision, send => purpose is null || send.Purpose == purpose, why);

    /// <summary>Drops some messages that have not gone out.</summary>
    public static void Withdraw(Decision decision, Func<CaseCommand.SendNotification, bool> which, string why)
    {
        foreach (var pending in decision.State.Commands)
        {
            if (pending.Command is CaseCommand.SendNotification send && which(send))
            {
                decision.Record(new CaseFact.NotificationWithdrawn(send.Id, why));
                NoticeDecisions.Returned(decision, send.Id, $"it did not get through and is not tried again: {why}");
            }
        }
    }

    /// <summary>Whether a message is a care step's; a reminder of a promise or plan has its own reasons to go or stay.</summary>
    private static bool IsCareStep(Decision decision, CaseCommand.SendNotification send) =>
        send.Purpose == Purpose.Care && decision.Policy.Steps.Any(step => step.Id == send.Step);

    private static void Move(Decision decision, Delinquency delinquency, DateOnly oldest)
    {
        var daysPastDue = decision.Position.DaysPastDue;
        var open = decision.Policy.Steps
            .Where(step => step.At.DaysPastDue > daysPastDue && delinquency.Steps.ContainsKey(step.Id))
            .Select(step => step.Id)
            .ToList();

        // What followed a step that may be taken again may be taken again too.
        for (var grew = true; grew;)
        {
            var followers = decision.Policy.Steps
                .Where(step => step.At.After is { } after && open.Contains(after) && delinquency.Steps.ContainsKey(step.Id) && !open.Contains(step.Id))
                .Select(step => step.Id)
                .ToList();
            open.AddRange(followers);
            grew = followers.Count > 0;
        }

        var stage = decision.Policy.Steps.LastOrDefault(step => delinquency.Steps.TryGetValue(step.Id, out var progress)
            && progress.LastTakenAt is not null && !open.Contains(step.Id))?.Stage;
        decision.Record(new CaseFact.DelinquencyMoved(oldest, daysPastDue, stage, open));
        foreach (var step in decision.Policy.Steps)
        {
            if (open.Contains(step.Id))
            {
                WorkDecisions.EndWorkOf(decision, step, "the oldest instalment was paid, and the next has not come so far");
            }
        }
    }
}

using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Cases;

/// <summary>Folds what the ladder did: delinquencies, stages, steps, commands, tasks, approvals.</summary>
internal static class LadderEvolution
{
    /// <summary>The state with the fact; null when the fact is none of the ladder's.</summary>
    public static CaseState? Apply(CaseState state, RecordedFact recorded) => recorded.Fact switch
    {
        CaseFact.DelinquencyBegan began => CaseEvolution.Seen(state, began.DaysPastDue) with
        {
            Delinquencies = began.Number,
            Delinquency = new Delinquency(began.Number, began.DueOn, recorded.At, new Dictionary<string, StepProgress>()),
            TriesWithoutAnswer = 0,
        },
        CaseFact.DelinquencyMoved moved => CaseEvolution.Seen(state, moved.DaysPastDue) with
        {
            Stage = moved.Stage,
            Delinquency = state.Delinquency! with { DueOn = moved.DueOn, Steps = Without(state.Delinquency.Steps, moved.StepsOpenAgain) },
        },
        CaseFact.DelinquencyCured => state with { Delinquency = null, Stage = null, LadderResumesOn = null, ReferredToLegalAt = null },
        CaseFact.StageEntered entered => CaseEvolution.Seen(state, entered.DaysPastDue) with { Stage = entered.Stage },
        CaseFact.StepTaken taken => Step(CaseEvolution.Seen(state, taken.DaysPastDue), taken.Step, taken.Occurrence, taken.DueOn, taken.Instalment, recorded.At),
        CaseFact.StepSkipped skipped => Step(state, skipped.Step, skipped.Occurrence, skipped.DueOn, skipped.Instalment, skipped.Superseded == true ? recorded.At : null),
        CaseFact.NotificationRequested asked => Notification(state, asked),
        CaseFact.NotificationWithdrawn withdrawn => Done(state, withdrawn.CommandId) with
        {
            WithdrawnCommands = [.. state.WithdrawnCommands, withdrawn.CommandId],
        },
        CaseFact.LegalReferralRequested legal => Pending(state, new CaseCommand.ReferToLegal(IdOf(state), legal.ApprovalId)),
        CaseFact.WriteOffRequested off => Pending(state, new CaseCommand.WriteOff(IdOf(state), off.ApprovalId)),
        CaseFact.TaskOpened opened => state with
        {
            Tasks = [.. state.Tasks, new OpenTask(IdOf(state), opened.Kind, opened.Team, recorded.At, opened.DueAt, opened.Origin, opened.Why, opened.Amount)],
        },
        CaseFact.TaskCompleted completed => TaskCompleted(state, completed.TaskId),
        CaseFact.TaskCancelled cancelled => WithoutTask(state, cancelled.TaskId),
        CaseFact.ApprovalRequested asked => state with
        {
            Approvals = [.. state.Approvals, new OpenApproval(IdOf(state), asked.Subject, asked.Team, recorded.At)],
        },
        CaseFact.ApprovalDecided decided => WithoutApproval(state, decided.ApprovalId),
        CaseFact.ApprovalWithdrawn withdrawn => WithoutApproval(state, withdrawn.ApprovalId),
        _ => null,
    };

    /// <summary>The state without a command that is done or dropped.</summary>
    public static CaseState Done(CaseState state, string commandId) => state with
    {
        Commands = [.. state.Commands.Where(pending => pending.Command.Id != commandId)],
    };

    /// <summary>The id of what the fact just counted asks for: deterministic, so that it is the same in every replay.</summary>
    private static string IdOf(CaseState state) => $"{state.Terms.LoanId}:{state.Sequence}";

    private static CaseState Pending(CaseState state, CaseCommand command, DateTimeOffset? notBefore = null) =>
        state with { Commands = [.. state.Commands, new PendingCommand(command, NotBefore: notBefore)] };

    private static CaseState Notification(CaseState state, CaseFact.NotificationRequested asked)
    {
        var send = new CaseCommand.SendNotification(
            IdOf(state), asked.Step, asked.Template, asked.Purpose, asked.Channels, asked.PromiseId, asked.MessageId, asked.TextSha256, asked.RetryOf, asked.Retry, asked.FirstOf,
            asked.Untried);
        var pending = NoticeEvolution.Requested(Pending(state, send, asked.NotBefore), asked, send.Id);
        return asked is { Step: NoticeNames.PromiseReminder, PromiseId: { } promiseId }
            ? AgreementEvolution.WithPromise(pending, promiseId, promise => promise with { IsReminded = true })
            : pending;
    }

    private static CaseState Step(CaseState state, string step, int occurrence, DateOnly dueOn, int? instalment, DateTimeOffset? takenAt)
    {
        if (instalment is { } number)
        {
            return state with { CareThrough = With(state.CareThrough, step, number) };
        }

        if (state.Delinquency is not { } delinquency)
        {
            return state;
        }

        var progress = delinquency.Steps.TryGetValue(step, out var before)
            ? before with { Occurrences = occurrence, LastTakenAt = takenAt ?? before.LastTakenAt }
            : new StepProgress(occurrence, dueOn, takenAt);
        return state with { Delinquency = delinquency with { Steps = With(delinquency.Steps, step, progress) } };
    }

    private static CaseState TaskCompleted(CaseState state, string taskId)
    {
        var amount = state.Tasks.FirstOrDefault(task => task.Id == taskId)?.Amount ?? 0m;
        return WithoutTask(state, taskId) with { CreditRefunded = state.CreditRefunded + amount };
    }

    private static CaseState WithoutTask(CaseState state, string taskId) => state with { Tasks = [.. state.Tasks.Where(task => task.Id != taskId)] };

    private static CaseState WithoutApproval(CaseState state, string approvalId) =>
        state with { Approvals = [.. state.Approvals.Where(approval => approval.Id != approvalId)] };

    private static Dictionary<string, T> With<T>(IReadOnlyDictionary<string, T> values, string key, T value) => new(values) { [key] = value };

    private static Dictionary<string, StepProgress> Without(IReadOnlyDictionary<string, StepProgress> steps, IReadOnlyList<string> ids) =>
        steps.Where(step => !ids.Contains(step.Key)).ToDictionary();
}

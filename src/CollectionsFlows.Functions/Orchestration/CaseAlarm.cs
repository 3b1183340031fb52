using System.Text.Json.Serialization;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>What an alarm clock is started with: the loan it wakes, and nothing else.</summary>
/// <param name="LoanId">The lender's id of the loan; no personal data.</param>
public sealed record CaseAlarm(string LoanId);

/// <summary>What the alarm clock is to do after a step. Decided by <see cref="AlarmClock"/>, obeyed by the orchestrator.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlarmAction>))]
public enum AlarmAction
{
    /// <summary>Run the commands, then step again.</summary>
    Run,

    /// <summary>Sleep until the wake time or the doorbell.</summary>
    Sleep,

    /// <summary>End: whoever needs the case again starts a new clock.</summary>
    Rest,
}

/// <summary>The answer of a step to its alarm clock.</summary>
/// <param name="Action">What to do next.</param>
/// <param name="WakeAt">When to step again if nobody rings; null: only the doorbell wakes it.</param>
/// <param name="Commands">What to run when <paramref name="Action"/> says so, in order.</param>
/// <param name="Status">What the engine shows of the instance.</param>
public sealed record CaseWake(AlarmAction Action, DateTimeOffset? WakeAt, IReadOnlyList<CommandCall> Commands, AlarmStatus? Status);

/// <summary>A command to run: its ids only. What it says and to whom is read from the case when it runs.</summary>
/// <param name="Activity">The activity that runs it.</param>
/// <param name="LoanId">The loan.</param>
/// <param name="CommandId">The command, <c>{loanId}:{factSeq}</c>.</param>
/// <param name="Attempt">Which try, 1 for the first.</param>
public sealed record CommandCall(string Activity, string LoanId, string CommandId, int Attempt);

/// <summary>The custom status of an instance: where its case stood after the last step. The case table is the truth; this may lag.</summary>
/// <param name="Status">E.g. <c>collecting</c>.</param>
/// <param name="Stage">The stage of the policy; null before the first.</param>
/// <param name="DaysPastDue">Counted in the borrower's local dates.</param>
/// <param name="NextAction">What comes next, in a word.</param>
/// <param name="WakeAt">When.</param>
public sealed record AlarmStatus(string Status, string? Stage, int DaysPastDue, string? NextAction, DateTimeOffset? WakeAt)
{
    /// <summary>The status of a case that does not go on until what broke it is mended.</summary>
    public const string Suspended = "suspended";
}

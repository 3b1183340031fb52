using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Json;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Core.Policies;

/// <summary>A tier of the ladder and the team that owns it.</summary>
/// <param name="Name">E.g. <c>first-line</c>.</param>
/// <param name="Team">Who works it; tasks go there unless a step says otherwise.</param>
/// <param name="Care">Whether it lies before the due date: nothing in it may demand (S2).</param>
public sealed record Stage(string Name, string Team, bool Care = false);

/// <summary>One step of the ladder: when, under which conditions, what.</summary>
public sealed record LadderStep
{
    public required string Id { get; init; }

    /// <summary>The stage the case enters with this step.</summary>
    public required string Stage { get; init; }

    public required StepTrigger At { get; init; }

    public StepCondition When { get; init; } = new();

    public StepRepeat? Repeat { get; init; }

    public required StepAction Do { get; init; }
}

/// <summary>When a step falls due: either at a number of days past due, or some days after another step was taken.</summary>
public sealed record StepTrigger
{
    /// <summary>Negative: before the due date (care). Counted on the oldest unpaid instalment.</summary>
    public int? DaysPastDue { get; init; }

    /// <summary>The step it follows, in the same delinquency.</summary>
    public string? After { get; init; }

    /// <summary>Days after that step.</summary>
    public int? DelayDays { get; init; }
}

/// <summary>What must hold on the day a step falls due; an empty field asks nothing. A step whose conditions fail is skipped and journalled.</summary>
public sealed record StepCondition
{
    public int? MinDaysPastDue { get; init; }

    public int? MaxDaysPastDue { get; init; }

    /// <summary>In the loan's currency.</summary>
    public decimal? MinOverdue { get; init; }

    public decimal? MaxOverdue { get; init; }

    public IReadOnlyList<RiskBand>? Risk { get; init; }

    /// <summary>Contacts made in this delinquency with no answer since the last one.</summary>
    public int? MinTries { get; init; }

    public int? MaxTries { get; init; }

    /// <summary>Whether the borrower answered (reply, conversation, promise, payment) in this delinquency.</summary>
    public bool? Answered { get; init; }
}

/// <summary>Repeats a step: <paramref name="Times"/> more times, <paramref name="EveryDays"/> days apart.</summary>
public sealed record StepRepeat(int EveryDays, int Times);

/// <summary>What a step does: exactly one of the three.</summary>
public sealed record StepAction
{
    public NotifyAction? Notify { get; init; }

    public TaskAction? Task { get; init; }

    public ApprovalAction? Approval { get; init; }
}

/// <summary>Sends a message by the first of the channels the borrower can be reached by.</summary>
public sealed record NotifyAction
{
    public required IReadOnlyList<Channel> Channels { get; init; }

    public required string Template { get; init; }
}

/// <summary>Human work: <c>call</c>, <c>visit</c>, <c>video-call</c>, <c>verify-details</c>, <c>place-with-agency</c> …</summary>
public sealed record TaskAction
{
    public required string Kind { get; init; }

    /// <summary>Null: the stage's team.</summary>
    public string? Team { get; init; }

    public int DueWithinDays { get; init; } = 3;
}

/// <summary>What an approval is for.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ApprovalSubject>))]
public enum ApprovalSubject
{
    /// <summary>Refer to court (S19).</summary>
    Legal,

    /// <summary>Write off (S20).</summary>
    WriteOff,
}

/// <summary>Asks for an approval; once given, the case does what was approved.</summary>
public sealed record ApprovalAction
{
    public required ApprovalSubject Subject { get; init; }

    /// <summary>Null: the stage's team.</summary>
    public string? Team { get; init; }
}

using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Application.Cases;

/// <summary>A case as the contract's <c>GET /api/cases/{loanId}</c> shows it.</summary>
public sealed record CaseDetail
{
    public required string LoanId { get; init; }
    public required string BorrowerId { get; init; }
    public required CaseStatus Status { get; init; }
    public required string? Stage { get; init; }
    public required int DaysPastDue { get; init; }
    public required int MaxDaysPastDue { get; init; }
    public required decimal Overdue { get; init; }
    public required decimal Balance { get; init; }
    public required decimal Credit { get; init; }
    public required string Currency { get; init; }
    public required Payoff Payoff { get; init; }
    public required IReadOnlyList<BucketAmount> Buckets { get; init; }
    public required RiskAssessment? Risk { get; init; }
    public required string Policy { get; init; }
    public required NextAction? NextAction { get; init; }
    public required IReadOnlyList<ActiveTrack> Holds { get; init; }
    public required PromiseToPay? Promise { get; init; }
    public required PaymentPlan? Plan { get; init; }
    public required IReadOnlyList<OpenTask> Tasks { get; init; }
    public required IReadOnlyList<OpenApproval> Approvals { get; init; }
    public required DateTimeOffset? LastContactAt { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required ClosedReason? ClosedReason { get; init; }
}

/// <summary>What the case will do next if nothing happens before.</summary>
/// <param name="Kind">E.g. <c>step</c>, <c>promise-deadline</c>, <c>review</c>, <c>contact</c>.</param>
/// <param name="At">When.</param>
/// <param name="Why">In a sentence.</param>
public sealed record NextAction(string Kind, DateTimeOffset At, string Why);

/// <summary>The durable instance of a case: <c>GET /api/cases/{loanId}/orchestration</c>.</summary>
public sealed record CaseInstance(
    string InstanceId, string RuntimeStatus, DateTimeOffset? WakeAt, int PendingInbox, int PendingCommands, DateTimeOffset? LastStepAt);

/// <summary>Answers questions about cases, as of now.</summary>
public interface ICaseQueries
{
    /// <summary>The case now; null when the loan is unknown.</summary>
    ValueTask<CaseDetail?> DetailAsync(string loanId, CancellationToken cancellation = default);

    /// <summary>Its durable instance; null when the loan is unknown.</summary>
    ValueTask<CaseInstance?> InstanceAsync(string loanId, CancellationToken cancellation = default);
}

/// <summary>Moves a virtual clock; hosts on real time have none.</summary>
public interface IVirtualClock
{
    DateTimeOffset Now { get; }

    /// <summary>Moves time on to <paramref name="instant"/>, waking every case on the way at its own time. Going back is refused.</summary>
    ValueTask AdvanceToAsync(DateTimeOffset instant, CancellationToken cancellation = default);
}

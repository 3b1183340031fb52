using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Application.Cases;

/// <summary>What became of an event put into the inbox.</summary>
public enum InboxResult
{
    Stored,

    /// <summary>The same event was stored before: nothing changed.</summary>
    Duplicate,

    /// <summary>Another event was stored before under the same id: nothing changed, the sender is wrong.</summary>
    Conflict,
}

/// <summary>An outside event waiting for its case. Event ids are unique over all loans.</summary>
/// <param name="LoanId">The loan it is about.</param>
/// <param name="Input">The event, its <see cref="CaseInput.Id"/> being the key.</param>
/// <param name="ReceivedAt">When it was stored.</param>
/// <param name="BodySha256">SHA-256 of what the sender sent: tells a repetition from a conflict.</param>
public sealed record InboxItem(string LoanId, CaseInput Input, DateTimeOffset ReceivedAt, string BodySha256);

/// <summary>A case as loaded.</summary>
public sealed record CaseRecord(CaseState? State, int Version, string LastHash, IReadOnlyList<InboxItem> Inbox)
{
    /// <summary>The wake time of the last step.</summary>
    public DateTimeOffset? NextWake { get; init; }

    /// <summary>Whose loan it is, by the case or by the enrolment that waits for its first step; null: nobody has enrolled it.</summary>
    public string? BorrowerId => State?.Terms.BorrowerId ?? Inbox.Select(item => item.Input.Event).OfType<CaseEvent.LoanEnrolled>().FirstOrDefault()?.Terms.BorrowerId;
}

/// <summary>The loans of one borrower, each as loaded, by loan id.</summary>
/// <param name="Loans">Open, closed, or with their enrolment in the inbox.</param>
/// <param name="IsComplete">False: some may be missing, for one is being enrolled, or a former release did not note whose they are and the notes are still to be made.</param>
public sealed record BorrowerLoans(IReadOnlyList<BorrowerLoan> Loans, bool IsComplete);

/// <summary>One of a borrower's loans.</summary>
public sealed record BorrowerLoan(string LoanId, CaseRecord Record);

/// <summary>One step of a case, written atomically.</summary>
public sealed record CaseStep
{
    public required string LoanId { get; init; }

    /// <summary>The version loaded; 0 for a case that opens. The commit makes it one more.</summary>
    public required int ExpectedVersion { get; init; }

    /// <summary>The new facts, in sequence; may be empty.</summary>
    public required IReadOnlyList<JournalEntry> Facts { get; init; }

    public required CaseState State { get; init; }

    /// <summary>Hash of the last fact of the case.</summary>
    public required string LastHash { get; init; }

    /// <summary>Ids of the inbox items this step drained. Their ids stay known, so that a repetition is still a duplicate.</summary>
    public required IReadOnlyList<string> Drained { get; init; }

    /// <summary>When the case wants its next step if nothing happens before; null: never (closed).</summary>
    public required DateTimeOffset? NextWake { get; init; }

    public required CaseIndex Index { get; init; }
}

/// <summary>What lists and filters need to know of a case, kept beside its snapshot.</summary>
/// <param name="LoanId">The loan.</param>
/// <param name="BorrowerId">The borrower's id.</param>
/// <param name="Status">The status.</param>
/// <param name="Stage">The stage of the policy; null before the first.</param>
/// <param name="ClosedReason">Why it closed.</param>
/// <param name="CountedFrom">The date from which days past due count (due date of the oldest unpaid instalment plus paused days): days past due on a later day are the difference. Null: nothing unpaid.</param>
/// <param name="Overdue">As of the step, in the currency.</param>
/// <param name="Balance">As of the step, in the currency.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Risk">The risk band.</param>
/// <param name="Policy">Name and version.</param>
/// <param name="OpenedAt">When the case opened.</param>
/// <param name="ClosedAt">When it closed.</param>
/// <param name="NextWake">When it wakes.</param>
/// <param name="NextAction">What it will do then, in a word.</param>
/// <param name="OpenTasks">How many tasks wait for people.</param>
/// <param name="OpenApprovals">How many approvals wait for a decision.</param>
public sealed record CaseIndex(
    string LoanId, string BorrowerId, CaseStatus Status, string? Stage, ClosedReason? ClosedReason, DateOnly? CountedFrom,
    decimal Overdue, decimal Balance, string Currency, RiskBand? Risk, string Policy, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt,
    DateTimeOffset? NextWake, string? NextAction, int OpenTasks, int OpenApprovals);

/// <summary>Filters, order and page of a list of cases. Empty filters ask nothing.</summary>
public sealed record CaseQuery
{
    public CaseStatus? Status { get; init; }

    public string? Stage { get; init; }

    /// <summary>Counted on <see cref="Today"/>.</summary>
    public int? MinDaysPastDue { get; init; }

    public DateOnly Today { get; init; }

    /// <summary>Part of a loan id or borrower id, any case.</summary>
    public string? Text { get; init; }

    /// <summary><c>loanId</c>, <c>daysPastDue</c>, <c>overdue</c>, <c>nextWake</c>, <c>openedAt</c>; a leading <c>-</c> turns it round. Ties go by loan id.</summary>
    public string Sort { get; init; } = "loanId";

    /// <summary>1 for the first.</summary>
    public int Page { get; init; } = 1;

    public int PageSize { get; init; } = 50;

    /// <summary>Only cases with open tasks.</summary>
    public bool WithTasks { get; init; }

    /// <summary>Only cases with open approvals.</summary>
    public bool WithApprovals { get; init; }
}

/// <summary>A page of a list.</summary>
public sealed record CasePage(IReadOnlyList<CaseIndex> Cases, int Total, int Page, int PageSize);

/// <summary>Counts over all cases.</summary>
public sealed record CaseCounts(IReadOnlyDictionary<CaseStatus, int> ByStatus, int Unmatched);

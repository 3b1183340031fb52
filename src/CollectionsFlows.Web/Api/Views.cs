using System.Text.Json.Serialization;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Json;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Web.Api;

/// <summary>A page of cases.</summary>
public sealed record CaseListView(IReadOnlyList<CaseRow> Cases, int Total, int Page, int PageSize);

/// <summary>A case in a list. Overdue and balance as of its last step, days past due as of now.</summary>
public sealed record CaseRow(
    string LoanId, string BorrowerId, CaseStatus Status, string? Stage, int DaysPastDue, decimal Overdue, decimal Balance, string Currency, RiskBand? Risk,
    string Policy, RowAction? NextAction, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, ClosedReason? ClosedReason, int OpenTasks, int OpenApprovals);

/// <summary>What a listed case does next; the case itself says why.</summary>
public sealed record RowAction(string? Kind, DateTimeOffset At);

/// <summary>Human work not done yet, of a page of the cases that have some.</summary>
public sealed record TaskListView(IReadOnlyList<TaskRow> Tasks, int Cases, int Page, int PageSize);

/// <summary>A task and where its case stands.</summary>
public sealed record TaskRow(
    string TaskId, string LoanId, CaseStatus Status, string Kind, string Team, DateTimeOffset OpenedAt, DateTimeOffset DueAt, WorkOrigin Origin, string Why);

/// <summary>Decisions waiting, of a page of the cases that have some.</summary>
public sealed record ApprovalListView(IReadOnlyList<ApprovalRow> Approvals, int Cases, int Page, int PageSize);

/// <summary>An approval and where its case stands.</summary>
public sealed record ApprovalRow(string ApprovalId, string LoanId, CaseStatus Status, ApprovalSubject Subject, string Team, DateTimeOffset RequestedAt);

/// <summary>Events whose loan is unknown: they wait for it.</summary>
public sealed record UnmatchedView(IReadOnlyList<UnmatchedRow> Events, int Total);

/// <summary>An event that waits. <c>event.$type</c> is its type.</summary>
public sealed record UnmatchedRow(string Id, string LoanId, DateTimeOffset At, DateTimeOffset ReceivedAt, CaseEvent Event);

/// <summary>Messages to a borrower about one loan. Personal data.</summary>
public sealed record MessageListView(IReadOnlyList<MessageRow> Messages, IReadOnlyList<WordsRow> Received);

/// <summary>A message as rendered. Address, subject and text are personal data.</summary>
public sealed record MessageRow(
    string CommandId, DateTimeOffset At, Channel Channel, string Address, string? Subject, string Text, string TextSha256, string Template, string Language,
    int Wording, int Segments, [property: JsonConverter(typeof(KebabCaseEnumConverter<MessageStatus>))] MessageStatus Status);

/// <summary>Words of the borrower or about the borrower. Personal data.</summary>
public sealed record WordsRow(string EventId, DateTimeOffset At, string Kind, string Text);

/// <summary>Dossiers archived for a case.</summary>
public sealed record DossierListView(IReadOnlyList<DossierRow> Dossiers);

/// <summary>A dossier: the id of the command that asked for it, and its documents.</summary>
public sealed record DossierRow(string DossierId, IReadOnlyList<DossierDocument> Documents);

/// <summary>A document of a dossier and where it is read.</summary>
public sealed record DossierDocument(string Name, string Path);

/// <summary>What became of one event.</summary>
/// <param name="Id">Under which it is known from now on.</param>
/// <param name="Result">Stored, seen before, or in conflict with another event of this id.</param>
public sealed record EventReceipt(string Id, ReceiptResult Result);

/// <summary>What became of an event.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ReceiptResult>))]
public enum ReceiptResult
{
    Stored,
    SeenBefore,
    Conflict,
}

/// <summary>What became of a webhook's events, in their order.</summary>
public sealed record WebhookReceipt(IReadOnlyList<EventReceipt> Events);

/// <summary>What became of a message webhook's events.</summary>
public sealed record MessageWebhookReceipt(IReadOnlyList<EventReceipt> Events, IReadOnlyList<IgnoredMessageEvent> Ignored);

/// <summary>An Event Grid event that changes nothing here, and why.</summary>
public sealed record IgnoredMessageEvent(string Id, string Why);

/// <summary>The answer to Event Grid's handshake.</summary>
public sealed record SubscriptionValidation(string ValidationResponse);

/// <summary>What an import did. Errors only with <c>partial=true</c>; else they are a problem.</summary>
public sealed record ImportView(int Enrolled, int Unchanged, IReadOnlyList<InputError> Errors);

/// <summary>The clock: <c>real</c> or <c>virtual</c>.</summary>
public sealed record ClockView(string Kind, DateTimeOffset Now);

/// <summary>Whether the host is up.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
/// <param name="Degraded">What works only in part, in sentences; null when nothing.</param>
public sealed record HealthView(string Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Degraded = null);

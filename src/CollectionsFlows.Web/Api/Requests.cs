using System.Text.Json;

namespace CollectionsFlows.Web.Api;

/// <summary>An event by an operator, as the OpenAPI document describes it. Bodies are read strictly by <see cref="OperatorEvent"/>.</summary>
/// <param name="Type">One of the contract's event types.</param>
/// <param name="Data">As the type demands.</param>
/// <param name="Reason">Why the operator enters it. Recorded in the journal: no personal data.</param>
/// <param name="At">When it happened; absent: now.</param>
/// <param name="Id">Unique; absent: derived from the Idempotency-Key header, or new.</param>
public sealed record EventRequest(string Type, JsonElement Data, string Reason, DateTimeOffset? At = null, string? Id = null);

/// <summary>An event by a system, as the OpenAPI document describes it.</summary>
/// <param name="At">When it happened.</param>
/// <param name="LoanId">The loan; it may still be unknown.</param>
/// <param name="Type"><c>payment.posted</c> or <c>payment.reversed</c>.</param>
/// <param name="Data">As the type demands.</param>
/// <param name="Id">Only in lists, and where the signature scheme has no message id.</param>
public sealed record EventMessage(DateTimeOffset At, string LoanId, string Type, JsonElement Data, string? Id = null);

/// <summary>A move of a virtual clock, as the OpenAPI document describes it: one of the two.</summary>
/// <param name="Advance">An ISO 8601 duration of weeks, days, hours, minutes and seconds.</param>
/// <param name="To">An instant with its offset.</param>
public sealed record ClockRequest(string? Advance = null, string? To = null);

/// <summary>A fact of the journal, as the OpenAPI document describes it. Lines are sent as they are stored.</summary>
public sealed record JournalLine(string LoanId, int Seq, DateTimeOffset At, string Type, JsonElement Data, string Prev, string Hash);

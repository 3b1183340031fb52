namespace CollectionsFlows.Core.Cases;

/// <summary>Something that happened outside a case and reached it through the inbox, once.</summary>
/// <param name="Id">The sender's unique event id.</param>
/// <param name="At">When it happened, by the sender.</param>
/// <param name="Event">What happened, with no personal data.</param>
/// <param name="By">The operator who entered it; null for systems. The operator's reason is free text: it is kept with the borrower (S25).</param>
public sealed record CaseInput(string Id, DateTimeOffset At, CaseEvent Event, string? By = null);

namespace CollectionsFlows.Core.Plans;

/// <summary>One payment of a plan, in the loan's currency.</summary>
public sealed record PlanInstalment(DateOnly DueOn, decimal Amount);

/// <summary>A confirmed plan: while it is kept, collection stops (S13, <c>CN-CARD-PLAN</c>).</summary>
/// <param name="PlanId">The agent's or borrower's id of it.</param>
/// <param name="Instalments">In order of due date.</param>
/// <param name="Confirmation"><c>written</c> or <c>electronic</c>.</param>
/// <param name="AcceptedAt">Payments made from this instant on count for it.</param>
/// <param name="Met">Instalments met so far, from the first.</param>
/// <param name="Missed">Instalments that were missed at their deadline.</param>
/// <param name="CheckedThrough">Instalments whose deadline has been looked at.</param>
/// <param name="ReviewedOn">The last review.</param>
public sealed record PaymentPlan(
    string PlanId, IReadOnlyList<PlanInstalment> Instalments, string Confirmation, DateTimeOffset AcceptedAt,
    int Met, int Missed, int CheckedThrough, DateOnly ReviewedOn);

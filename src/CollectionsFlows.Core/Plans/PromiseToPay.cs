using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Plans;

/// <summary>Where a promise stands.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<PromiseStatus>))]
public enum PromiseStatus
{
    Active,
    Kept,
    Broken,
    Cancelled,
}

/// <summary>A promise to pay. Payments go to active promises first-in first-out.</summary>
/// <param name="PromiseId">The agent's or borrower's id of it.</param>
/// <param name="Amount">In the loan's currency.</param>
/// <param name="DueOn">Local date.</param>
/// <param name="MadeAt">Payments made from this instant on count for it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="EndedOn">The local date on which it was kept, broken or cancelled.</param>
/// <param name="Used">The money it had received when it was kept or broken; null before.</param>
/// <param name="IsReminded">Whether its reminder was asked for.</param>
public sealed record PromiseToPay(
    string PromiseId, decimal Amount, DateOnly DueOn, DateTimeOffset MadeAt, PromiseStatus Status, DateOnly? EndedOn = null,
    IReadOnlyList<PaymentShare>? Used = null, bool IsReminded = false);

/// <summary>The part of a payment that went to a promise.</summary>
public sealed record PaymentShare(string PaymentId, decimal Amount);

using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Cases;

/// <summary>Where a case stands, as the contract names it.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<CaseStatus>))]
public enum CaseStatus
{
    /// <summary>Nothing overdue, or less than the policy's entry rules ask for.</summary>
    Watching,
    Collecting,

    /// <summary>A live promise to pay suspends the ladder.</summary>
    Promised,

    /// <summary>A payment plan is running and not broken.</summary>
    OnPlan,

    /// <summary>A hold stops collection.</summary>
    Held,

    /// <summary>Referred to court.</summary>
    Legal,
    WrittenOff,
    Closed,
}

/// <summary>Why a case ended.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ClosedReason>))]
public enum ClosedReason
{
    PaidOff,
    Settled,
    Sold,
    Withdrawn,
    Deceased,
}

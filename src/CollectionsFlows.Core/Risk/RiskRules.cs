using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Risk;

/// <summary>How hard a debt is likely to be to recover (S22).</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<RiskBand>))]
public enum RiskBand
{
    Low,
    Medium,
    High,
}

/// <summary>The scorecard: points from 0 (safe) to 100, and where the bands begin. Data, part of a policy.</summary>
public sealed record RiskRules
{
    /// <summary>From this score the band is medium.</summary>
    public int MediumFrom { get; init; } = 30;

    /// <summary>From this score the band is high.</summary>
    public int HighFrom { get; init; } = 60;
}

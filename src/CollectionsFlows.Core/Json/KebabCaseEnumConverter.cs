using System.Text.Json;
using System.Text.Json.Serialization;

namespace CollectionsFlows.Core.Json;

/// <summary>Writes an enum the way the contract spells names: <c>written-off</c>, <c>no-answer</c>. Numbers are not accepted.</summary>
/// <typeparam name="T">The enum.</typeparam>
public sealed class KebabCaseEnumConverter<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

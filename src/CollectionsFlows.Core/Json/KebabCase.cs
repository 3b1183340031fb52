using System.Text.Json;

namespace CollectionsFlows.Core.Json;

/// <summary>Names as the contract spells them: <c>written-off</c>.</summary>
public static class KebabCase
{
    /// <summary>The name of an enum's value.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

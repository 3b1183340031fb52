using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Web.Api;

/// <summary>The contract's spelling of names: <c>written-off</c>.</summary>
internal static class Words
{
    public static string Of<T>(T name)
        where T : struct, Enum => KebabCase.Of(name);

    /// <summary>The same in running text: <c>written off</c>.</summary>
    public static string Spoken<T>(T name)
        where T : struct, Enum => Of(name).Replace('-', ' ');
}

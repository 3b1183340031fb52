using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CollectionsFlows.Functions.Storage;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>Durable instance ids: <c>loan-{loanId}</c>, with every character the engine or its storage forbids or treats specially written as <c>~hhhh</c> (UTF-16, hexadecimal). Reversible.</summary>
/// <remarks>
/// Ids that would be longer than the engine takes are a hash instead, marked by <c>~~</c>: the instance's input names the loan.
/// Instance ids become table keys and parts of URLs: <c>/ \ # ?</c>, control characters, a leading <c>@</c> (entities) and anything beyond ASCII must not occur.
/// They are segments of blob names too, which must not end with a dot.
/// </remarks>
public static class InstanceIds
{
    private const string Prefix = "loan-";
    private const int MostCharacters = 100;

    /// <summary>The instance of a loan's clock.</summary>
    public static string Of(string loanId)
    {
        var id = Prefix + TildeText.Of(loanId, "-_:");
        return id.Length <= MostCharacters ? id : $"{Prefix}{TildeText.Escape}{TildeText.Escape}{HashOf(loanId)}";
    }

    /// <summary>The loan of an instance; null for an id that is none of ours, or that is a hash.</summary>
    public static string? LoanOf(string instanceId)
    {
        if (!instanceId.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        // Nobody but us wrote an id that we would write otherwise.
        return TildeText.Read(instanceId.AsSpan(Prefix.Length)) is { } loanId && Of(loanId) == instanceId ? loanId : null;
    }

    // Of the characters as they are: an encoding would make one of all that are none (lone surrogates).
    private static string HashOf(string loanId) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(loanId.AsSpan())));
}

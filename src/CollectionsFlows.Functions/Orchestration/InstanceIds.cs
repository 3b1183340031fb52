using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

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
    private const char Escape = '~';
    private const int MostCharacters = 100;

    /// <summary>The instance of a loan's clock.</summary>
    public static string Of(string loanId)
    {
        var id = new StringBuilder(Prefix, Prefix.Length + loanId.Length);
        foreach (var character in loanId)
        {
            if (IsPlain(character))
                id.Append(character);
            else
                id.Append(Escape).Append(((int)character).ToString("x4", CultureInfo.InvariantCulture));
        }

        return id.Length <= MostCharacters ? id.ToString() : $"{Prefix}{Escape}{Escape}{HashOf(loanId)}";
    }

    /// <summary>The loan of an instance; null for an id that is none of ours, or that is a hash.</summary>
    public static string? LoanOf(string instanceId)
    {
        if (!instanceId.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var loanId = new StringBuilder(instanceId.Length);
        for (var at = Prefix.Length; at < instanceId.Length; at++)
        {
            if (instanceId[at] != Escape)
            {
                loanId.Append(instanceId[at]);
                continue;
            }

            if (at + 4 >= instanceId.Length || !ushort.TryParse(instanceId.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                return null;
            loanId.Append((char)code);
            at += 4;
        }

        // Nobody but us wrote an id that we would write otherwise.
        return Of(loanId.ToString()) == instanceId ? loanId.ToString() : null;
    }

    // Of the characters as they are: an encoding would make one of all that are none (lone surrogates).
    private static string HashOf(string loanId) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(loanId.AsSpan())));

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or ':';
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CollectionsFlows.Functions.Orchestration;

/// <summary>Durable instance ids: <c>loan-{loanId}</c>, with every character the engine or its storage forbids or treats specially written as <c>~hhhh</c> (UTF-16, hexadecimal). Reversible.</summary>
/// <remarks>
/// Ids that would be longer than the engine takes are a hash instead, marked by <c>~~</c>: the instance's input names the loan.
/// Instance ids become table keys and parts of URLs: <c>/ \ # ?</c>, control characters, a leading <c>@</c> (entities) and anything beyond ASCII must not occur.
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

        return id.Length <= MostCharacters ? id.ToString() : $"{Prefix}{Escape}{Escape}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(loanId)))}";
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

        return loanId.ToString();
    }

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':';
}

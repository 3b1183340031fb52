using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Intake;

namespace CollectionsFlows.Web.Access;

/// <summary>A caller and the SHA-256 of the token that proves it.</summary>
/// <param name="Caller">Who it is.</param>
/// <param name="TokenSha256">Lower-case hex of the SHA-256 of the token's UTF-8 bytes: the token itself is kept nowhere.</param>
public sealed record AccessToken(Caller Caller, string TokenSha256);

/// <summary>The bearer tokens that are accepted. The host loads them from a file or the environment.</summary>
public sealed class AccessTokens
{
    private readonly FrozenDictionary<string, Caller> callers;

    /// <exception cref="ArgumentException">Two callers have the same token.</exception>
    public AccessTokens(IEnumerable<AccessToken> tokens)
    {
        var list = tokens.ToList();
        if (list.GroupBy(token => token.TokenSha256, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"{string.Join(" and ", twice.Select(token => token.Caller.Name))} have the same token");
        callers = list.ToFrozenDictionary(token => token.TokenSha256, token => token.Caller, StringComparer.OrdinalIgnoreCase);
    }

    public static AccessTokens None { get; } = new([]);

    /// <summary>A new token: 32 random bytes, URL-safe.</summary>
    public static string NewToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>What is kept of a token.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Reads lines of <c>name role sha256</c>; empty lines and those that start with <c>#</c> are skipped.</summary>
    /// <returns>Null when anything is wrong; every error is listed.</returns>
    public static AccessTokens? Parse(string text, out IReadOnlyList<InputError> errors)
    {
        var tokens = new List<AccessToken>();
        var wrong = new List<InputError>();
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1];
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is not [var name, var role, var hash])
                wrong.Add(new(number, "", "expected: name role sha256-of-the-token"));
            else if (RoleNamed(role) is not { } known)
                wrong.Add(new(number, "role", "expected viewer, agent, supervisor or auditor"));
            else if (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit))
                wrong.Add(new(number, "sha256", "expected 64 hex digits"));
            else if (tokens.Exists(token => string.Equals(token.TokenSha256, hash, StringComparison.OrdinalIgnoreCase)))
                wrong.Add(new(number, "sha256", "another line has the same token"));
            else
                tokens.Add(new(new Caller(name, known), hash.ToLowerInvariant()));
        }

        errors = wrong;
        return wrong.Count == 0 ? new AccessTokens(tokens) : null;
    }

    /// <summary>Whose token it is; null for nobody's. Found by its hash, so the time taken tells nothing about other tokens.</summary>
    public Caller? CallerOf(string token) => token.Length is 0 or > 1024 ? null : callers.GetValueOrDefault(Hash(token));

    private static Role? RoleNamed(string text) => text switch
    {
        "viewer" => Role.Viewer,
        "agent" => Role.Agent,
        "supervisor" => Role.Supervisor,
        "auditor" => Role.Auditor,
        _ => null,
    };
}

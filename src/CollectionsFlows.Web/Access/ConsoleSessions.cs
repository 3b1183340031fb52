using System.Collections.Concurrent;

namespace CollectionsFlows.Web.Access;

/// <summary>Console sessions and sign-in links, in memory and by hash only: a restart signs everybody out.</summary>
/// <remarks>
/// A sign-in link carries a token of its own, good for one sign-in and a short time, never an access token: URLs end up in histories and logs.
/// People with an access token type it into the sign-in form instead.
/// </remarks>
/// <param name="clock">Wall time: moving a virtual clock must not sign anybody out.</param>
public sealed class ConsoleSessions(TimeProvider clock)
{
    private const int MostSessions = 10_000;
    private readonly ConcurrentDictionary<string, Entry> sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Entry> links = new(StringComparer.Ordinal);

    /// <summary>How long a session lasts from its sign-in.</summary>
    public static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);

    /// <summary>A token for <c>/sign-in?token=</c>.</summary>
    /// <param name="caller">Whom it signs in.</param>
    /// <param name="validFor">From now.</param>
    /// <param name="reusable">Whether it may be used more than once in that time: a demo's link is opened in a second browser too.</param>
    public string NewLinkToken(Caller caller, TimeSpan validFor, bool reusable = false)
    {
        var token = AccessTokens.NewToken();
        links[AccessTokens.Hash(token)] = new(caller, clock.GetUtcNow() + validFor, reusable);
        return token;
    }

    /// <summary>Opens a session for a link's token; null when the link is unknown, used or too old.</summary>
    internal string? OpenByLink(string token)
    {
        var hash = AccessTokens.Hash(token);
        if (!links.TryGetValue(hash, out var link))
            return null;
        if (!link.Reusable && !links.TryRemove(hash, out _))
            return null;
        return link.Until > clock.GetUtcNow() ? Open(link.Caller) : null;
    }

    /// <summary>Opens a session.</summary>
    /// <returns>Its id, for the cookie; only its hash is kept.</returns>
    internal string Open(Caller caller)
    {
        var now = clock.GetUtcNow();
        if (sessions.Count >= MostSessions)
        {
            foreach (var (old, _) in sessions.Where(session => session.Value.Until <= now).ToList())
                sessions.TryRemove(old, out _);
        }

        var id = AccessTokens.NewToken();
        sessions[AccessTokens.Hash(id)] = new(caller, now + SessionLength, Reusable: true);
        return id;
    }

    internal Caller? CallerOf(string id) =>
        sessions.TryGetValue(AccessTokens.Hash(id), out var session) && session.Until > clock.GetUtcNow() ? session.Caller : null;

    internal void Close(string id) => sessions.TryRemove(AccessTokens.Hash(id), out _);

    private sealed record Entry(Caller Caller, DateTimeOffset Until, bool Reusable);
}

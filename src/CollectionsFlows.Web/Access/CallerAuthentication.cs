using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CollectionsFlows.Web.Access;

/// <summary>Recognises callers by bearer token or console session. Another host may register another scheme instead: the rest of the product asks only for a name and roles.</summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessTokens tokens, ConsoleSessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "collections";
    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
            return Task.FromResult(FromSession());
        // A request that shows a token is judged by it alone: a wrong token is not saved by a cookie.
        if (header.Count > 1 || header[0] is not { } text || !text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.Fail("expected one Authorization header: Bearer TOKEN"));
        return Task.FromResult(tokens.CallerOf(text[Bearer.Length..].Trim()) is { } caller
            ? Ticket(caller)
            : AuthenticateResult.Fail("unknown token"));
    }

    private AuthenticateResult FromSession() =>
        SessionCookie.Read(Request) is { } id && sessions.CallerOf(id) is { } caller ? Ticket(caller) : AuthenticateResult.NoResult();

    private static AuthenticateResult Ticket(Caller caller)
    {
        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, caller.Name), new Claim(ClaimTypes.Role, AccessPolicies.NameOf(caller.Role))], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}

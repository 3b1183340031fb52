using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using CollectionsFlows.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CollectionsFlows.Functions.Hosting;

/// <summary>Recognises callers by the header in which the platform's sign-in names them. Registered only where that sign-in is on: elsewhere anybody could send it.</summary>
/// <remarks>
/// Facts and logs name callers by their object id in the directory: it never changes and is given to nobody else, while a name or e-mail address
/// does both (two actors who must differ would be one, or one two), and it is no personal data to whoever has no access to the directory (S25).
/// Pages show the caller's own display name.
/// </remarks>
public sealed class PrincipalAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "platform";

    /// <summary>Base64 of the principal as JSON: <c>{"name_typ","role_typ","claims":[{"typ","val"}]}</c>.</summary>
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private const string ShortRole = "roles";
    private const string ObjectId = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private const string ShortObjectId = "oid";
    private const string DisplayName = "name";
    private static readonly HashSet<string> Roles = [.. Enum.GetValues<Role>().Select(Core.Json.KebabCase.Of)];

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[Header];
        if (header.Count == 0)
            return Task.FromResult(AuthenticateResult.NoResult());
        if (header.Count != 1 || Read(header[0]) is not { } principal)
            return Task.FromResult(AuthenticateResult.Fail("the platform's principal is not readable"));
        return Task.FromResult(IdentityOf(principal) is { } identity
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName))
            : AuthenticateResult.Fail("the platform's principal has no object id"));
    }

    /// <summary>The caller; null for one without an object id, who could not be told from others of the name.</summary>
    private static ClaimsIdentity? IdentityOf(PlatformPrincipal principal)
    {
        List<(string Type, string Value)> claims = [.. from claim in principal.Claims ?? []
                                                       where !string.IsNullOrWhiteSpace(claim?.Typ) && !string.IsNullOrWhiteSpace(claim.Val)
                                                       select (claim.Typ, claim.Val)];
        if ((First(claims, ObjectId) ?? First(claims, ShortObjectId)) is not { } id)
            return null;
        var shown = First(claims, DisplayName) ?? First(claims, principal.NameTyp) ?? id;
        var roles = claims.Where(claim => (claim.Type == principal.RoleTyp || claim.Type is ShortRole or ClaimTypes.Role) && Roles.Contains(claim.Value)).Select(claim => claim.Value).Distinct();
        return new ClaimsIdentity([new Claim(ClaimTypes.Name, id), new Claim(CallerNames.Shown, shown), .. roles.Select(role => new Claim(ClaimTypes.Role, role))], SchemeName);
    }

    private static string? First(List<(string Type, string Value)> claims, string? type) => claims.Where(claim => claim.Type == type).Select(claim => claim.Value).FirstOrDefault();

    private static PlatformPrincipal? Read(string? base64)
    {
        try
        {
            return JsonSerializer.Deserialize(Convert.FromBase64String(base64 ?? ""), HostJson.Default.PlatformPrincipal);
        }
        catch (Exception unreadable) when (unreadable is FormatException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>The caller as the platform describes it.</summary>
internal sealed record PlatformPrincipal(string? NameTyp, string? RoleTyp, IReadOnlyList<PlatformClaim?>? Claims);

/// <summary>A claim as the platform describes it.</summary>
internal sealed record PlatformClaim(string? Typ, string? Val);

using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using CollectionsFlows.Web.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CollectionsFlows.Functions.Hosting;

/// <summary>Recognises callers by the header in which the platform's sign-in names them. Registered only where that sign-in is on: elsewhere anybody could send it.</summary>
public sealed class PrincipalAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "platform";

    /// <summary>Base64 of the principal as JSON: <c>{"name_typ","role_typ","claims":[{"typ","val"}]}</c>.</summary>
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private const string ShortRole = "roles";
    private const string ObjectId = "http://schemas.microsoft.com/identity/claims/objectidentifier";
    private static readonly HashSet<string> Roles = [.. Enum.GetValues<Role>().Select(Core.Json.KebabCase.Of)];

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers[Header];
        if (header.Count == 0)
            return Task.FromResult(AuthenticateResult.NoResult());
        return Task.FromResult(header.Count == 1 && Read(header[0]) is { } principal
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(IdentityOf(principal)), SchemeName))
            : AuthenticateResult.Fail("the platform's principal is not readable"));
    }

    private static ClaimsIdentity IdentityOf(PlatformPrincipal principal)
    {
        var claims = principal.Claims ?? [];
        var name = claims.FirstOrDefault(claim => claim.Typ == principal.NameTyp)?.Val ?? claims.FirstOrDefault(claim => claim.Typ is ObjectId or "oid")?.Val ?? "unknown";
        var roles = claims.Where(claim => (claim.Typ == principal.RoleTyp || claim.Typ is ShortRole or ClaimTypes.Role) && claim.Val is { } role && Roles.Contains(role));
        return new ClaimsIdentity([new Claim(ClaimTypes.Name, name), .. roles.Select(role => new Claim(ClaimTypes.Role, role.Val!)).DistinctBy(role => role.Value)], SchemeName);
    }

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
internal sealed record PlatformPrincipal(string? NameTyp, string? RoleTyp, IReadOnlyList<PlatformClaim>? Claims);

/// <summary>A claim as the platform describes it.</summary>
internal sealed record PlatformClaim(string? Typ, string? Val);

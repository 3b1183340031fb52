using CollectionsFlows.Web.Console;
using CollectionsFlows.Web.Hosting;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Access;

/// <summary>Says why somebody may not: 401 without a caller (pages show the sign-in form, or the way to it), 403 with the roles that may.</summary>
internal sealed class AccessRefusal(WebOptions options) : IAuthorizationMiddlewareResultHandler
{
    private const string Challenge = "Bearer realm=\"collections\"";

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
            return next(context);
        if (authorizeResult.Forbidden)
            return Forbidden(RolesOf(policy)).ExecuteAsync(context);
        context.Response.Headers.WWWAuthenticate = context.Request.Headers.Authorization.Count > 0 ? $"{Challenge}, error=\"invalid_token\"" : Challenge;
        return IsPage(context)
            ? SignIn(context).ExecuteAsync(context)
            : Unauthenticated().ExecuteAsync(context);
    }

    /// <summary>Elsewhere by a link, never by a redirect: where that sign-in succeeds and is not understood here, a browser would go round in circles.</summary>
    private ConsolePage SignIn(HttpContext context) => ConsolePage.Of<SignInPage>(
        StatusCodes.Status401Unauthorized, (nameof(SignInPage.Elsewhere), options.SignInElsewhere?.Returning(context.Request)));

    public static ProblemResult Unauthenticated() =>
        ProblemResult.Of(401, "no-caller", "Who is calling?", "send Authorization: Bearer TOKEN with a known token, or sign in at /sign-in");

    public static ProblemResult Forbidden(IEnumerable<string> roles) =>
        ProblemResult.Of(403, "wrong-role", "Your role does not allow this", $"this needs the role {string.Join(" or ", roles)}");

    private static IEnumerable<string> RolesOf(AuthorizationPolicy policy) =>
        policy.Requirements.OfType<RolesAuthorizationRequirement>().SelectMany(requirement => requirement.AllowedRoles);

    private static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ConsolePageMark>() is not null;
}

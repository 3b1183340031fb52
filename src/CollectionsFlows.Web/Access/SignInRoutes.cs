using CollectionsFlows.Web.Console;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CollectionsFlows.Web.Access;

/// <summary>Signing in to the console: by a link from the host, or by typing an access token into a form.</summary>
internal static class SignInRoutes
{
    private const int MostFormBytes = 4096;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", ByLink).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/sign-in", ByFormAsync).AllowAnonymous().WithMetadata(new SameOriginOnly()).ExcludeFromDescription();
        routes.MapPost("/sign-out", SignOut).AllowAnonymous().WithMetadata(new SameOriginOnly()).ExcludeFromDescription();
    }

    /// <summary>Leads to where people sign in and out instead: whoever knows this product looks here first.</summary>
    public static void MapElsewhere(IEndpointRouteBuilder routes, SignInElsewhere elsewhere)
    {
        routes.MapGet("/sign-in", (HttpContext context) => SeeOther(context, $"{elsewhere.SignIn}?{elsewhere.ReturnParameter}=%2F")).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/sign-out", (HttpContext context) => SeeOther(context, elsewhere.SignOut)).AllowAnonymous().WithMetadata(new SameOriginOnly()).ExcludeFromDescription();
    }

    private static IResult ByLink(string? token, HttpContext context, ConsoleSessions sessions)
    {
        if (string.IsNullOrEmpty(token))
            return ConsolePage.Of<SignInPage>();
        return token.Length <= 200 && sessions.OpenByLink(token) is { } session
            ? Begin(context, session)
            : Refused("This link was used before or is too old. Ask for a new one, or type your access token.");
    }

    private static async Task<IResult> ByFormAsync(HttpContext context, AccessTokens tokens, ConsoleSessions sessions)
    {
        if (context.Request.ContentLength is null or > MostFormBytes || !context.Request.HasFormContentType)
            return Refused("Type your access token.");
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return tokens.CallerOf(form["token"].ToString().Trim()) is { } caller
            ? Begin(context, sessions.Open(caller))
            : Refused("Nobody has this access token.");
    }

    private static StatusCodeHttpResult SignOut(HttpContext context, ConsoleSessions sessions)
    {
        if (SessionCookie.Read(context.Request) is { } id)
            sessions.Close(id);
        SessionCookie.Delete(context);
        return SeeOther(context, "/sign-in");
    }

    private static StatusCodeHttpResult Begin(HttpContext context, string session)
    {
        SessionCookie.Write(context, session);
        return SeeOther(context, "/");
    }

    private static StatusCodeHttpResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static ConsolePage Refused(string why) =>
        ConsolePage.Of<SignInPage>(StatusCodes.Status401Unauthorized, (nameof(SignInPage.Problem), why));
}

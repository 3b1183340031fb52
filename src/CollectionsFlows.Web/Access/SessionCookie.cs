using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Access;

/// <summary>The cookie of a console session: an opaque id, unreadable to script, never sent from another site.</summary>
internal static class SessionCookie
{
    // The prefix makes browsers refuse the cookie unless it is Secure, host-only and for the whole site; plain HTTP (a laptop) cannot have it.
    private const string SecureName = "__Host-collections-session";
    private const string PlainName = "collections-session";

    public static string? Read(HttpRequest request) => request.Cookies[NameFor(request)];

    public static void Write(HttpContext context, string id) => context.Response.Cookies.Append(NameFor(context.Request), id, Options(context, ConsoleSessions.SessionLength));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(NameFor(context.Request), Options(context, null));

    private static string NameFor(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    private static CookieOptions Options(HttpContext context, TimeSpan? age) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = age,
        Path = "/",
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
    };
}

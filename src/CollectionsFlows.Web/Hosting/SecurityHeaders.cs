using CollectionsFlows.Web.Console;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Hosting;

/// <summary>The content security policy of an endpoint whose answers bring their own style.</summary>
internal sealed record OwnContentPolicy(string Value);

/// <summary>Headers that keep answers where they belong: no script, no framing, no guessing of types, no copies in caches.</summary>
internal static class SecurityHeaders
{
    private static readonly string ContentPolicy =
        $"default-src 'none'; style-src '{Stylesheet.CspHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        // On starting, because an error clears what was set before it.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = context.GetEndpoint()?.Metadata.GetMetadata<OwnContentPolicy>()?.Value ?? ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers.CacheControl = "no-store";
            // Not no-referrer: it makes browsers send Origin: null with our own forms.
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            if (context.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000";
            return Task.CompletedTask;
        });
        return next(context);
    }
}

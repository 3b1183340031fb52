using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Access;

/// <summary>Refuses changes that another site makes a browser send. A request with an Authorization header is no browser form; anything else must come from this origin.</summary>
internal static class SameOrigin
{
    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (NeedsCheck(context) && !IsSameOrigin(context.Request))
            await ProblemResult.Of(403, "cross-origin", "Sent from elsewhere", "changes in a console session must come from this site itself").ExecuteAsync(context);
        else
            await next(context);
    }

    private static bool NeedsCheck(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            return false;
        // Without a caller there is nothing to misuse, except signing somebody in as somebody else.
        var signedIn = context.User.Identity?.IsAuthenticated == true && request.Headers.Authorization.Count == 0;
        return signedIn || context.GetEndpoint()?.Metadata.GetMetadata<SameOriginOnly>() is not null;
    }

    private static bool IsSameOrigin(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
            return site == "same-origin";
        return request.Headers.Origin is [{ } origin] && string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>Marks a route that changes something without a caller, e.g. signing in.</summary>
internal sealed class SameOriginOnly;

using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Api;

/// <summary>Tells the OpenAPI document what routes take and how they refuse.</summary>
internal static class Documented
{
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
            route.Produces<Problem>(status, ProblemResult.ContentType);
        return route;
    }

    /// <summary>Documents the body. Unlike the framework's own metadata it refuses no content type: callers are judged by what they send, not by what they call it.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, params string[] contentTypes) =>
        route.WithMetadata(new DocumentedBody(typeof(T), contentTypes));
}

/// <summary>The body a route takes.</summary>
internal sealed record DocumentedBody(Type Type, IReadOnlyList<string> ContentTypes);

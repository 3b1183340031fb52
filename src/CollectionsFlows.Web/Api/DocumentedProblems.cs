using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Api;

/// <summary>Writes the problems of a route into the OpenAPI document.</summary>
internal static class DocumentedProblems
{
    public static RouteHandlerBuilder Problems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
            route.Produces<Problem>(status, ProblemResult.ContentType);
        return route;
    }
}

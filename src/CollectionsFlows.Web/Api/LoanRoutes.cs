using CollectionsFlows.Application.Intake;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Hosting;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace CollectionsFlows.Web.Api;

/// <summary>Importing a portfolio.</summary>
internal static class LoanRoutes
{
    public static void Map(IEndpointRouteBuilder routes, WebOptions options) =>
        routes.MapPost("/api/loans", ImportAsync).RequireAuthorization(AccessPolicies.Supervise)
            .WithMetadata(new RequestSizeLimitAttribute(options.MaxImportBytes))
            .WithSummary("Imports a loans file, CSV or NDJSON; any bad row imports nothing and all are listed; partial=true imports the good ones")
            .Takes<string>("text/csv", "application/x-ndjson").Produces<ImportView>().Problems(400, 413, 415);

    private static async Task<IResult> ImportAsync(
        string? policy, string? partial, HttpContext context, IPortfolioImport import, CancellationToken cancellation)
    {
        var reader = new QueryReader();
        var keepGood = reader.Flag("partial", partial);
        if (reader.Errors.Count > 0)
            return ProblemResult.Invalid(reader.Errors, "invalid-query");
        if (!CanHoldLoans(context.Request.ContentType))
            return ProblemResult.Of(415, "unsupported-media-type", "The content type does not fit", "send text/csv or application/x-ndjson");

        // Through the reader, because readers of files read synchronously and the body itself refuses that.
        var file = context.Request.BodyReader.AsStream(leaveOpen: true);
        var outcome = await import.ImportAsync(file, string.IsNullOrEmpty(policy) ? null : policy, keepGood, cancellation);
        return outcome.Errors.Count > 0 && !keepGood
            ? ProblemResult.Invalid(outcome.Errors, "invalid-loans")
            : JsonAnswer.Of(new ImportView(outcome.Enrolled, outcome.Unchanged, outcome.Errors), WebJson.Default.ImportView);
    }

    /// <summary>The file itself tells CSV from NDJSON; the content type only has to be one that can hold either. The last three are what clients send when nobody told them.</summary>
    private static bool CanHoldLoans(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant() is
        null or "" or "text/csv" or "application/csv" or "application/x-ndjson" or "application/ndjson" or "application/jsonl" or
        "text/plain" or "application/octet-stream" or "application/x-www-form-urlencoded";
}

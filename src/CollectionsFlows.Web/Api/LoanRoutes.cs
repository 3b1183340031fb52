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
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

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
        if (await FormatAsync(context.Request, cancellation) is not { } format)
            return ProblemResult.Of(415, "unsupported-media-type", "The content type does not fit", "send text/csv or application/x-ndjson");

        // Through the reader, because readers of files read synchronously and the body itself refuses that.
        var file = context.Request.BodyReader.AsStream(leaveOpen: true);
        var outcome = await import.ImportAsync(file, format, string.IsNullOrEmpty(policy) ? null : policy, keepGood, cancellation);
        return outcome.Errors.Count > 0 && !keepGood
            ? ProblemResult.Invalid(outcome.Errors, "invalid-loans")
            : JsonAnswer.Of(new ImportView(outcome.Enrolled, outcome.Unchanged, outcome.Errors), WebJson.Answers.ImportView);
    }

    /// <summary>By content type where it says something, else by the first character: an object begins with a brace, a header row does not.</summary>
    private static async ValueTask<PortfolioFormat?> FormatAsync(HttpRequest request, CancellationToken cancellation)
    {
        switch (request.ContentType?.Split(';')[0].Trim().ToLowerInvariant())
        {
            case "text/csv" or "application/csv":
                return PortfolioFormat.Csv;
            case "application/x-ndjson" or "application/ndjson" or "application/jsonl" or "application/x-jsonlines":
                return PortfolioFormat.Ndjson;
            // What curl sends when nobody told it: forms are never taken here.
            case null or "" or "text/plain" or "application/octet-stream" or "application/x-www-form-urlencoded":
                return await StartsWithBraceAsync(request, cancellation) ? PortfolioFormat.Ndjson : PortfolioFormat.Csv;
            default:
                return null;
        }
    }

    private static async ValueTask<bool> StartsWithBraceAsync(HttpRequest request, CancellationToken cancellation)
    {
        // Looks without consuming: the import reads from the first byte.
        var read = await request.BodyReader.ReadAtLeastAsync(ByteOrderMark.Length + 1, cancellation);
        var start = new byte[Math.Min(64, (int)Math.Min(read.Buffer.Length, 64))];
        System.Buffers.BuffersExtensions.CopyTo(read.Buffer.Slice(0, start.Length), start);
        request.BodyReader.AdvanceTo(read.Buffer.Start);
        var content = start.AsSpan();
        if (content.StartsWith(ByteOrderMark))
            content = content[ByteOrderMark.Length..];
        return content.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }
}

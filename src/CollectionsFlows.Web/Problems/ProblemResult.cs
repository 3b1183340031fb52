using System.Text.Json;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact.Content;
using CollectionsFlows.Web.Api;
using Microsoft.AspNetCore.Http;

namespace CollectionsFlows.Web.Problems;

/// <summary>Answers with a problem.</summary>
internal sealed class ProblemResult(Problem problem) : IResult
{
    public const string ContentType = "application/problem+json";
    private const string Urn = "urn:collectionsflows:problem:";

    /// <summary>The status and slug, for tests and logs.</summary>
    public Problem Problem => problem;

    public static ProblemResult Of(int status, string slug, string title, string detail, IReadOnlyList<InputError>? errors = null, string? traceId = null) =>
        new(new Problem(Urn + slug, title, status, detail, errors?.Select(error => new ProblemError(error.Field, error.Line, error.Problem)).ToList(), traceId));

    /// <summary>400 with every error.</summary>
    public static ProblemResult Invalid(IReadOnlyList<InputError> errors, string slug = "invalid-input") =>
        Of(400, slug, "What was sent is not valid", errors.Count == 1 ? errors[0].ToString() : $"{errors.Count} things are wrong; nothing was stored", errors);

    /// <summary>422: it can be read, and may not be said. Names every finding.</summary>
    public static ProblemResult Refused(IReadOnlyList<ContentFinding> findings) => new(new Problem(
        Urn + "refused-content", "The message may not be sent", StatusCodes.Status422UnprocessableEntity, $"{findings.Count} things are wrong with the message; it was not stored",
        [.. findings.Select(finding => new ProblemError($"$.{finding.Where}", null, $"{finding.Problem}; expected {finding.Expected}") { Rule = finding.Rule, At = finding.At })]));

    public static ProblemResult UnknownLoan() => Of(404, "unknown-loan", "No such case", "no loan of this id is enrolled");

    public static ProblemResult TooLarge(long limit) => Of(413, "too-large", "The body is too large", $"the body may have at most {limit} bytes");

    /// <summary>What a bare status means, where no endpoint said more.</summary>
    public static ProblemResult OfStatus(int status) => status switch
    {
        400 => Of(400, "malformed-request", "The request cannot be read", "the request is not well-formed HTTP or its body broke off"),
        404 => Of(404, "no-such-route", "Nothing here", "no route has this path; /openapi/v1.json lists them"),
        405 => Of(405, "method-not-allowed", "The method does not fit", "the Allow header names the methods this path takes"),
        408 => Of(408, "too-slow", "The body came too slowly", "the body did not arrive in time; send it again"),
        413 => Of(413, "too-large", "The body is too large", "the body has more bytes than this route takes"),
        415 => Of(415, "unsupported-media-type", "The content type does not fit", "this route does not take bodies of this content type"),
        >= 500 => Of(status, "internal-error", "The server failed", "nothing is wrong with what was sent; try again later"),
        _ => Of(status, $"status-{status}", "The request was refused", "the request was refused"),
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = problem.Status;
        httpContext.Response.ContentType = ContentType;
        await JsonSerializer.SerializeAsync(httpContext.Response.Body, problem, WebJson.Answers.Problem, httpContext.RequestAborted);
    }
}

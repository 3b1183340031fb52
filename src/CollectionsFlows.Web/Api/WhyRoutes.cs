using CollectionsFlows.Application.Contact.Reasons;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CollectionsFlows.Web.Api;

/// <summary>Why a borrower was contacted, or was not, or could be.</summary>
internal static class WhyRoutes
{
    private const string Description = """
        `at`: an instant with its offset, or a date, which means that local day of the borrower; left out: now. `channel`: one of sms, email, phone,
        visit, letter; left out: every one the borrower can be reached by. `purpose`: care, collect, confirmation, notice; left out: as the message
        that waits, else collect. `persons`: how many people visit, with channel=visit. What is over is answered from the journal; now and what is to
        come by asking the contact rules what they would say (`hypothetical` is true): nothing is sent, nothing is reserved.
        """;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/cases/{loanId}/why", WhyAsync).RequireAuthorization(AccessPolicies.Read)
            .WithSummary("Why the borrower was contacted or not, at an instant or on a day, or could be at one to come").WithDescription(Description)
            .Produces<WhyAnswer>().Problems(400, 404);

    private static async Task<IResult> WhyAsync(
        string loanId, string? at, string? channel, string? purpose, string? persons, HttpContext context, ContactReasons reasons, CancellationToken cancellation)
    {
        if (WhyRequest.Read(at, channel, purpose, persons, out var errors) is not { } asked)
            return ProblemResult.Invalid(errors, "invalid-query");
        return await reasons.WhyAsync(LoanPath.IdOf(context), asked, cancellation) is { } answer
            ? JsonAnswer.Of(answer, WebJson.Answers.WhyAnswer)
            : ProblemResult.UnknownLoan();
    }
}

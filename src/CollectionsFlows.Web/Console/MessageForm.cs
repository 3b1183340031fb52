using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact.Content;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Api;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CollectionsFlows.Web.Console;

/// <summary>The form on a case's page with which an agent writes to the borrower: it works without script, and shows what is wrong with a text beside it.</summary>
internal static class MessageForm
{
    private const int MostFormBytes = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/cases/{loanId}/messages", PostAsync).RequireAuthorization(AccessPolicies.Act).WithMetadata(new ConsolePageMark()).ExcludeFromDescription();

    private static async Task<IResult> PostAsync(string loanId, HttpContext context, MessageDesk desk, CancellationToken cancellation)
    {
        var id = LoanPath.IdOf(context);
        if (context.Request.ContentLength is null or > MostFormBytes || !context.Request.HasFormContentType)
            return ProblemResult.TooLarge(MostFormBytes);
        var form = await context.Request.ReadFormAsync(cancellation);
        string? Value(string name) => form.TryGetValue(name, out var value) && value.Count > 0 ? value[0] : null;
        var draft = new MessageDraftView(Value("id") ?? NewId(), Value("channel"), Value("purpose"), Value("subject"), Value("text"), Value("reason"), [], null, null);
        var wrong = new List<InputError>();
        if (AgentMessage.Of(Value, context.User.RecordedName() ?? "", null, wrong) is not { } written)
            return await PageAsync(context, id, draft with { Problems = [.. wrong.Select(error => $"{error.Field[2..]}: {error.Problem}")] }, StatusCodes.Status400BadRequest, cancellation);

        var isCheck = Value("action") == "check";
        var taken = isCheck
            ? await desk.CheckAsync(id, written.Message, cancellation) is { } check ? new MessageTaken(null, check) : null
            : await desk.SendAsync(id, written.Id, written.Message, context.User.RecordedName() ?? "", cancellation);
        return taken switch
        {
            null => ConsolePage.Of<MissingPage>(StatusCodes.Status404NotFound, (nameof(MissingPage.Caller), context.User.ShownName())),
            { Result: InboxResult.Stored or InboxResult.Duplicate } => SeeOther(context, $"/cases/{LoanPath.Encode(id)}?message=taken#write"),
            { Result: InboxResult.Conflict } => await PageAsync(context, id, draft with { Id = NewId(), Problems = ["this form was sent before with other words: look at the messages, then send it again"] }, StatusCodes.Status409Conflict, cancellation),
            { Check: { } judged } => await PageAsync(
                context, id, draft with { Problems = [.. judged.Findings.Select(Spoken)], Preview = judged.Text, Segments = judged.Segments },
                judged.Findings.Count > 0 && !isCheck ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK, cancellation),
            _ => ProblemResult.UnknownLoan(),
        };
    }

    /// <summary>A new form's id: sent twice, it is one message.</summary>
    public static string NewId() => $"form-{Guid.CreateVersion7():N}";

    private static string Spoken(ContentFinding finding) => $"{finding.Where}: {finding.Problem} ({finding.Rule}); expected {finding.Expected}";

    private static Task<IResult> PageAsync(HttpContext context, string loanId, MessageDraftView draft, int status, CancellationToken cancellation) =>
        ConsoleRoutes.CaseAsync(context, loanId, draft, status, cancellation);

    private static StatusCodeHttpResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }
}

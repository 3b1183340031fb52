using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Problems;
using CollectionsFlows.Web.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CollectionsFlows.Web.Api;

/// <summary>Events that operators enter, and events that wait for their loan.</summary>
internal static class EventRoutes
{
    private const int MaxBodyBytes = 64 * 1024;
    private const int MostUnmatched = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/cases/{loanId}/events", PostAsync).RequireAuthorization(AccessPolicies.Act)
            .WithSummary("An event by an operator, with a reason; approval.decided needs a supervisor; Idempotency-Key makes a retry safe")
            .Takes<EventRequest>("application/json").Produces<EventReceipt>().Produces<EventReceipt>(StatusCodes.Status202Accepted).Problems(400, 404, 409, 413);
        routes.MapGet("/api/unmatched", UnmatchedAsync).RequireAuthorization(AccessPolicies.ReadPersonal).WithSummary("Events whose loan is unknown")
            .Produces<UnmatchedView>().Problems(400);
    }

    private static async Task<IResult> PostAsync(
        string loanId, HttpContext context, ICaseQueries queries, EventIntake intake, TimeProvider time, CancellationToken cancellation)
    {
        if (await BoundedBody.ReadAsync(context.Request, MaxBodyBytes, cancellation) is not { } body)
            return ProblemResult.TooLarge(MaxBodyBytes);
        using var json = BoundedBody.Parse(body, out var malformed);
        if (json is null)
            return ProblemResult.Invalid([malformed!], "malformed-json");
        if (IdempotencyKey(context.Request, out var key) is { } wrongKey)
            return wrongKey;

        var id = LoanPath.IdOf(context);
        var caller = context.User.RecordedName() ?? "";
        var entered = OperatorEvent.Read(json.RootElement, id, caller, key, time.GetUtcNow(), out var errors);
        if (entered is null)
            return ProblemResult.Invalid(errors, "invalid-event");
        if (entered.Event.Type == "approval.decided" && !context.User.IsInRole(AccessPolicies.NameOf(Role.Supervisor)))
            return AccessRefusal.Forbidden([AccessPolicies.NameOf(Role.Supervisor)]);
        if (await queries.InstanceAsync(id, cancellation) is null)
            return ProblemResult.UnknownLoan();
        return Answer(new(entered.Event.Id, Receipts.Of(await intake.AcceptAsync(entered.Event, caller, entered.Reason, cancellation))));
    }

    private static IResult Answer(EventReceipt receipt) => Receipts.Conflicts([receipt])
        ?? JsonAnswer.Of(receipt, WebJson.Answers.EventReceipt, Receipts.StatusOf([receipt]));

    private static ProblemResult? IdempotencyKey(HttpRequest request, out string? key)
    {
        var header = request.Headers["Idempotency-Key"];
        key = header.Count == 1 ? header[0] : null;
        return header.Count == 0 || key is { Length: > 0 and <= 200 }
            ? null
            : ProblemResult.Invalid([new(null, "Idempotency-Key", "expected one header of 1 to 200 characters")], "invalid-idempotency-key");
    }

    private static async Task<IResult> UnmatchedAsync(string? limit, ICaseStore cases, CancellationToken cancellation)
    {
        var reader = new QueryReader();
        var most = reader.Number("limit", limit, 1, MostUnmatched) ?? MostUnmatched;
        if (reader.Errors.Count > 0)
            return ProblemResult.Invalid(reader.Errors, "invalid-query");
        var items = await cases.UnmatchedAsync(most, cancellation);
        var counts = await cases.CountsAsync(cancellation);
        var view = new UnmatchedView(
            [.. items.Select(item => new UnmatchedRow(item.Input.Id, item.LoanId, item.Input.At, item.ReceivedAt, item.Input.Event))], counts.Unmatched);
        return JsonAnswer.Of(view, WebJson.Answers.UnmatchedView);
    }
}

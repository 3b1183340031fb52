using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Problems;
using CollectionsFlows.Web.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CollectionsFlows.Web.Api;

/// <summary>Messages that agents write to borrowers.</summary>
internal static class MessageRoutes
{
    private const int MaxBodyBytes = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/cases/{loanId}/messages", PostAsync).RequireAuthorization(AccessPolicies.Act)
            .WithSummary("A message by an agent: judged at once, sent when the contact rules allow; check=true only judges; an id or Idempotency-Key makes a retry safe")
            .Takes<MessageRequest>("application/json").Produces<MessageView>().Produces<EventReceipt>(StatusCodes.Status202Accepted).Problems(400, 404, 409, 413, 422);

    private static async Task<IResult> PostAsync(string loanId, string? check, HttpContext context, MessageDesk desk, CancellationToken cancellation)
    {
        var query = new QueryReader();
        var isCheck = query.Flag("check", check);
        if (query.Errors.Count > 0)
            return ProblemResult.Invalid(query.Errors, "invalid-query");
        if (await BoundedBody.ReadAsync(context.Request, MaxBodyBytes, cancellation) is not { } body)
            return ProblemResult.TooLarge(MaxBodyBytes);
        using var json = BoundedBody.Parse(body, out var malformed);
        if (json is null)
            return ProblemResult.Invalid([malformed!], "malformed-json");
        var caller = context.User.RecordedName() ?? "";
        var key = context.Request.Headers["Idempotency-Key"];
        if (AgentMessage.Read(json.RootElement, caller, key.Count == 1 ? key[0] : null, out var errors) is not { } written || key.Count > 1)
            return ProblemResult.Invalid(errors, "invalid-message");

        var loan = LoanPath.IdOf(context);
        return isCheck
            ? Checked(await desk.CheckAsync(loan, written.Message, cancellation))
            : Taken(written.Id, await desk.SendAsync(loan, written.Id, written.Message, caller, cancellation));
    }

    private static IResult Checked(MessageCheck? check) => check is null
        ? ProblemResult.UnknownLoan()
        : JsonAnswer.Of(new MessageView(check.Text, check.Segments, [.. check.Findings.Select(finding => new FindingView(finding.Rule, finding.Where, finding.Problem, finding.Expected, finding.At))]), WebJson.Answers.MessageView);

    private static IResult Taken(string id, MessageTaken? taken) => taken switch
    {
        null => ProblemResult.UnknownLoan(),
        { Result: null, Check: { } check } => ProblemResult.Refused(check.Findings),
        { Result: { } result } => new EventReceipt(id, Receipts.Of(result)) is var receipt && Receipts.Conflicts([receipt]) is { } conflict
            ? conflict
            : JsonAnswer.Of(receipt, WebJson.Answers.EventReceipt, Receipts.StatusOf([receipt])),
        _ => ProblemResult.UnknownLoan(),
    };
}

/// <summary>A message by an agent, as the OpenAPI document describes it. Bodies are read strictly by <see cref="AgentMessage"/>.</summary>
/// <param name="Channel"><c>sms</c>, <c>email</c> or <c>letter</c>.</param>
/// <param name="Text">The words. What a collector has to disclose is added where it is missing.</param>
/// <param name="Reason">Why it is written; kept with it.</param>
/// <param name="Subject">Of e-mails and letters.</param>
/// <param name="Purpose"><c>collect</c> (default), <c>care</c> or <c>confirmation</c>; the latter two may demand nothing.</param>
/// <param name="Id">Unique; absent: derived from the Idempotency-Key header, or new.</param>
public sealed record MessageRequest(string Channel, string Text, string Reason, string? Subject = null, string? Purpose = null, string? Id = null);

/// <summary>What would be sent now, and everything wrong with it.</summary>
public sealed record MessageView(string Text, int Segments, IReadOnlyList<FindingView> Findings);

/// <summary>One thing wrong with a message: the rule, where, what, and what would be right. Quotes lists, not the message.</summary>
public sealed record FindingView(string Rule, string Where, string Problem, string Expected, int? At);

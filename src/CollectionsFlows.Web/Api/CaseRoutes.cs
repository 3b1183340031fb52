using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CollectionsFlows.Web.Api;

/// <summary>Reading cases: list, detail, durable instance, messages.</summary>
internal static class CaseRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/cases", ListAsync).RequireAuthorization(AccessPolicies.Read).WithSummary("Cases, filtered, sorted, in pages")
            .Produces<CaseListView>().Problems(400);
        routes.MapGet("/api/cases/{loanId}", DetailAsync).RequireAuthorization(AccessPolicies.Read).WithSummary("Where a case stands, what it does next and why")
            .Produces<CaseDetail>().Problems(404);
        routes.MapGet("/api/cases/{loanId}/orchestration", InstanceAsync).RequireAuthorization(AccessPolicies.Read).WithSummary("The durable instance of a case")
            .Produces<CaseInstance>().Problems(404);
        routes.MapGet("/api/cases/{loanId}/messages", MessagesAsync).RequireAuthorization(AccessPolicies.ReadPersonal)
            .WithSummary("Messages to the borrower about this loan, and words received (personal data)").Produces<MessageListView>().Problems(404);
    }

    private static async Task<IResult> ListAsync(
        string? status, string? stage, string? minDpd, string? q, string? sort, string? page, string? pageSize,
        ICaseStore cases, TimeProvider time, CancellationToken cancellation)
    {
        var reader = new QueryReader();
        var today = Today(time);
        var query = reader.Page(page, pageSize, today) with
        {
            Status = reader.Status(status),
            Stage = string.IsNullOrEmpty(stage) ? null : stage,
            MinDaysPastDue = reader.Number("minDpd", minDpd, 0, 100_000),
            Text = string.IsNullOrWhiteSpace(q) ? null : q.Trim(),
            Sort = reader.Sort(sort),
        };
        if (reader.Errors.Count > 0)
            return ProblemResult.Invalid(reader.Errors, "invalid-query");
        var list = await cases.ListAsync(query, cancellation);
        var view = new CaseListView([.. list.Cases.Select(each => Row(each, today))], list.Total, list.Page, list.PageSize);
        return JsonAnswer.Of(view, WebJson.Answers.CaseListView);
    }

    private static async Task<IResult> DetailAsync(string loanId, HttpContext context, ICaseQueries queries, CancellationToken cancellation) =>
        await queries.DetailAsync(LoanPath.IdOf(context), cancellation) is { } detail
            ? JsonAnswer.Of(detail, WebJson.Answers.CaseDetail)
            : ProblemResult.UnknownLoan();

    private static async Task<IResult> InstanceAsync(string loanId, HttpContext context, ICaseQueries queries, CancellationToken cancellation) =>
        await queries.InstanceAsync(LoanPath.IdOf(context), cancellation) is { } instance
            ? JsonAnswer.Of(instance, WebJson.Answers.CaseInstance)
            : ProblemResult.UnknownLoan();

    private static async Task<IResult> MessagesAsync(
        string loanId, HttpContext context, ICaseQueries queries, IBorrowerStore borrowers, CancellationToken cancellation)
    {
        var id = LoanPath.IdOf(context);
        if (await queries.DetailAsync(id, cancellation) is not { } detail)
            return ProblemResult.UnknownLoan();
        return JsonAnswer.Of(await MessagesOfAsync(borrowers, detail, cancellation), WebJson.Answers.MessageListView);
    }

    /// <summary>Messages and received words of one loan.</summary>
    public static async ValueTask<MessageListView> MessagesOfAsync(IBorrowerStore borrowers, CaseDetail of, CancellationToken cancellation)
    {
        var messages = await borrowers.MessagesAsync(of.BorrowerId, of.LoanId, cancellation);
        var texts = await borrowers.TextsAsync(of.BorrowerId, of.LoanId, cancellation);
        return new(
            [.. messages.Select(each => new MessageRow(each.CommandId, each.At, each.Channel, each.Address, each.Subject, each.Text, each.TextSha256, each.Template, each.Language, each.Wording, each.Segments, each.Status))],
            // An agent's own words are no received ones: they are among the messages once they are sent.
            [.. texts.Where(each => each.Kind != MessageDesk.EventType).Select(each => new WordsRow(each.EventId, each.At, each.Kind, each.Text))]);
    }

    /// <summary>The UTC date: lists count days past due by one date for all time zones.</summary>
    public static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    public static CaseRow Row(CaseIndex each, DateOnly today) => new(
        each.LoanId, each.BorrowerId, each.Status, each.Stage, each.CountedFrom is { } from ? Math.Max(0, today.DayNumber - from.DayNumber) : 0,
        each.Overdue, each.Balance, each.Currency, each.Risk, each.Policy,
        each.NextWake is { } wake ? new(each.NextAction, wake) : null, each.OpenedAt, each.ClosedAt, each.ClosedReason, each.OpenTasks, each.OpenApprovals);
}

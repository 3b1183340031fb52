using CollectionsFlows.Application.Cases;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CollectionsFlows.Web.Api;

/// <summary>What waits for people, and the figures.</summary>
internal static class WorklistRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/tasks", TasksAsync).RequireAuthorization(AccessPolicies.ReadPersonal).WithSummary("Open tasks; pages count cases that have some")
            .Produces<TaskListView>().Problems(400);
        routes.MapGet("/api/approvals", ApprovalsAsync).RequireAuthorization(AccessPolicies.ReadPersonal).WithSummary("Open approvals; pages count cases that have some")
            .Produces<ApprovalListView>().Problems(400);
        routes.MapGet("/api/kpis", async (IKpis kpis, CancellationToken cancellation) => JsonAnswer.Of(await kpis.KpisAsync(cancellation), WebJson.Answers.Kpis))
            .RequireAuthorization(AccessPolicies.Read).WithSummary("The portfolio in figures").Produces<Kpis>();
    }

    private static async Task<IResult> TasksAsync(string? page, string? pageSize, ICaseStore cases, TimeProvider time, CancellationToken cancellation)
    {
        var reader = new QueryReader();
        var query = reader.Page(page, pageSize, CaseRoutes.Today(time)) with { WithTasks = true };
        if (reader.Errors.Count > 0)
            return ProblemResult.Invalid(reader.Errors, "invalid-query");
        var (list, states) = await StatesAsync(cases, query, cancellation);
        var tasks = states.SelectMany(state => state.Tasks.Select(task =>
            new TaskRow(task.Id, state.Terms.LoanId, state.Status, task.Kind, task.Team, task.OpenedAt, task.DueAt, task.Origin, task.Why)));
        var view = new TaskListView([.. tasks.OrderBy(task => task.DueAt).ThenBy(task => task.TaskId, StringComparer.Ordinal)], list.Total, list.Page, list.PageSize);
        return JsonAnswer.Of(view, WebJson.Answers.TaskListView);
    }

    private static async Task<IResult> ApprovalsAsync(string? page, string? pageSize, ICaseStore cases, TimeProvider time, CancellationToken cancellation)
    {
        var reader = new QueryReader();
        var query = reader.Page(page, pageSize, CaseRoutes.Today(time)) with { WithApprovals = true };
        if (reader.Errors.Count > 0)
            return ProblemResult.Invalid(reader.Errors, "invalid-query");
        var (list, states) = await StatesAsync(cases, query, cancellation);
        var approvals = states.SelectMany(state => state.Approvals.Select(approval =>
            new ApprovalRow(approval.Id, state.Terms.LoanId, state.Status, approval.Subject, approval.Team, approval.RequestedAt)));
        var view = new ApprovalListView(
            [.. approvals.OrderBy(approval => approval.RequestedAt).ThenBy(approval => approval.ApprovalId, StringComparer.Ordinal)], list.Total, list.Page, list.PageSize);
        return JsonAnswer.Of(view, WebJson.Answers.ApprovalListView);
    }

    private static async ValueTask<(CasePage List, List<CaseState> States)> StatesAsync(ICaseStore cases, CaseQuery query, CancellationToken cancellation)
    {
        var list = await cases.ListAsync(query, cancellation);
        var states = new List<CaseState>();
        foreach (var each in list.Cases)
        {
            if ((await cases.LoadAsync(each.LoanId, cancellation)).State is { } state)
                states.Add(state);
        }

        return (list, states);
    }
}

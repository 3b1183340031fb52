using CollectionsFlows.Core.Loans;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Api;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Web.Console;

/// <summary>The pages people look at.</summary>
internal static class ConsoleRoutes
{
    private const int CasesShown = 20;
    private const int FactsShown = 200;
    private static readonly Role[] MayReadMessages = [Role.Agent, Role.Supervisor, Role.Auditor];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", HomeAsync).RequireAuthorization(AccessPolicies.Read).WithMetadata(new ConsolePageMark()).ExcludeFromDescription();
        routes.MapGet("/cases/{loanId}", CaseAsync).RequireAuthorization(AccessPolicies.Read).WithMetadata(new ConsolePageMark()).ExcludeFromDescription();
    }

    private static async Task<IResult> HomeAsync(
        string? status, HttpContext context, ICaseStore cases, ICaseQueries queries, IKpis kpis, CalendarAlerts calendars, TimeProvider time, CancellationToken cancellation)
    {
        var reader = new QueryReader();
        var query = new CaseQuery { Status = reader.Status(status), Today = CaseRoutes.Today(time), Sort = "-daysPastDue", PageSize = CasesShown };
        if (reader.Errors.Count > 0)
            return ProblemResult.Invalid(reader.Errors, "invalid-query");
        var page = await cases.ListAsync(query, cancellation);
        var details = new List<CaseDetail>();
        foreach (var each in page.Cases)
        {
            if (await queries.DetailAsync(each.LoanId, cancellation) is { } detail)
                details.Add(detail);
        }

        var view = new HomeView(context.User.Identity?.Name, Clock(context, time), await kpis.KpisAsync(cancellation), query.Status, details, page.Total, calendars.Now());
        return ConsolePage.Of<HomePage>(StatusCodes.Status200OK, (nameof(HomePage.View), view));
    }

    private static async Task<IResult> CaseAsync(
        string loanId, HttpContext context, ICaseStore cases, ICaseQueries queries, IBorrowerStore borrowers, TimeProvider time, CancellationToken cancellation)
    {
        var id = LoanPath.IdOf(context);
        var caller = context.User.Identity?.Name;
        if (await queries.DetailAsync(id, cancellation) is not { } detail)
            return ConsolePage.Of<MissingPage>(StatusCodes.Status404NotFound, (nameof(MissingPage.Caller), caller));
        var mayReadMessages = MayReadMessages.Any(role => context.User.IsInRole(AccessPolicies.NameOf(role)));
        var messages = mayReadMessages ? await CaseRoutes.MessagesOfAsync(borrowers, detail, cancellation) : null;
        var sequence = (await cases.LoadAsync(id, cancellation)).State?.Sequence ?? 0;
        var earlier = Math.Max(0, sequence - FactsShown);
        var facts = await cases.JournalAsync(id, earlier, FactsShown, cancellation);
        var spoken = facts.Select(entry => Spoken(entry, detail.Currency)).Reverse().ToList();
        return ConsolePage.Of<CasePage>(StatusCodes.Status200OK, (nameof(CasePage.View), new CaseView(caller, Clock(context, time), detail, messages, spoken, earlier)));
    }

    private static SpokenFact Spoken(JournalEntry entry, string currency)
    {
        var (_, fact, _, _) = Application.Journal.JournalLine.Read(entry.Line);
        return new(entry.Seq, fact.At, FactWords.Describe(fact, Currency.Parse(currency)));
    }

    private static ClockView Clock(HttpContext context, TimeProvider time) =>
        context.RequestServices.GetService<IVirtualClock>() is { } clock ? new("virtual", clock.Now) : new("real", time.GetUtcNow());
}

using CollectionsFlows.Core.Loans;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Contact.Reasons;
using CollectionsFlows.Application.Evidence;
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
    private static readonly Role[] MayReadPersonal = [Role.Agent, Role.Supervisor, Role.Auditor];
    private static readonly Role[] MayWrite = [Role.Agent, Role.Supervisor];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", HomeAsync).RequireAuthorization(AccessPolicies.Read).WithMetadata(new ConsolePageMark()).ExcludeFromDescription();
        MessageForm.Map(routes);
        routes.MapGet("/cases/{loanId}", (string loanId, string? message, string? at, string? channel, HttpContext context, CancellationToken cancellation) =>
            CaseAsync(message, at, channel, context, cancellation)).RequireAuthorization(AccessPolicies.Read).WithMetadata(new ConsolePageMark()).ExcludeFromDescription();
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

        var view = new HomeView(context.User.ShownName(), Clock(context, time), await kpis.KpisAsync(cancellation), query.Status, details, page.Total, calendars.Now());
        return ConsolePage.Of<HomePage>(StatusCodes.Status200OK, (nameof(HomePage.View), view));
    }

    private static Task<IResult> CaseAsync(string? message, string? at, string? channel, HttpContext context, CancellationToken cancellation)
    {
        var notice = message == "taken" ? "Your message is on its way; it goes out when the contact rules allow. What happened below tells." : null;
        return CaseAsync(context, LoanPath.IdOf(context), MessageDraftView.Empty(MessageForm.NewId(), notice), StatusCodes.Status200OK, cancellation, (at, channel));
    }

    /// <summary>A case's page with the message its reader is writing, where the reader may write.</summary>
    internal static async Task<IResult> CaseAsync(
        HttpContext context, string id, MessageDraftView draft, int status, CancellationToken cancellation, (string? At, string? Channel) asked = default)
    {
        var services = context.RequestServices;
        var (cases, time) = (services.GetRequiredService<ICaseStore>(), services.GetRequiredService<TimeProvider>());
        var caller = context.User.ShownName();
        if (await services.GetRequiredService<ICaseQueries>().DetailAsync(id, cancellation) is not { } detail)
            return ConsolePage.Of<MissingPage>(StatusCodes.Status404NotFound, (nameof(MissingPage.Caller), caller));
        var messages = Is(context, MayReadPersonal) ? await CaseRoutes.MessagesOfAsync(services.GetRequiredService<IBorrowerStore>(), detail, cancellation) : null;
        var dossiers = Is(context, MayReadPersonal) ? await DossierRoutes.DossiersOfAsync(services.GetRequiredService<IEvidenceArchive>(), id, cancellation) : null;
        var sequence = (await cases.LoadAsync(id, cancellation)).State?.Sequence ?? 0;
        var earlier = Math.Max(0, sequence - FactsShown);
        var facts = await cases.JournalAsync(id, earlier, FactsShown, cancellation);
        var spoken = facts.Select(entry => Spoken(entry, detail.Currency)).Reverse().ToList();
        var why = await WhyAsync(services.GetRequiredService<ContactReasons>(), id, asked, cancellation);
        var view = new CaseView(caller, Clock(context, time), detail, messages, spoken, earlier, why, Is(context, MayWrite) ? draft : null, dossiers);
        return ConsolePage.Of<CasePage>(status, (nameof(CasePage.View), view));
    }

    /// <summary>Answered only when somebody asked: it reads the whole journal.</summary>
    private static async ValueTask<WhyView> WhyAsync(ContactReasons reasons, string loanId, (string? At, string? Channel) typed, CancellationToken cancellation)
    {
        if (typed is (null, null))
            return new("", "", null, []);
        var asked = WhyRequest.Read(typed.At, typed.Channel, purpose: null, persons: null, out var errors);
        return new(typed.At ?? "", typed.Channel ?? "", asked is null ? null : await reasons.WhyAsync(loanId, asked, cancellation), errors);
    }

    private static bool Is(HttpContext context, Role[] roles) => roles.Any(role => context.User.IsInRole(AccessPolicies.NameOf(role)));

    private static SpokenFact Spoken(JournalEntry entry, string currency)
    {
        var (_, fact, _, _) = Application.Journal.JournalLine.Read(entry.Line);
        return new(entry.Seq, fact.At, FactWords.Describe(fact, Currency.Parse(currency)));
    }

    private static ClockView Clock(HttpContext context, TimeProvider time) =>
        context.RequestServices.GetService<IVirtualClock>() is { } clock ? new("virtual", clock.Now) : new("real", time.GetUtcNow());
}

using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Web.Api;

/// <summary>Whether the process lives, and whether it can work: its store answers.</summary>
internal static partial class HealthRoutes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => JsonAnswer.Of(new HealthView("live"), WebJson.Answers.HealthView))
            .AllowAnonymous().WithSummary("The process lives").Produces<HealthView>();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous().WithSummary("The store answers").Produces<HealthView>().Problems(503);
    }

    private static async Task<IResult> ReadyAsync(ICaseStore cases, CalendarAlerts calendars, ILoggerFactory logs, CancellationToken cancellation)
    {
        try
        {
            await cases.NextWakeAsync(cancellation).AsTask().WaitAsync(Patience, cancellation);
            // The host works; contacts that wait for a calendar are for people to end, not for a load balancer.
            var degraded = calendars.Now();
            return JsonAnswer.Of(new HealthView("ready", degraded.Count > 0 ? degraded : null), WebJson.Answers.HealthView);
        }
#pragma warning disable CA1031 // Whatever keeps the store from answering, the host is not ready.
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotReady(logs.CreateLogger("CollectionsFlows.Web.Health"), failure.GetType().Name);
            return ProblemResult.Of(503, "not-ready", "Not ready", "the store does not answer");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "not ready: the store failed with {Failure}")]
    private static partial void LogNotReady(ILogger logger, string failure);
}

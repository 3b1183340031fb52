using System.Globalization;
using System.Text.Json;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CollectionsFlows.Web.Api;

/// <summary>The clock: real time is read, virtual time is moved.</summary>
internal static class ClockRoutes
{
    private const int MaxBodyBytes = 4096;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/clock", (HttpContext context, TimeProvider time) => Answer(Virtual(context), time))
            .RequireAuthorization(AccessPolicies.Read).WithSummary("The clock").Produces<ClockView>();
        routes.MapPost("/api/clock", MoveAsync).RequireAuthorization(AccessPolicies.Supervise).WithSummary("Moves a virtual clock; every case on the way wakes at its own time")
            .Takes<ClockRequest>("application/json").Produces<ClockView>().Problems(400, 409, 413);
    }

    private static IVirtualClock? Virtual(HttpContext context) => context.RequestServices.GetService<IVirtualClock>();

    private static IResult Answer(IVirtualClock? clock, TimeProvider time) =>
        JsonAnswer.Of(clock is null ? new("real", time.GetUtcNow()) : new ClockView("virtual", clock.Now), WebJson.Answers.ClockView);

    private static async Task<IResult> MoveAsync(HttpContext context, TimeProvider time, CancellationToken cancellation)
    {
        if (Virtual(context) is not { } clock)
            return ProblemResult.Of(409, "clock-is-real", "Real time cannot be moved", "this server runs on real time; start it with --clock virtual");
        if (await BoundedBody.ReadAsync(context.Request, MaxBodyBytes, cancellation) is not { } body)
            return ProblemResult.TooLarge(MaxBodyBytes);
        using var json = BoundedBody.Parse(body, out var malformed);
        if (json is null)
            return ProblemResult.Invalid([malformed!], "malformed-json");
        if (Target(json.RootElement, clock.Now, out var error) is not { } target)
            return ProblemResult.Invalid([error!]);
        try
        {
            await clock.AdvanceToAsync(target, cancellation);
        }
        catch (ArgumentException)
        {
            // Somebody else moved it further in the meantime.
            return ProblemResult.Of(409, "clock-moved", "The clock is further already", "another request moved the clock beyond this instant meanwhile");
        }

        return Answer(clock, time);
    }

    private static DateTimeOffset? Target(JsonElement json, DateTimeOffset now, out InputError? error)
    {
        error = null;
        if (json.ValueKind == JsonValueKind.Object && json.EnumerateObject().ToList() is [{ Value.ValueKind: JsonValueKind.String } only])
        {
            var text = only.Value.GetString()!;
            switch (only.Name)
            {
                case "advance":
                    var length = IsoDuration.Parse(text, out var problem);
                    error = length is null ? new(null, "$.advance", problem) : null;
                    return now + length;
                case "to":
                    return Instant(text, now, out error);
            }
        }

        error = new(null, "$", "expected {\"advance\": DURATION} or {\"to\": INSTANT}, e.g. {\"advance\":\"P1D\"}");
        return null;
    }

    private static DateTimeOffset? Instant(string text, DateTimeOffset now, out InputError? error)
    {
        string[] shapes = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];
        var problem = "expected an instant with its offset, e.g. 2026-03-01T00:00:00Z";
        // Without an offset the parser takes the server's: such an instant means another time on every machine.
        if (OffsetEnds(text) && DateTimeOffset.TryParseExact(text, shapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant))
        {
            problem = instant < now ? "time only goes forward: the instant is before the clock" : "at most 3660 days at a time";
            // The clock's own instant is taken, for a caller who got no answer asks again.
            if (instant >= now && instant <= now.AddDays(3660))
            {
                error = null;
                return instant;
            }
        }

        error = new(null, "$.to", problem);
        return null;
    }

    private static bool OffsetEnds(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
}

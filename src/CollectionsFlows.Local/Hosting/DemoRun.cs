using System.Diagnostics;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Simulation.Portfolio;

namespace CollectionsFlows.Local.Hosting;

/// <summary>Plays a generated portfolio into a host on virtual time: enrols it, then lets events and days happen in their order. Playing again goes on where the clock stands; what was stored is only repeated, which changes nothing.</summary>
internal sealed class DemoRun(LocalHost host, DemoPortfolio portfolio, double daysPerSecond)
{
    private readonly DateTimeOffset start = new(portfolio.From.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
    private readonly DateTimeOffset end = new(portfolio.Until.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>Length of the window.</summary>
    public double Days => (end - start).TotalDays;

    /// <summary>The play, telling how many days have passed.</summary>
    public Func<Action<double, long>, Task<bool>> PlayAsync(CancellationToken cancellation) => async tell =>
    {
        await EnrolAsync(cancellation);
        var watch = Stopwatch.StartNew();
        var began = host.Clock!.Now;
        foreach (var planned in portfolio.Events.Where(planned => planned.At < end))
        {
            await MoveAsync(planned.At, watch, began, tell, cancellation);
            var received = EventReader.Read(planned.ToJsonElement(), id: null, out var errors)
                ?? throw new InvalidDataException($"event {planned.Id}: {string.Join("; ", errors)}");
            await host.System.Intake.AcceptAsync(received, by: null, reason: null, cancellation);
        }

        await MoveAsync(end, watch, began, tell, cancellation);
        return true;
    };

    private async Task EnrolAsync(CancellationToken cancellation)
    {
        var policies = host.System.Policies.Catalogue;
        var file = new LoansFileResult(portfolio.Loans, [], 0);
        await host.System.Import.ImportAsync(
            file,
            terms => policies.Find(DemoPortfolio.PolicyOf(terms)) is { } entry
                ? new PolicyReference(entry.Policy.Name, entry.Policy.Version)
                : throw new InvalidDataException($"no policy for {terms.Jurisdiction}"),
            partial: false, cancellation);
        await host.System.Pump.WhenQuietAsync(cancellation);
    }

    /// <summary>Moves time to an instant, day by day, no faster than asked for.</summary>
    private async Task MoveAsync(DateTimeOffset instant, Stopwatch watch, DateTimeOffset began, Action<double, long> tell, CancellationToken cancellation)
    {
        while (host.Clock!.Now is var now && now < instant)
        {
            var next = instant - now > TimeSpan.FromDays(1) ? now.AddDays(1) : instant;
            var due = TimeSpan.FromSeconds((next - began).TotalDays / daysPerSecond);
            if (due > watch.Elapsed)
            {
                await Task.Delay(due - watch.Elapsed, cancellation);
            }

            await host.Clock.AdvanceToAsync(next, cancellation);
            tell((next - start).TotalDays, (long)(next - began).TotalDays);
        }
    }
}

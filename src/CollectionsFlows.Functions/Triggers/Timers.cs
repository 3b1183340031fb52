using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Functions.Hosting;
using CollectionsFlows.Functions.Imports;
using CollectionsFlows.Functions.Orchestration;
using CollectionsFlows.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Triggers;

/// <summary>What happens by the clock of the host. Each timer runs in one instance of the app at a time; each schedule is a setting.</summary>
public sealed partial class Timers(
    CaseSweeper sweeper, CaseClocks clocks, LoansDrop drop, TablesStore store, Retention retention, HostSettings settings, TimeProvider time, ILogger<Timers> logger)
{
    /// <summary>Rings cases with an undrained inbox or an overdue wake, and starts missing clocks.</summary>
    [Function("RingOverdue")]
    public async Task RingOverdueAsync([TimerTrigger("%RingOverdue:Schedule%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellation)
    {
        clocks.Attach(durable);
        var report = await sweeper.SweepAsync(cancellation);
        if (!report.IsQuiet)
            LogSwept(logger, report.Rung, report.Started, report.Replaced, report.Suspended);
    }

    /// <summary>Carries out what an import left undone when its host died, then enrols the loans files that were dropped into the imports container.</summary>
    [Function("ImportLoans")]
    public async Task ImportLoansAsync([TimerTrigger("%ImportLoans:Schedule%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellation)
    {
        clocks.Attach(durable);
        await store.FinishImportsAsync(cancellation);
        foreach (var report in await drop.ImportAsync(cancellation))
            LogImported(logger, report.Enrolled, report.Unchanged, report.Errors.Count);
    }

    /// <summary>Removes the durable history of clocks that ended.</summary>
    [Function("PurgeFinished")]
    public async Task PurgeFinishedAsync([TimerTrigger("%PurgeFinished:Schedule%")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellation) =>
        LogPurged(logger, await FinishedClocks.PurgeAsync(durable, time.GetUtcNow(), cancellation: cancellation));

    /// <summary>Erases borrowers whose cases closed long ago (S15, S25).</summary>
    [Function("ApplyRetention")]
    public async Task ApplyRetentionAsync([TimerTrigger("%ApplyRetention:Schedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        if (await store.CompleteLoansOfBorrowersAsync(cancellation) is { } loans)
            LogNoted(logger, loans);
        var run = await retention.RunAsync(settings.RetentionYears, cancellation);
        LogErased(logger, run.Erased);
        if (run.Unsure > 0)
            LogUnsure(logger, run.Unsure);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "sweep: {Rung} late clocks rung, {Started} started, {Replaced} deaf ones replaced; {Suspended} cases are suspended")]
    private static partial void LogSwept(ILogger logger, int rung, int started, int replaced, int suspended);

    [LoggerMessage(Level = LogLevel.Information, Message = "a loans file: {Enrolled} enrolled, {Unchanged} unchanged, {Errors} errors")]
    private static partial void LogImported(ILogger logger, int enrolled, int unchanged, int errors);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Purged} ended clocks purged")]
    private static partial void LogPurged(ILogger logger, int purged);

    [LoggerMessage(Level = LogLevel.Information, Message = "whose loans they are is noted for the {Loans} loans of a former release")]
    private static partial void LogNoted(ILogger logger, int loans);

    [LoggerMessage(Level = LogLevel.Information, Message = "retention: {Erased} borrowers erased")]
    private static partial void LogErased(ILogger logger, int erased);

    [LoggerMessage(Level = LogLevel.Warning, Message = "retention: {Unsure} borrowers wait, for not all their loans were found; if it stays so, rebuild the indices")]
    private static partial void LogUnsure(ILogger logger, int unsure);
}

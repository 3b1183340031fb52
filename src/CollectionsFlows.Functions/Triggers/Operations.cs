using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CollectionsFlows.Functions.Hosting;
using CollectionsFlows.Functions.Orchestration;
using CollectionsFlows.Functions.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Triggers;

/// <summary>What operators do by hand, with the app's master key (runbook in <c>infra/README.md</c>). Each may be repeated, and goes on when the caller has stopped waiting: its end is in the log.</summary>
public sealed partial class Operations(CaseSweeper sweeper, CaseClocks clocks, TablesStore store, ILogger<Operations> logger)
{
    /// <summary>Starts the clock of every case that wants one: after a move to another storage provider or the loss of the task hub.</summary>
    [Function("Rehydrate")]
    public async Task RehydrateAsync(
        [HttpTrigger(AuthorizationLevel.Admin, "post", Route = "operations/rehydrate")] HttpRequest request, [DurableClient] DurableTaskClient durable, CancellationToken cancellation)
    {
        clocks.Attach(durable);
        var (cases, started) = await sweeper.RehydrateAsync(cancellation);
        LogRehydrated(logger, cases, started);
        await AnswerAsync(request, new RehydrationReport(cases, started), ReportJson.Default.RehydrationReport);
    }

    /// <summary>Builds the tables of lists, due cases and tasks anew from the cases.</summary>
    [Function("RebuildIndices")]
    public async Task RebuildIndicesAsync([HttpTrigger(AuthorizationLevel.Admin, "post", Route = "operations/rebuild-indices")] HttpRequest request, CancellationToken cancellation)
    {
        var loans = await store.RebuildIndexAsync(cancellation);
        LogRebuilt(logger, loans);
        await AnswerAsync(request, new RebuildReport(loans), ReportJson.Default.RebuildReport);
    }

    /// <summary>Wraps every borrower's key with the active master key: afterwards the former one is needed no more.</summary>
    [Function("RotateKeys")]
    public async Task RotateKeysAsync([HttpTrigger(AuthorizationLevel.Admin, "post", Route = "operations/rotate-keys")] HttpRequest request, CancellationToken cancellation)
    {
        LogRotated(logger, await store.RotateKeysAsync(cancellation));
        request.HttpContext.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "rehydrated: {Cases} cases, {Started} clocks started")]
    private static partial void LogRehydrated(ILogger logger, int cases, int started);

    [LoggerMessage(Level = LogLevel.Information, Message = "the index was built anew from {Loans} loans")]
    private static partial void LogRebuilt(ILogger logger, int loans);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Keys} borrowers' keys were wrapped with the active master key")]
    private static partial void LogRotated(ILogger logger, int keys);

    private static Task AnswerAsync<T>(HttpRequest request, T report, JsonTypeInfo<T> shape)
    {
        var response = request.HttpContext.Response;
        response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(response.Body, report, shape, request.HttpContext.RequestAborted);
    }
}

/// <summary>What rehydration did.</summary>
/// <param name="Cases">All cases.</param>
/// <param name="Started">Clocks started.</param>
public sealed record RehydrationReport(int Cases, int Started);

/// <summary>What rebuilding did.</summary>
/// <param name="Loans">Loans found: cases, and loans that only have events waiting for their enrolment.</param>
public sealed record RebuildReport(int Loans);

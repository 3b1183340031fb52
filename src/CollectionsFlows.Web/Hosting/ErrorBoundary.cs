using System.Diagnostics;
using CollectionsFlows.Web.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Web.Hosting;

/// <summary>Gives every failure the shape of a problem. What went wrong inside stays inside: the log has the type and the stack, not the message, which may quote what was sent.</summary>
internal static partial class ErrorBoundary
{
    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone: nobody reads an answer.
            return;
        }
#pragma warning disable CA1031 // The boundary: nothing may pass it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (context.Response.HasStarted)
                context.Abort();
            else
                await AnswerAsync(context, failure);
            return;
        }

        if (!context.Response.HasStarted && context.Response is { StatusCode: >= 400, ContentLength: null, ContentType: null })
            await ProblemResult.OfStatus(context.Response.StatusCode).ExecuteAsync(context);
    }

    private static async Task AnswerAsync(HttpContext context, Exception failure)
    {
        context.Response.Clear();
        if (RequestFault(failure) is { } fault)
        {
            await ProblemResult.OfStatus(fault.StatusCode).ExecuteAsync(context);
            return;
        }

        var trace = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("CollectionsFlows.Web.Errors");
        LogFailure(logger, trace, failure.GetType().FullName, failure.InnerException?.GetType().FullName, failure.StackTrace);
        await ProblemResult.Of(500, "internal-error", "The server failed", "nothing is wrong with what was sent; try again later, and quote the trace id if it stays", traceId: trace)
            .ExecuteAsync(context);
    }

    /// <summary>A body too large, too slow or broken off: the server's exception may arrive wrapped by whoever read it.</summary>
    private static BadHttpRequestException? RequestFault(Exception failure)
    {
        for (Exception? each = failure; each is not null; each = each.InnerException)
        {
            if (each is BadHttpRequestException fault)
                return fault;
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "request {Trace} failed: {Type} (inner: {Inner})\n{Stack}")]
    private static partial void LogFailure(ILogger logger, string trace, string? type, string? inner, string? stack);
}

using System.Diagnostics;
using CollectionsFlows.Web.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Web.Hosting;

/// <summary>One line per request: who, what, how it ended, how long. No query strings (keys, sign-in tokens, searches) and no headers.</summary>
internal static partial class AccessLog
{
    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("CollectionsFlows.Web.Access");
            // Escaped, so that a path cannot forge a line.
            var path = context.Request.Path.ToUriComponent();
            LogRequest(logger, context.Request.Method, path, context.Response.StatusCode, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds, context.User.RecordedName() ?? "-");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Path} {Status} {Milliseconds} ms {Caller}")]
    private static partial void LogRequest(ILogger logger, string method, string path, int status, long milliseconds, string caller);
}

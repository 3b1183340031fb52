using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>Counts what the durable engine writes and reads: history rows, messages, and every storage transaction as it is billed (a batch is one).</summary>
internal sealed partial class BatchCounter : HttpPipelineSynchronousPolicy
{
    private int historyRows, messages, transactions, polls;

    /// <summary>Rows written to the history table.</summary>
    public int HistoryRows => historyRows;

    /// <summary>Messages put into queues.</summary>
    public int Messages => messages;

    /// <summary>All transactions but polling and leases.</summary>
    public int Transactions => transactions;

    /// <summary>Looks into queues, and leases: they cost by the hour, whether or not there is a loan.</summary>
    public int Polls => polls;

    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        var path = request.Uri.ToUri().AbsolutePath;
        if (IsPolling(request, path))
        {
            Interlocked.Increment(ref polls);
            return;
        }

        Interlocked.Increment(ref transactions);
        if (path.EndsWith("/messages", StringComparison.Ordinal) && request.Method == RequestMethod.Post)
            Interlocked.Increment(ref messages);
        if (path.EndsWith("/$batch", StringComparison.Ordinal))
            Interlocked.Add(ref historyRows, RowsOf(request));
    }

    private static bool IsPolling(Request request, string path) =>
        (path.Contains("/messages", StringComparison.Ordinal) && request.Method == RequestMethod.Get)
        || !(path.Contains("/messages", StringComparison.Ordinal) || path.Contains("History", StringComparison.Ordinal) || path.Contains("Instances", StringComparison.Ordinal) || path.EndsWith("/$batch", StringComparison.Ordinal));

    private static int RowsOf(Request request)
    {
        using var content = new MemoryStream();
        request.Content!.WriteTo(content, default);
        return HistoryRow().Count(Encoding.UTF8.GetString(content.ToArray()));
    }

    [GeneratedRegex(@"(POST|PUT|PATCH|MERGE) \S*History\S* HTTP", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex HistoryRow();
}

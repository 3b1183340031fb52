using System.CommandLine;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Application.Privacy;
using CollectionsFlows.Local.Storage;

namespace CollectionsFlows.Local.Verbs;

/// <summary>The <c>collections</c> command line. Exit codes: 0 done, 1 the answer is "no", 2 bad usage or unreadable input.</summary>
public static class CommandLine
{
    public const int Done = 0;
    public const int No = 1;
    public const int BadInput = 2;

    /// <summary>Runs a command line; with no verb, the demo.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Collects overdue loans, fairly and provably. Without a verb: demo.")
        {
            DemoVerb.Create(), ServeVerb.Create(), ImportVerb.Create(), ReplayVerb.Create(), GateVerb.Create(), PlanVerb.Create(),
            PolicyVerb.Create(), RulesVerb.Create(), StatusVerb.Create(), VerifyVerb.Create(),
        };
        var parsed = root.Parse(args.Length == 0 ? ["demo"] : args);
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync($"collections: {string.Join(" ", parsed.Errors.Select(problem => problem.Message.ReplaceLineEndings(" ").Replace("\t", "", StringComparison.Ordinal)))}");
            return BadInput;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (Exception problem) when (problem is UsageException or IOException or UnauthorizedAccessException or StorageException or KeysUnusableException
            or Microsoft.Data.Sqlite.SqliteException or System.Text.Json.JsonException or System.Security.Cryptography.CryptographicException
            or FormatException or InvalidOperationException)
        {
            await error.WriteLineAsync($"collections: {problem.Message.ReplaceLineEndings(" ")}");
            return BadInput;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("collections: stopped");
            return BadInput;
        }
    }
}

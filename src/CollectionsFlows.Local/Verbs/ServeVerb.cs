using System.CommandLine;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Local.Hosting;

namespace CollectionsFlows.Local.Verbs;

/// <summary><c>serve</c>: the long-running host.</summary>
internal static class ServeVerb
{
    public const string StandardUrl = "http://127.0.0.1:7071";

    private static readonly Option<string> Data = Options.Text("--data", "The data directory; created when new.");
    private static readonly Option<string> Urls = new("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => StandardUrl };
    private static readonly Option<string> ClockKind = Options.OneOf("--clock", "Real time, or a clock that moves only by POST /api/clock.", "real", "real", "virtual");
    private static readonly Option<DateTimeOffset?> Now = Options.OptionalInstant("--now", "Where a new virtual clock starts; one that was kept goes on from where it stood.");

    private static readonly Option<int> RetentionYears =
        Options.Whole("--retention-years", "Personal data is erased so many years after a borrower's last case closed.", RetentionWatch.StandardYears, least: 1, most: 30);

    public static Command Create()
    {
        var command = new Command("serve", "Serves a data directory: webhooks, API, pages.") { Data, Urls, ClockKind, Now, RetentionYears };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var directory = arguments.GetRequiredValue(Data);
        var isVirtual = arguments.GetValue(ClockKind) == "virtual";
        if (!isVirtual && arguments.GetValue(Now) is not null)
        {
            throw new UsageException("--now needs --clock virtual");
        }

        if (!isVirtual)
        {
            using var kept = await VirtualClock.OfAsync(directory);
            if (kept is not null)
            {
                throw new UsageException($"{directory} lives on virtual time (it stands at {kept.Now:yyyy-MM-dd HH:mm:ss}Z); serve it with --clock virtual, or use another directory for real time");
            }
        }

        using var clock = isVirtual ? await VirtualClock.OpenAsync(directory, arguments.GetValue(Now) ?? TimeProvider.System.GetUtcNow()) : null;
        await using var host = await LocalHost.StartAsync(directory, arguments.GetValue(Urls)!, clock, cancellation, arguments.GetValue(RetentionYears));
        var output = arguments.InvocationConfiguration.Output;
        await output.WriteLineAsync($"serving {directory} on {host.Url}{(clock is null ? "" : $", virtual time {clock.Now:yyyy-MM-dd HH:mm:ss}Z")}");
        await output.WriteLineAsync($"sign in: {host.SignInLink}");
        await output.WriteLineAsync($"API token: {Path.Combine(directory, "access-token")}; webhook secrets: {Path.Combine(directory, "webhook-secrets")}");
        await output.FlushAsync(cancellation);
        await host.WaitAsync(cancellation);
        return CommandLine.Done;
    }
}

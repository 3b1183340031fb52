using System.CommandLine;
using CollectionsFlows.Application.Lender;
using CollectionsFlows.Local.Hosting;
using CollectionsFlows.Local.Terminal;
using CollectionsFlows.Simulation.Portfolio;

namespace CollectionsFlows.Local.Verbs;

/// <summary><c>demo</c>, the main job without any preparation: a portfolio lives through six months while you watch.</summary>
internal static class DemoVerb
{
    private static readonly Option<string> Data = new("--data") { Description = "Where its state is kept.", DefaultValueFactory = _ => Path.Combine(".collections", "demo") };
    private static readonly Option<string> Urls = new("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => ServeVerb.StandardUrl };
    private static readonly Option<double> Speed = new("--days-per-second") { Description = "How fast virtual time passes; slower when the machine is busy.", DefaultValueFactory = _ => 2 };

    public static Command Create()
    {
        var command = new Command("demo", "Serves a generated portfolio whose borrowers behave as measured on real accounts, on a virtual clock.") { Data, Urls, Speed };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        if (arguments.GetValue(Speed) is not (> 0 and <= 1000) and var speed)
        {
            throw new UsageException($"--days-per-second {speed}: expected more than 0, at most 1000");
        }

        var directory = arguments.GetValue(Data)!;
        var portfolio = DemoPortfolio.Create();
        using var clock = await VirtualClock.OpenAsync(directory, new DateTimeOffset(portfolio.From.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        await using var host = await LocalHost.StartAsync(directory, arguments.GetValue(Urls)!, clock, cancellation);
        var output = arguments.InvocationConfiguration.Output;
        await output.WriteLineAsync($"CollectionsFlows demo: {portfolio.Loans.Count} generated loans, {portfolio.From:yyyy-MM-dd} to {portfolio.Until:yyyy-MM-dd} in virtual time");
        await output.WriteLineAsync($"  watch:   {host.SignInLink}");
        await output.WriteLineAsync($"  API:     curl -H \"Authorization: Bearer $(cat {directory}/access-token)\" {host.Url}/api/cases");
        await output.WriteLineAsync($"  status:  dotnet run --project src/CollectionsFlows.Local -- status --data {directory}");
        await output.WriteLineAsync("  stop:    Ctrl+C; the next demo goes on from here (delete the directory to start anew)");
        await output.FlushAsync(cancellation);
        var run = new DemoRun(host, portfolio, arguments.GetValue(Speed));
        await TerminalProgress.RunAsync("six months", run.Days, "days", run.PlayAsync(cancellation));
        await output.WriteLineAsync($"the six months are over; still serving {host.Url} (Ctrl+C stops)");
        await output.FlushAsync(cancellation);
        await host.WaitAsync(cancellation);
        return CommandLine.Done;
    }
}

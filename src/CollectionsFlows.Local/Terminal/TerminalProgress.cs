using System.Diagnostics;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CollectionsFlows.Local.Terminal;

/// <summary>Shows how a long verb gets on: a bar with rate and time left on a terminal's standard error, nothing when it is not a terminal.</summary>
internal static class TerminalProgress
{
    /// <summary>Runs work that reports how much of a total is done.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="total">How much there is to do.</param>
    /// <param name="unit">What the rate counts, e.g. <c>case-days</c>.</param>
    /// <param name="work">Gets a callback (done, counted): how much of the total, and how many units.</param>
    public static async Task<T> RunAsync<T>(string title, double total, string unit, Func<Action<double, long>, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
        {
            return await work(static (_, _) => { });
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var rate = new RateColumn(unit);
        return await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), rate, new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(title, maxValue: Math.Max(1, total));
                return await work((done, counted) =>
                {
                    bar.Value = done;
                    rate.Count(counted);
                });
            });
    }

    private sealed class RateColumn(string unit) : ProgressColumn
    {
        private readonly long started = Stopwatch.GetTimestamp();
        private long counted;

        public void Count(long units) => Interlocked.Exchange(ref counted, units);

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            var perSecond = seconds < 0.1 ? 0 : Interlocked.Read(ref counted) / seconds;
            return new Text(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{perSecond:N0} {unit}/s"));
        }
    }
}

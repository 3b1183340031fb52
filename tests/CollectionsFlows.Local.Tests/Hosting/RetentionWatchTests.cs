using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CollectionsFlows.Local.Hosting;
using CollectionsFlows.Local.Tests.Kills;
using CollectionsFlows.Local.Tests.Storage;
using CollectionsFlows.Local.Tests.Verbs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CollectionsFlows.Local.Tests.Hosting;

/// <summary>The embedded host erases by itself who need be kept no longer (S25), and nobody before or under a legal hold.</summary>
public sealed class RetentionWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 20, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task five_years_after_the_last_case_closed_a_borrower_is_erased_unless_a_hold_keeps_the_records()
    {
        using var directory = new TemporaryDirectory();
        using var clock = await VirtualClock.OpenAsync(directory.Path, Start);
        await using var host = await LocalHost.StartAsync(directory.Path, "http://127.0.0.1:0", clock, CancellationToken.None, retentionYears: 30); // Its own watch stays out of this.
        using var client = new HttpClient { BaseAddress = new Uri(host.Url) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.OwnerToken);
        string[] loans = ["L-1", "L-2", "L-3"];
        await SendAsync(Stimulus.Import($"{Cli.Header}\n{string.Concat(loans.Select(loan => Cli.Row.Replace("L-1", loan, StringComparison.Ordinal).Replace("B-1", $"B-{loan}", StringComparison.Ordinal) + "\n"))}"), HttpStatusCode.OK);
        foreach (var loan in loans.Take(2))
            await EnterAsync(loan, "loan.withdrawn", """{"reason":"sold"}""");
        await EnterAsync("L-2", "hold.placed", """{"reason":"court-case"}""");
        var watch = new RetentionWatch(host.System, RetentionWatch.StandardYears, NullLogger.Instance);

        await ToAsync(Start.AddYears(5).AddDays(-1));
        Assert.Equal(0, await watch.LookAsync(CancellationToken.None));
        await ToAsync(Start.AddYears(5).AddDays(1));
        Assert.Equal(1, await watch.LookAsync(CancellationToken.None));
        Assert.Equal("L-1", await ErasedAsync());

        await EnterAsync("L-2", "hold.released", "{}");
        Assert.Equal(0, await watch.LookAsync(CancellationToken.None)); // It has looked today.
        await ToAsync(Start.AddYears(5).AddDays(2));
        Assert.Equal(1, await watch.LookAsync(CancellationToken.None));
        Assert.Equal("L-1 L-2", await ErasedAsync()); // L-3 is open.

        async Task<string> ErasedAsync()
        {
            var erased = new List<string>();
            foreach (var loan in loans)
            {
                if ((await host.System.Store.LoadBorrowerAsync($"B-{loan}"))?.Details is null)
                    erased.Add(loan);
            }

            return string.Join(' ', erased);
        }

        Task ToAsync(DateTimeOffset instant) => SendAsync(Stimulus.ClockTo(instant), HttpStatusCode.OK);

        Task EnterAsync(string loan, string type, string data) => SendAsync(
            new Stimulus($"{type} {loan}", $"/api/cases/{loan}/events", $$"""{"at":"{{clock.Now.ToString("O", CultureInfo.InvariantCulture)}}","type":"{{type}}","data":{{data}},"reason":"told us"}""", "application/json"),
            HttpStatusCode.Accepted);

        async Task SendAsync(Stimulus stimulus, HttpStatusCode expected)
        {
            using var request = stimulus.ToRequest([]);
            using var answer = await client.SendAsync(request);
            Assert.True(answer.StatusCode == expected, $"{stimulus.Name}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            await host.System.Pump.WhenQuietAsync();
        }
    }

    [Fact]
    public async Task a_look_that_fails_does_not_take_the_host_with_it()
    {
        using var directory = new TemporaryDirectory();
        using var clock = await VirtualClock.OpenAsync(directory.Path, Start);
        var host = await LocalHost.StartAsync(directory.Path, "http://127.0.0.1:0", clock, CancellationToken.None);
        var system = host.System;
        await host.DisposeAsync(); // From now on the store answers nothing.
        var told = new TaskCompletionSource<string>();
        using var watch = new RetentionWatch(system, RetentionWatch.StandardYears, new FirstWord(told));

        await watch.StartAsync(CancellationToken.None);
        Assert.StartsWith("retention failed and is tried again", await told.Task.WaitAsync(TimeSpan.FromMinutes(1)), StringComparison.Ordinal);
        Assert.False(watch.ExecuteTask!.IsCompleted);
        await watch.StopAsync(CancellationToken.None);
    }

    private sealed class FirstWord(TaskCompletionSource<string> told) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            told.TrySetResult(formatter(state, exception));
    }
}

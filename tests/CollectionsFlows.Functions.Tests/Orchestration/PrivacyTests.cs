using System.Collections.Concurrent;
using System.Net;
using System.Text.Encodings.Web;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Functions.Evidence;
using CollectionsFlows.Functions.Tests.Conformance;
using CollectionsFlows.Local.Tests.Kills;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Tests.Orchestration;

/// <summary>S25: the durable engine's history and the logs outlive erasure and are read by many; nothing of the borrower may be in them.</summary>
public class PrivacyTests
{
    private const string Reply = "My brother in Example Town will pay";

    [Fact]
    public async Task nothing_personal_crosses_the_durable_boundary_or_is_logged()
    {
        var (recorder, logs) = (new BoundaryRecorder(), new Lines());
        await using var house = await DurableHouse.StartAsync(
            At("2026-02-20T10:00:00-05:00"), DurableHostConformanceTests.InMemory, tasks => Sidecar.InMemoryAsync(tasks, recorder, logs),
            services => services.AddLogging(logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace)));
        await LiveAsync(house);

        var personal = await PersonalAsync(house);
        Assert.True(recorder.Messages.Count > 100 && logs.All.Count > 100, $"{recorder.Messages.Count} messages, {logs.All.Count} lines: too few to prove anything");
        Assert.All(personal, words =>
        {
            Assert.DoesNotContain(recorder.Messages, message => Contains(message, words));
            Assert.DoesNotContain(logs.All, line => line.Contains(words, StringComparison.OrdinalIgnoreCase));
        });
    }

    [Fact]
    public async Task every_message_is_in_the_evidence_container_and_nothing_in_it_shows_what_it_says_or_to_whom()
    {
        var store = await AzureStorageConformanceTests.OpenAsync();
        await using var house = await DurableHouse.StartAsync(At("2026-02-20T10:00:00-05:00"), services => AzureStorageConformanceTests.Register(services, store));
        await LiveAsync(house);

        var container = house.Services.GetRequiredService<BlobContainerClient>();
        var seen = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, null, default))
        {
            var bytes = (await container.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToArray();
            seen.Add($"{blob.Name} {string.Join(" ", blob.Metadata.Values)} {System.Text.Encoding.UTF8.GetString(bytes)}");
        }

        var messages = await house.Services.GetRequiredService<IBorrowerStore>().MessagesAsync("B-L-1", null);
        Assert.Equal(messages.Count, seen.Count(blob => blob.StartsWith("~messages/L-1/", StringComparison.Ordinal)));
        // Three letters may stand in any ciphertext by chance.
        Assert.All((await PersonalAsync(house)).Where(words => words.Length > 3), words => Assert.DoesNotContain(seen, blob => blob.Contains(words, StringComparison.OrdinalIgnoreCase)));
        var archive = new BlobMessageArchive(container, store);
        foreach (var message in messages)
        {
            Assert.Equal(message.Text, (await archive.ReadAsync("B-L-1", "L-1", message.CommandId, message.Attempt!.Number))!.Text);
        }

        await store.EraseBorrowerAsync("B-L-1");
        foreach (var message in messages)
        {
            Assert.Null(await archive.ReadAsync("B-L-1", "L-1", message.CommandId, message.Attempt!.Number));
        }
    }

    [Fact]
    public async Task a_failure_that_quotes_the_borrower_is_known_by_its_type_only()
    {
        var (recorder, logs, faults) = (new BoundaryRecorder(), new Lines(), new Quoting());
        await using var house = await DurableHouse.StartAsync(
            At("2026-03-01T10:00:00-05:00"), DurableHostConformanceTests.InMemory, tasks => Sidecar.InMemoryAsync(tasks, recorder, logs),
            services => services.AddLogging(logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace))
                .AddSingleton<IPolicySource>(provider => faults.Over(provider.GetRequiredService<Application.Lender.PolicyShelf>())));
        await Stories.ImportAsync(house, "L-1", ("2026-03-02", 300));
        faults.Left = 1;
        await house.AdvanceToAsync(At("2026-03-03T12:00:00-05:00"));

        Assert.Equal(0, faults.Left);
        Assert.Contains(recorder.Messages, message => Contains(message, "InvalidOperationException"));
        Assert.Contains("friendly-reminder", await Stories.StepsAsync(house, "L-1")); // Tried again after a while.
        Assert.DoesNotContain(recorder.Messages, message => Contains(message, Stories.Phone));
        Assert.DoesNotContain(logs.All, line => line.Contains(Stories.Phone, StringComparison.Ordinal));
    }

    [Fact]
    public void the_search_would_find_what_crossed()
    {
        var crossed = new Microsoft.DurableTask.Protobuf.RaiseEventRequest { InstanceId = "loan-L-1", Name = "doorbell", Input = $$"""{"text":"{{JavaScriptEncoder.Default.Encode(Reply)}}"}""" };

        Assert.True(Contains(crossed, Reply));
        Assert.False(Contains(crossed, Stories.Phone));
    }

    /// <summary>Reminders, a reply, a promise, a dispute, a payment, a refused signature, an unknown route.</summary>
    private static async Task LiveAsync(DurableHouse house)
    {
        await Stories.ImportAsync(house, "L-1", ("2026-03-02", 300), ("2026-06-01", 300));
        await house.AdvanceToAsync(At("2026-03-04T09:00:00-05:00"));
        await EnterAsync(house, "evt-1", "reply.received", $$"""{"channel":"sms","text":"{{Reply}}"}""");
        await EnterAsync(house, "evt-2", "dispute.raised", $$"""{"written":true,"text":"{{Reply}}"}""");
        await house.AdvanceToAsync(At("2026-03-06T09:00:00-05:00"));
        await EnterAsync(house, "evt-3", "dispute.resolved", """{"outcome":"rejected"}""");
        await house.AdvanceToAsync(At("2026-04-20T09:00:00-04:00"));
        var payment = Stimulus.Webhook("evt-4", """{"loanId":"L-1","type":"payment.posted","at":"2026-04-20T09:00:00-04:00","data":{"paymentId":"P-1","amount":300,"currency":"USD"}}""");
        await Stories.SendAsync(house, payment, HttpStatusCode.Accepted);
        await Stories.SendAsync(house, payment with { Body = $$"""{"loanId":"L-1","payer":"{{Stories.Name}}"}""" }, HttpStatusCode.BadRequest);
        await house.AdvanceToAsync(At("2026-05-01T00:00:00-04:00"));
    }

    private static Task EnterAsync(DurableHouse house, string id, string type, string data) => Stories.SendAsync(
        house, new Stimulus(id, "/api/cases/L-1/events", $$"""{"id":"{{id}}","type":"{{type}}","data":{{data}},"reason":"{{Stories.Name}} called"}""", "application/json"), HttpStatusCode.Accepted);

    /// <summary>Who the borrower is, and every text that was written to or by them.</summary>
    private static async Task<IReadOnlyList<string>> PersonalAsync(DurableHouse house)
    {
        var borrowers = house.Services.GetRequiredService<IBorrowerStore>();
        var messages = await borrowers.MessagesAsync("B-L-1", null);
        Assert.True(messages.Count >= 3, $"{messages.Count} messages");
        // The beginning of a text tells it from others; its end is the lender's own address.
        return [Stories.Name, "Ann", Stories.Phone, Stories.Phone[1..], Stories.Email, Reply, .. messages.Select(message => message.Text![..40])];
    }

    private static bool Contains(IMessage message, string words)
    {
        // As text and as JSON writes it: quotes, plus signs and apostrophes are escaped there.
        var text = message.ToString()!;
        return text.Contains(words, StringComparison.OrdinalIgnoreCase)
            || text.Contains(JavaScriptEncoder.Default.Encode(words), StringComparison.OrdinalIgnoreCase)
            || text.Replace(@"\\", @"\", StringComparison.Ordinal).Contains(JavaScriptEncoder.Default.Encode(words), StringComparison.OrdinalIgnoreCase);
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A policy source that fails so often, with a message no failure of ours should have.</summary>
    private sealed class Quoting
    {
        private int left;

        public int Left { get => left; set => left = value; }

        public IPolicySource Over(IPolicySource inner) => new Source(this, inner);

        private sealed class Source(Quoting owner, IPolicySource inner) : IPolicySource
        {
            public Policy Find(PolicyReference reference) => owner.left > 0 && Interlocked.Decrement(ref owner.left) >= 0
                ? throw new InvalidOperationException($"cannot call {Stories.Phone}")
                : inner.Find(reference);
        }
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> lines = new();

        public IReadOnlyList<string> All => [.. lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Communication.Email;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Functions.Messaging;
using CollectionsFlows.Functions.Tests.Conformance;
using CollectionsFlows.Functions.Tests.Orchestration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Tests.Messaging;

/// <summary>Whole cases on the durable worker whose mails go to the provider over HTTP and whose reports come back to the webhook, which are told apart by nothing but address and id.</summary>
public sealed class MailStories
{
    private readonly ConcurrentQueue<string> log = new();
    private readonly Dictionary<string, DateTimeOffset> sent = [];

    [Fact]
    public async Task a_mail_the_provider_has_no_room_for_goes_out_later_once_and_its_report_finds_it()
    {
        var asked = 0;
        await using var provider = await ProviderStandIn.StartAsync(context =>
            (Interlocked.Increment(ref asked) <= 2 ? ProviderStandIn.Refuses(429, retryAfter: "120") : ProviderStandIn.Queues())(context));
        await using var house = await StartAsync(provider);
        await UntilAsync(house, () => asked == 3);

        Assert.Equal([ContactResult.Deferred, ContactResult.Deferred, ContactResult.Sent], (await AttemptsAsync(house)).Select(attempt => attempt.Result));
        var operation = Assert.Single(provider.Received.Select(request => request.OperationId).Distinct());
        var message = Assert.Single(await MessagesAsync(house));
        Assert.Equal((MessageStatus.Sent, message.Text), (message.Status, provider.Received[^1].Body.GetProperty("content").GetProperty("plainText").GetString()));

        await ReportAsync(house, "e-1", operation, "Delivered");
        Assert.Equal(MessageStatus.Delivered, Assert.Single(await MessagesAsync(house)).Status);
        AssertNothingPersonalLogged();
    }

    [Fact]
    public async Task a_mail_whose_answer_was_lost_is_not_sent_again_and_a_bounce_settles_it_and_marks_the_address()
    {
        await using var provider = await ProviderStandIn.StartAsync(Breaks);
        await using var house = await StartAsync(provider);
        await UntilAsync(house, () => provider.Received.Count > 0);

        Assert.Equal(ContactResult.Unknown, (await AttemptsAsync(house))[^1].Result);
        await ReportAsync(house, "e-1", Assert.Single(provider.Received).OperationId, "Bounced");
        var borrower = await BorrowerAsync(house);
        Assert.Equal(ContactOutcome.Failed, Assert.Single(borrower.Ledger).Contact.Outcome);
        Assert.Equal("undeliverable:email", Assert.Single(borrower.Profile.Flags).Name);

        await house.AdvanceToAsync(house.Time.GetUtcNow().AddDays(20)); // The ladder goes on, but not to an address that is none.
        Assert.Single(provider.Received);
        Assert.Contains((await AttemptsAsync(house)).Skip(1), attempt => attempt is { Result: ContactResult.Forbidden, Rule: "NO-ADDRESS" });
        AssertNothingPersonalLogged();
    }

    [Fact]
    public async Task reports_come_twice_and_in_any_order_and_what_was_delivered_was_delivered()
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Queues());
        await using var house = await StartAsync(provider);
        await UntilAsync(house, () => provider.Received.Count > 0);
        var operation = provider.Received[0].OperationId;
        await ReportAsync(house, "e-2", operation, "Delivered");
        await ReportAsync(house, "e-2", operation, "Delivered", HttpStatusCode.OK);
        await ReportAsync(house, "e-1", operation, "Bounced"); // An older one that was held up.
        await ReportAsync(house, "e-3", operation, "Expanded", HttpStatusCode.OK);
        await ReportAsync(house, "e-4", Guid.NewGuid().ToString(), "Bounced", HttpStatusCode.OK); // Somebody else's mail to the same address.

        var borrower = await BorrowerAsync(house);
        Assert.Equal((MessageStatus.Delivered, ContactOutcome.Sent), (Assert.Single(await MessagesAsync(house)).Status, Assert.Single(borrower.Ledger).Contact.Outcome));
        Assert.Empty(borrower.Profile.Flags);
    }

    [Fact]
    public async Task a_host_that_dies_between_the_handover_and_its_result_sends_nothing_again_and_the_report_still_finds_the_mail()
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Queues());
        await using var house = await StartAsync(provider, services =>
        {
            var borrowers = (IBorrowerStore)services.Last(service => service.ServiceType == typeof(IBorrowerStore)).ImplementationInstance!;
            services.AddSingleton<IBorrowerStore>(new DiesBeforeTheResult(borrowers));
        });
        await UntilAsync(house, () => provider.Received.Count > 0);

        Assert.Equal(ContactResult.Unknown, (await AttemptsAsync(house))[^1].Result); // All that is left is the intent.
        await ReportAsync(house, "e-1", Assert.Single(provider.Received).OperationId, "Delivered");
        Assert.Equal(MessageStatus.Delivered, Assert.Single(await MessagesAsync(house)).Status);
        Assert.Equal(ContactOutcome.Sent, Assert.Single((await BorrowerAsync(house)).Ledger).Contact.Outcome);
        AssertNothingPersonalLogged();
    }

    private static Task Breaks(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>A borrower with an e-mail address and a number, in a deployment that sends mails only; somewhat behind soon.</summary>
    private async Task<DurableHouse> StartAsync(ProviderStandIn provider, Action<IServiceCollection>? change = null)
    {
        var settings = new EmailSettings { ConnectionString = provider.ConnectionString, From = "letters@example.test", ReplyTo = "service@example.test", MessagesPerMinute = 60_000 };
        var client = new EmailClient(provider.ConnectionString, AcsEmailChannel.Options(settings));
        var house = await DurableHouse.StartAsync(
            new DateTimeOffset(2026, 2, 27, 10, 0, 0, TimeSpan.FromHours(-5)), DurableHostConformanceTests.InMemory, change: services =>
            {
                services.AddLogging(logging => logging.AddProvider(new Lines(log)).SetMinimumLevel(LogLevel.Trace));
                services.AddSingleton<IReadOnlyList<IMessageChannel>>(of => [new AcsEmailChannel(
                    client, settings, new OperationIds(of.GetRequiredService<AddressKeys>()), TimeProvider.System, of.GetRequiredService<ILogger<AcsEmailChannel>>())]);
                change?.Invoke(services);
            });
        await Stories.ImportAsync(house, "L-1", ("2026-03-02", 300));
        return house;
    }

    private static async Task UntilAsync(DurableHouse house, Func<bool> done)
    {
        await house.SettleAsync();
        for (var wakes = 0; !done(); wakes++)
        {
            Assert.True(wakes < 50, "it did not happen");
            var (now, wake) = (house.Time.GetUtcNow(), (await house.Cases.NextWakeAsync())!.Value);
            await house.AdvanceToAsync(wake > now ? wake : now);
        }

        await house.SettleAsync();
    }

    private async Task ReportAsync(DurableHouse house, string id, string operation, string status, HttpStatusCode expected = HttpStatusCode.Accepted)
    {
        // A repetition is the same to the letter.
        if (!sent.TryGetValue(id, out var at))
        {
            await house.AdvanceToAsync(house.Time.GetUtcNow().AddMinutes(1));
            sent[id] = at = house.Time.GetUtcNow();
        }

        var report = $$"""
            [{"id":"{{id}}","topic":"/invented","subject":"sender/letters@example.test/message/{{operation}}","eventType":"Microsoft.Communication.EmailDeliveryReportReceived",
              "eventTime":"{{at:O}}","dataVersion":"1.0","metadataVersion":"1",
              "data":{"sender":"letters@example.test","recipient":"{{Stories.Email.ToUpperInvariant()}}","messageId":"{{operation.ToUpperInvariant()}}","status":"{{status}}",
                "deliveryStatusDetails":{"statusMessage":"about {{Stories.Email}}"},"deliveryAttemptTimestamp":"{{at:O}}"} }]
            """;
        using var http = new HttpClient { BaseAddress = house.Address };
        using var answer = await http.PostAsync($"/api/webhooks/messages?key={DurableHouse.MessageKey}", new StringContent(report, Encoding.UTF8, "application/json"));
        Assert.True(answer.StatusCode == expected, $"{id}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        await house.SettleAsync();
    }

    private static async Task<BorrowerRecord> BorrowerAsync(DurableHouse house) => (await house.Services.GetRequiredService<IBorrowerStore>().LoadBorrowerAsync("B-L-1"))!;

    private static async Task<IReadOnlyList<StoredMessage>> MessagesAsync(DurableHouse house) => await house.Services.GetRequiredService<IBorrowerStore>().MessagesAsync("B-L-1", null);

    private static async Task<List<ContactAttempt>> AttemptsAsync(DurableHouse house) =>
        [.. (await house.JournalAsync("L-1")).Select(entry => JournalLine.Read(entry.Line).Fact.Fact).OfType<CaseFact.ContactAttempted>().Select(fact => fact.Attempt)];

    private void AssertNothingPersonalLogged()
    {
        Assert.Contains(log, line => line.Contains("L-1:", StringComparison.Ordinal));
        Assert.All([Stories.Name, Stories.Email], personal => Assert.DoesNotContain(log, line => line.Contains(personal, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>The process ends, once, when a message's result is to be kept.</summary>
    private sealed class DiesBeforeTheResult(IBorrowerStore store) : IBorrowerStore
    {
        private int dead;

        public ValueTask<bool> SaveBorrowerAsync(BorrowerChange change, CancellationToken cancellation = default) =>
            change.Messages.Any(message => message.Status == MessageStatus.Sent) && Interlocked.Exchange(ref dead, 1) == 0
                ? throw new IOException("the process is gone")
                : store.SaveBorrowerAsync(change, cancellation);

        public ValueTask<BorrowerRecord?> LoadBorrowerAsync(string borrowerId, CancellationToken cancellation = default) => store.LoadBorrowerAsync(borrowerId, cancellation);

        public ValueTask<StoredMessage?> MessageAsync(string borrowerId, string commandId, CancellationToken cancellation = default) => store.MessageAsync(borrowerId, commandId, cancellation);

        public ValueTask<IReadOnlyList<StoredMessage>> MessagesAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) => store.MessagesAsync(borrowerId, loanId, cancellation);

        public ValueTask<IReadOnlyList<StoredText>> TextsAsync(string borrowerId, string? loanId, CancellationToken cancellation = default) => store.TextsAsync(borrowerId, loanId, cancellation);

        public ValueTask<IReadOnlyList<string>> BorrowersOfAsync(string addressKey, CancellationToken cancellation = default) => store.BorrowersOfAsync(addressKey, cancellation);

        public ValueTask EraseBorrowerAsync(string borrowerId, CancellationToken cancellation = default) => store.EraseBorrowerAsync(borrowerId, cancellation);
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
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

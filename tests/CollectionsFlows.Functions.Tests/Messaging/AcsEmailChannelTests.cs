using Azure.Communication.Email;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Functions.Messaging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Tests.Messaging;

/// <summary>What is asked of the provider for an e-mail, and what each of its answers means, over real HTTP.</summary>
public sealed class AcsEmailChannelTests
{
    private const string Address = "pat@example.test";
    private const string Words = "Example Lending: 105.00 USD is open on L-1. To stop e-mails, answer STOP.";
    private static readonly OperationIds Ids = new(new AddressKeys(new byte[32]));

    private readonly List<string> log = [];

    [Fact]
    public async Task one_recipient_is_asked_for_in_plain_text_under_an_id_made_from_the_command()
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Queues());
        Assert.Equal(new Handover(MessageStatus.Sent), await SendAsync(provider));

        var request = Assert.Single(provider.Received); // Nobody asks what became of it: the report tells.
        Assert.Equal(("POST", "/emails:send?api-version=2025-09-01"), (request.Method, request.Target));
        Assert.StartsWith("HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=", request.Authorization, StringComparison.Ordinal);
        Assert.Equal(Ids.Of("L-1:5").ToString(), request.OperationId);
        // The whole of it: no html, no header, no other recipient, nothing that tracks who reads it.
        Assert.Equal(
            $$"""{"senderAddress":"letters@example.test","content":{"subject":"A message for you","plainText":"{{Words}}"},"recipients":{"to":[{"address":"{{Address}}"}]},"replyTo":[{"address":"service@example.test"}],"userEngagementTrackingDisabled":true}""",
            request.Body.GetRawText());
    }

    [Theory]
    [InlineData(null, "A message for you")]
    [InlineData("  ", "A message for you")]
    [InlineData("Your question\r\nBcc: alex@example.test", "Your question  Bcc: alex@example.test")] // One line, whatever somebody pasted.
    public async Task what_a_person_wrote_keeps_its_subject(string? subject, string sent)
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Queues());
        await Channel(provider).SendAsync(Message() with { Subject = subject, Template = "agent-message" });
        Assert.Equal(sent, Assert.Single(provider.Received).Body.GetProperty("content").GetProperty("subject").GetString());
    }

    [Fact]
    public async Task the_subject_of_a_template_is_not_shown_to_whoever_sees_the_mailbox()
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Queues());
        await Channel(provider).SendAsync(Message() with { Subject = "Loan L-1 is seriously overdue", Template = "serious-reminder" });
        Assert.Equal("A message for you", Assert.Single(provider.Received).Body.GetProperty("content").GetProperty("subject").GetString());
    }

    [Fact]
    public async Task the_same_command_has_the_same_id_at_every_try_and_another_command_another()
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Refuses(429));
        await Channel(provider).SendAsync(Message());
        await Channel(provider).SendAsync(Message() with { At = DateTimeOffset.UnixEpoch, Text = "another day, another text" }); // After a restart.
        await Channel(provider).SendAsync(Message() with { CommandId = "L-1:6" });
        var ids = provider.Received.Select(request => request.OperationId).ToList();
        Assert.Equal(ids[0], ids[1]);
        Assert.NotEqual(ids[0], ids[2]);
    }

    [Theory]
    [InlineData(400, MessageStatus.Failed)]
    [InlineData(413, MessageStatus.Failed)]
    [InlineData(422, MessageStatus.Failed)]
    [InlineData(401, MessageStatus.Later)] // Our access is wrong, not the message.
    [InlineData(403, MessageStatus.Later)]
    [InlineData(404, MessageStatus.Later)] // The domain is not linked.
    [InlineData(408, MessageStatus.Unknown)]
    [InlineData(409, MessageStatus.Unknown)]
    [InlineData(500, MessageStatus.Unknown)]
    [InlineData(503, MessageStatus.Unknown)]
    [InlineData(200, MessageStatus.Unknown)] // Only 202 is an acceptance.
    public async Task a_refusal_of_the_request_is_sorted_by_what_is_certain_and_never_repeated(int status, MessageStatus expected)
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Refuses(status, $$"""{"error":{"code":"4005","message":"cannot send '{{Words}}' to {{Address}}"} }"""));
        Assert.Equal(new Handover(expected, $"http-{status}"), await SendAsync(provider)); // Carriers' codes are those of texts: here they mean nothing.
        Assert.Single(provider.Received);
        Assert.Contains("L-1:5", Assert.Single(log), StringComparison.Ordinal);
        AssertNothingPersonalLogged();
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData(null, null)]
    [InlineData("soon", null)]
    public async Task too_many_requests_is_later_after_the_time_the_provider_names(string? header, int? seconds)
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Refuses(429, retryAfter: header));
        Assert.Equal(Handover.Later("http-429", seconds is { } wait ? TimeSpan.FromSeconds(wait) : null), await SendAsync(provider));
        Assert.Single(provider.Received);
    }

    [Fact]
    public async Task a_connection_that_breaks_after_the_request_leaves_it_unknown_and_is_not_repeated()
    {
        await using var provider = await ProviderStandIn.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        Assert.Equal(new Handover(MessageStatus.Unknown, "no-answer"), await SendAsync(provider));
        Assert.Single(provider.Received);
        AssertNothingPersonalLogged();
    }

    [Fact]
    public async Task an_answer_that_does_not_come_leaves_it_unknown()
    {
        await using var provider = await ProviderStandIn.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        Assert.Equal(new Handover(MessageStatus.Unknown, "no-answer"), await SendAsync(provider, Settings() with { Timeout = TimeSpan.FromSeconds(1) }));
        Assert.Single(provider.Received);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task an_acceptance_nobody_can_read_leaves_it_unknown(string body)
    {
        await using var provider = await ProviderStandIn.StartAsync(context => ProviderStandIn.WriteAsync(context, 202, body));
        Assert.Equal(MessageStatus.Unknown, (await SendAsync(provider)).Status);
    }

    [Theory]
    [InlineData("fb9e3380-428f-4e59-95a1-fc82e99a5219")]
    [InlineData("no-guid")]
    public async Task where_the_provider_knows_it_by_an_id_of_its_own_it_is_sent_and_somebody_is_told_that_no_report_will_come(string id)
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Queues(id));
        Assert.Equal(new Handover(MessageStatus.Sent), await SendAsync(provider));
        Assert.Contains(log, line => line.Contains("L-1:5", StringComparison.Ordinal) && line.Contains("no delivery report will find it", StringComparison.Ordinal));
        AssertNothingPersonalLogged();
    }

    [Fact]
    public async Task where_nobody_listens_nothing_was_said_and_it_is_later()
    {
        var provider = await ProviderStandIn.StartAsync(_ => Task.CompletedTask);
        var channel = Channel(provider);
        await provider.DisposeAsync();
        Assert.Equal(Handover.Later("no-connection"), await channel.SendAsync(Message()));
    }

    [Theory]
    [InlineData(" pat@example.test ", Address)]
    [InlineData("pat.o'neil+loans@mail.example.test", "pat.o'neil+loans@mail.example.test")]
    [InlineData("佩特@例子.测试", "佩特@例子.测试")]
    [InlineData("pat@example.test,alex@example.test", null)] // Never to anybody else (THIRD-PARTY).
    [InlineData("pat@example.test;alex@example.test", null)]
    [InlineData("Pat <pat@example.test>", null)]
    [InlineData("pat@example.test\r\nBcc: alex@example.test", null)]
    [InlineData("pat@localhost", null)]
    [InlineData("pat@.test", null)]
    [InlineData("@example.test", null)]
    [InlineData("+13125550142", null)]
    [InlineData("", null)]
    public async Task one_address_is_asked_for_and_what_is_none_is_not(string address, string? asked)
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Queues());
        var channel = Channel(provider);
        Assert.Equal(asked is null ? new Handover(MessageStatus.Failed, "no-email-address") : null, await channel.ReadyAsync(Message() with { Address = address }));
        Assert.Empty(provider.Received);
        var handover = await channel.SendAsync(Message() with { Address = address });
        Assert.Equal(asked is null ? new Handover(MessageStatus.Failed, "no-email-address") : new Handover(MessageStatus.Sent), handover);
        Assert.Equal(asked is null ? [] : [asked], provider.Received.Select(each => each.Body.GetProperty("recipients").GetProperty("to")[0].GetProperty("address").GetString()));
    }

    [Fact]
    public async Task mails_over_the_senders_rate_are_later_and_say_how_long_the_queue_is()
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Queues());
        var channel = Channel(provider, Settings() with { MessagesPerMinute = 1, LongestWait = TimeSpan.Zero });
        Assert.Null(await channel.ReadyAsync(Message()));
        var second = (await channel.ReadyAsync(Message()))!;
        Assert.Equal((MessageStatus.Later, "sender-rate"), (second.Status, second.Code));
        Assert.InRange(second.RetryAfter!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        Assert.Empty(provider.Received);
    }

    private static EmailSettings Settings() => new() { Endpoint = new Uri("https://example.communication.azure.com"), From = "letters@example.test", ReplyTo = "service@example.test", MessagesPerMinute = 6000 };

    private static StoredMessage Message() => new(
        "L-1:5", "L-1", "B-1", new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero), Core.Contact.Channel.Email, Address, "A friendly reminder", Words, "hash", "friendly-reminder",
        "en-US", 0, 1, MessageStatus.Reserved);

    private AcsEmailChannel Channel(ProviderStandIn provider, EmailSettings? settings = null)
    {
        var used = settings ?? Settings();
        return new AcsEmailChannel(new EmailClient(provider.ConnectionString, AcsEmailChannel.Options(used)), used, Ids, TimeProvider.System, new Noting(log));
    }

    private async Task<Handover> SendAsync(ProviderStandIn provider, EmailSettings? settings = null) => await Channel(provider, settings).SendAsync(Message());

    private void AssertNothingPersonalLogged()
    {
        Assert.NotEmpty(log);
        Assert.All(log, line =>
        {
            Assert.DoesNotContain("example.test", line, StringComparison.Ordinal);
            Assert.DoesNotContain("Example Lending", line, StringComparison.Ordinal);
        });
    }

    private sealed class Noting(List<string> lines) : ILogger<AcsEmailChannel>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add($"{formatter(state, exception)} {exception}");
    }
}

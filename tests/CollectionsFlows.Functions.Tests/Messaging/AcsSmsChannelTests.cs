using Azure.Communication.Sms;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Functions.Messaging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Tests.Messaging;

/// <summary>What is asked of the provider, and what each of its answers means, over real HTTP.</summary>
public sealed class AcsSmsChannelTests
{
    private const string Number = "+13125550142";
    private const string Words = "Example Lending: 105.00 USD is open on L-1. Reply STOP to opt out.";

    private readonly List<string> log = [];

    [Fact]
    public async Task one_recipient_is_asked_for_with_the_command_as_tag_and_a_delivery_report()
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Results(202, successful: true));
        Assert.Equal(new Handover(MessageStatus.Sent), await SendAsync(provider));

        var request = Assert.Single(provider.Received);
        Assert.Equal(("POST", "/sms?api-version=2021-03-07"), (request.Method, request.Target));
        Assert.StartsWith("HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=", request.Authorization, StringComparison.Ordinal);
        Assert.Equal(("+18005550100", Words), (request.Body.GetProperty("from").GetString(), request.Body.GetProperty("message").GetString()));
        var options = request.Body.GetProperty("smsSendOptions");
        Assert.Equal(("L-1:5", true), (options.GetProperty("tag").GetString(), options.GetProperty("enableDeliveryReport").GetBoolean()));
        var recipient = Assert.Single(request.Body.GetProperty("smsRecipients").EnumerateArray());
        Assert.Equal(Number, recipient.GetProperty("to").GetString());
        Assert.True(Guid.TryParse(recipient.GetProperty("repeatabilityRequestId").GetString(), out _));
        Assert.True(DateTimeOffset.TryParse(recipient.GetProperty("repeatabilityFirstSent").GetString(), out _));
    }

    [Theory] // Per recipient, inside a 202.
    [InlineData(400, "Invalid To phone number format.", MessageStatus.Failed, "http-400")]
    [InlineData(400, "4007: the recipient +13125550142 opted out", MessageStatus.Failed, "4007")]
    [InlineData(404, null, MessageStatus.Later, "http-404")]
    [InlineData(429, "too many", MessageStatus.Later, "http-429")]
    [InlineData(503, "busy", MessageStatus.Unknown, "http-503")]
    public async Task a_recipients_own_result_decides(int status, string? error, MessageStatus expected, string code)
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Results(status, successful: false, error));
        Assert.Equal(new Handover(expected, code), await SendAsync(provider));
        AssertNothingPersonalLogged();
    }

    [Theory]
    [InlineData(400, MessageStatus.Failed)]
    [InlineData(413, MessageStatus.Failed)]
    [InlineData(422, MessageStatus.Failed)]
    [InlineData(401, MessageStatus.Later)] // Our access is wrong, not the message.
    [InlineData(403, MessageStatus.Later)]
    [InlineData(404, MessageStatus.Later)]
    [InlineData(408, MessageStatus.Unknown)]
    [InlineData(409, MessageStatus.Unknown)]
    [InlineData(500, MessageStatus.Unknown)]
    [InlineData(502, MessageStatus.Unknown)]
    [InlineData(503, MessageStatus.Unknown)]
    [InlineData(504, MessageStatus.Unknown)]
    [InlineData(200, MessageStatus.Unknown)] // Only 202 is an acceptance.
    public async Task a_refusal_of_the_request_is_sorted_by_what_is_certain_and_never_repeated(int status, MessageStatus expected)
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Refuses(status, $$"""{"error":{"code":"Invented","message":"about {{Number}}"} }"""));
        Assert.Equal(new Handover(expected, $"http-{status}"), await SendAsync(provider));
        Assert.Single(provider.Received);
        AssertNothingPersonalLogged();
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData(null, null)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    public async Task too_many_requests_is_later_after_the_time_the_provider_names(string? header, int? seconds)
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Refuses(429, retryAfter: header));
        Assert.Equal(Handover.Later("http-429", seconds is { } wait ? TimeSpan.FromSeconds(wait) : null), await SendAsync(provider));
        Assert.Single(provider.Received);
    }

    [Fact]
    public async Task a_date_to_retry_after_is_counted_from_the_providers_own_clock()
    {
        await using var provider = await ProviderStandIn.StartAsync(context =>
        {
            context.Response.Headers.Date = "Tue, 03 Mar 2026 16:00:00 GMT";
            return ProviderStandIn.Refuses(429, retryAfter: "Tue, 03 Mar 2026 16:02:30 GMT")(context);
        });
        Assert.Equal(Handover.Later("http-429", TimeSpan.FromSeconds(150)), await SendAsync(provider));
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
    }

    [Fact]
    public async Task a_warm_connection_that_breaks_is_not_repeated_either()
    {
        var asked = 0;
        await using var provider = await ProviderStandIn.StartAsync(context =>
        {
            if (++asked == 1) return ProviderStandIn.Results(202, successful: true)(context);
            context.Abort();
            return Task.CompletedTask;
        });
        var channel = Channel(provider);
        Assert.Equal(MessageStatus.Sent, (await channel.SendAsync(Message())).Status);
        Assert.Equal(MessageStatus.Unknown, (await channel.SendAsync(Message())).Status);
        Assert.Equal(2, provider.Received.Count);
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
    [InlineData("""{"value":[]}""")]
    [InlineData("{}")]
    [InlineData("""{"value":[{"to":"a","httpStatusCode":202,"successful":true},{"to":"b","httpStatusCode":202,"successful":true}]}""")]
    public async Task an_acceptance_nobody_can_read_leaves_it_unknown(string body)
    {
        await using var provider = await ProviderStandIn.StartAsync(context => ProviderStandIn.WriteAsync(context, 202, body));
        Assert.Equal(MessageStatus.Unknown, (await SendAsync(provider)).Status);
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
    [InlineData("+1-312-555-0142", Number)]
    [InlineData("+1 (312) 555.0142", Number)]
    [InlineData("312-555-0142", null)]
    [InlineData("", null)]
    [InlineData("pat@example.test", null)]
    public async Task a_number_is_asked_for_in_e164_and_what_is_none_is_not_asked_for(string address, string? asked)
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Results(202, successful: true));
        var channel = Channel(provider);
        Assert.Equal(asked is null ? new Handover(MessageStatus.Failed, "not-e164") : null, await channel.ReadyAsync(Message() with { Address = address }));
        Assert.Empty(provider.Received);
        var handover = await channel.SendAsync(Message() with { Address = address });
        Assert.Equal(asked is null ? new Handover(MessageStatus.Failed, "not-e164") : new Handover(MessageStatus.Sent), handover);
        Assert.Equal(asked is null ? [] : [asked], provider.Received.Select(each => each.Body.GetProperty("smsRecipients")[0].GetProperty("to").GetString()));
    }

    [Fact]
    public async Task a_host_that_stops_while_the_message_waits_for_its_turn_has_not_sent_it()
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Results(202, successful: true));
        var channel = Channel(provider, Settings() with { MessagesPerSecond = 0.02, LongestWait = TimeSpan.FromMinutes(1) });
        using var stopping = new CancellationTokenSource();
        Assert.Null(await channel.ReadyAsync(Message()));
        var waiting = channel.ReadyAsync(Message(), stopping.Token);
        await stopping.CancelAsync();
        Assert.Equal(Handover.Later("stopping"), await waiting);
        Assert.Empty(provider.Received);
    }

    [Fact]
    public async Task the_sdk_s_own_words_about_a_refusal_stay_inside()
    {
        await using var provider = await ProviderStandIn.StartAsync(ProviderStandIn.Refuses(400, $$"""{"error":{"code":"BadRequest","message":"cannot send '{{Words}}' to {{Number}}"} }"""));
        Assert.Equal(new Handover(MessageStatus.Failed, "http-400"), await SendAsync(provider));
        Assert.Contains("L-1:5", Assert.Single(log), StringComparison.Ordinal);
        AssertNothingPersonalLogged();
    }

    [Theory]
    [InlineData("1b9d6bcd-4007-4005-9a0d-3f5b2c1d4e6f", "BadRequest", "http-400")] // Part of a request id is no carrier's word.
    [InlineData("invented", "4007", "4007")]
    public async Task a_carriers_code_is_read_from_the_body_only(string requestId, string errorCode, string code)
    {
        await using var provider = await ProviderStandIn.StartAsync(context =>
        {
            context.Response.Headers["x-ms-request-id"] = requestId;
            return ProviderStandIn.Refuses(400, $$"""{"error":{"code":"{{errorCode}}","message":"see 7e2ddc91-4005-4007-a884-9c45135c7688"} }""")(context);
        });

        Assert.Equal(new Handover(MessageStatus.Failed, code), await SendAsync(provider));
    }

    private static SmsSettings Settings() => new() { Endpoint = new Uri("https://example.communication.azure.com"), From = "+18005550100", MessagesPerSecond = 100 };

    private static StoredMessage Message() => new(
        "L-1:5", "L-1", "B-1", new DateTimeOffset(2026, 3, 3, 16, 0, 0, TimeSpan.Zero), Core.Contact.Channel.Sms, Number, null, Words, "hash", "friendly-reminder", "en-US", 0, 1,
        MessageStatus.Reserved);

    private AcsSmsChannel Channel(ProviderStandIn provider, SmsSettings? settings = null)
    {
        var used = settings ?? Settings();
        return new AcsSmsChannel(new SmsClient(provider.ConnectionString, AcsSmsChannel.Options(used)), used, TimeProvider.System, new Noting(log));
    }

    private async Task<Handover> SendAsync(ProviderStandIn provider, SmsSettings? settings = null) => await Channel(provider, settings).SendAsync(Message());

    private void AssertNothingPersonalLogged()
    {
        Assert.NotEmpty(log);
        Assert.All(log, line =>
        {
            Assert.DoesNotContain("5550142", line, StringComparison.Ordinal);
            Assert.DoesNotContain("Example Lending", line, StringComparison.Ordinal);
        });
    }

    private sealed class Noting(List<string> lines) : ILogger<AcsSmsChannel>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add($"{formatter(state, exception)} {exception}");
    }
}

using Azure.Core;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Functions.Hosting;
using CollectionsFlows.Functions.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CollectionsFlows.Functions.Tests.Messaging;

public sealed class SmsSettingsTests
{
    private const string Endpoint = "https://example.communication.azure.com";
    private const string Trial = "endpoint=https://example.communication.azure.com/;accesskey=c2VjcmV0";

    [Theory]
    [InlineData("+18005550100")]
    [InlineData("55501")]
    [InlineData("ExampleBank")]
    [InlineData("Example 1")]
    public void a_sender_is_a_number_a_short_code_or_a_name(string from)
    {
        var settings = Read(("From", from), ("Endpoint", Endpoint))!;
        Assert.Equal((from, 200d / 60, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)), (settings.From, settings.MessagesPerSecond, settings.LongestWait, settings.Timeout));
    }

    [Theory]
    [InlineData("18005550100x")]
    [InlineData("+0123")]
    [InlineData("12345678901")]
    [InlineData("ExampleLending")]
    [InlineData("Beispiel-AG")]
    public void anything_else_is_none(string from) =>
        Assert.Contains("Sms__From: expected", Wrong(("From", from), ("Endpoint", Endpoint)), StringComparison.Ordinal);

    [Fact]
    public void everything_that_is_wrong_is_named_at_once()
    {
        var told = Wrong(("From", "?"), ("Endpoint", "http://example.communication.azure.com"), ("MessagesPerSecond", "0"), ("LongestWaitSeconds", "NaN"), ("TimeoutSeconds", "1000"));
        Assert.All(new[] { "Sms__From", "Sms__Endpoint", "Sms__MessagesPerSecond", "Sms__LongestWaitSeconds", "Sms__TimeoutSeconds" }, name => Assert.Contains(name, told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Endpoint", Trial)]
    [InlineData("Endpoint", "https://example.communication.azure.com/sms")]
    [InlineData("ConnectionString", "endpoint=http://example.communication.azure.com/;accesskey=c2VjcmV0")]
    [InlineData("ConnectionString", "accesskey=c2VjcmV0")]
    public void a_wrong_address_or_key_is_named_and_not_quoted(string name, string value)
    {
        var told = Wrong(("From", "55501"), (name, value));
        Assert.Contains($"Sms__{name}", told, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", told, StringComparison.Ordinal);
    }

    [Fact]
    public void a_key_for_trials_is_taken_and_not_shown()
    {
        var settings = Read(("From", "55501"), ("ConnectionString", Trial))!;
        Assert.Equal(Trial, settings.ConnectionString);
        Assert.DoesNotContain("c2VjcmV0", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void without_a_resource_everything_stays_in_the_outbox()
    {
        (string Name, string Value)[][] unset = [[], [("From", "55501"), ("Endpoint", " ")]];
        Assert.All(unset, settings => Assert.Equal(Outbox.All, Channels(settings)));
    }

    [Theory]
    [InlineData("Endpoint", Endpoint)]
    [InlineData("ConnectionString", Trial)]
    public async Task without_a_sender_texts_wait_and_none_counts_as_sent(string name, string value)
    {
        var channels = Channels(("From", ""), (name, value));
        Assert.Equal([Channel.Sms, Channel.Email, Channel.Letter], channels.Select(channel => channel.Channel));
        Assert.Equal([false, true, true], channels.Select(channel => channel.IsOutbox));
        Assert.Equal(Handover.Later("no-sender", TimeSpan.FromHours(1)), await channels[0].ReadyAsync(null!));
        Assert.Equal(Handover.Later("no-sender", TimeSpan.FromHours(1)), await channels[0].SendAsync(null!));
    }

    [Theory]
    [InlineData("Endpoint", Endpoint)]
    [InlineData("ConnectionString", Trial)]
    public void with_them_texts_go_to_the_provider_and_only_they(string name, string value)
    {
        var channels = Channels(("From", "55501"), (name, value));
        Assert.Equal([Channel.Sms, Channel.Email, Channel.Letter], channels.Select(channel => channel.Channel));
        Assert.Equal([false, true, true], channels.Select(channel => channel.IsOutbox));
    }

    private static string Wrong(params (string Name, string Value)[] settings) => Assert.Throws<SettingsException>(() => Read(settings)).Message;

    private static SmsSettings? Read(params (string Name, string Value)[] settings) => SmsSettings.Read(Configuration(settings));

    private static IReadOnlyList<IMessageChannel> Channels(params (string Name, string Value)[] settings) =>
        MessageChannels.Of(Configuration(settings), new NoIdentity(), new AddressKeys(new byte[32]), TimeProvider.System, NullLoggerFactory.Instance);

    private static IConfigurationRoot Configuration((string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => new KeyValuePair<string, string?>($"Sms:{each.Name}", each.Value))).Build();

    private sealed class NoIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new InvalidOperationException("nothing is sent by this test");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new InvalidOperationException("nothing is sent by this test");
    }
}

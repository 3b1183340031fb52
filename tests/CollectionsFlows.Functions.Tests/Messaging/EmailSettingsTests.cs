using Azure.Core;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Functions.Hosting;
using CollectionsFlows.Functions.Messaging;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace CollectionsFlows.Functions.Tests.Messaging;

public sealed class EmailSettingsTests
{
    private const string Endpoint = "https://example.communication.azure.com";
    private const string Trial = "endpoint=https://example.communication.azure.com/;accesskey=c2VjcmV0";
    private const string From = "letters@example.test";
    private const string ReplyTo = "service@example.test";

    [Fact]
    public void a_resource_a_sender_and_a_mailbox_for_answers_are_enough()
    {
        var settings = Read(("From", From), ("ReplyTo", ReplyTo), ("Endpoint", Endpoint))!;
        Assert.Equal((From, ReplyTo, "A message for you", 30d), (settings.From, settings.ReplyTo, settings.Subject, settings.MessagesPerMinute));
        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)), (settings.LongestWait, settings.Timeout));
    }

    [Fact]
    public void subject_and_limits_may_be_set()
    {
        var settings = Read(
            ("From", From), ("Endpoint", Endpoint), ("ReplyTo", ReplyTo), ("Subject", " A word from Example "), ("MessagesPerMinute", "2.5"), ("LongestWaitSeconds", "0"), ("TimeoutSeconds", "5"))!;
        Assert.Equal(("A word from Example", 2.5), (settings.Subject, settings.MessagesPerMinute));
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(5)), (settings.LongestWait, settings.Timeout));
    }

    [Theory]
    [InlineData("From", "Example <letters@example.test>")]
    [InlineData("From", "letters")]
    [InlineData("ReplyTo", "a@example.test, b@example.test")]
    [InlineData("Subject", "one\ntwo")]
    [InlineData("MessagesPerMinute", "0")]
    [InlineData("LongestWaitSeconds", "NaN")]
    [InlineData("TimeoutSeconds", "1000")]
    [InlineData("Endpoint", "http://example.communication.azure.com")]
    [InlineData("Endpoint", "https://example.communication.azure.com/emails")]
    [InlineData("Endpoint", Trial)]
    [InlineData("ConnectionString", "accesskey=c2VjcmV0")]
    public void what_is_wrong_is_named_and_not_quoted(string name, string value)
    {
        (string, string)[] settings = [("From", From), ("ReplyTo", ReplyTo), ("Endpoint", Endpoint), (name, value)];
        var told = Wrong([.. settings.GroupBy(each => each.Item1).Select(same => same.Last())]);
        Assert.StartsWith($"Email__{name}: expected", told, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", told, StringComparison.Ordinal);
    }

    [Fact]
    public void everything_that_is_wrong_is_named_at_once()
    {
        var told = Wrong(("From", "?"), ("Endpoint", "?"), ("ReplyTo", "?"), ("Subject", new string('x', 201)), ("MessagesPerMinute", "many"), ("TimeoutSeconds", "-1"));
        Assert.All(new[] { "From", "Endpoint", "ReplyTo", "Subject", "MessagesPerMinute", "TimeoutSeconds" }, name => Assert.Contains($"Email__{name}", told, StringComparison.Ordinal));
    }

    [Fact]
    public void a_key_for_trials_is_taken_and_not_shown()
    {
        var settings = Read(("From", From), ("ReplyTo", ReplyTo), ("ConnectionString", Trial))!;
        Assert.Equal(Trial, settings.ConnectionString);
        Assert.DoesNotContain("c2VjcmV0", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void without_a_resource_mails_stay_in_the_outbox() => Assert.Equal(Outbox.All, Channels(("From", From), ("Endpoint", " ")));

    [Theory] // OPT-OUT: a mail that nobody can answer does not leave either.
    [InlineData("Endpoint", Endpoint, "", ReplyTo)]
    [InlineData("ConnectionString", Trial, "", ReplyTo)]
    [InlineData("Endpoint", Endpoint, From, " ")]
    public async Task without_a_sender_or_a_mailbox_for_answers_mails_wait_and_none_counts_as_sent(string name, string value, string from, string replyTo)
    {
        var channels = Channels(("From", from), ("ReplyTo", replyTo), (name, value));
        Assert.Equal([(Channel.Sms, true), (Channel.Email, false), (Channel.Letter, true)], channels.Select(channel => (channel.Channel, channel.IsOutbox)));
        Assert.Equal(Handover.Later("no-sender", TimeSpan.FromHours(1)), await channels[1].ReadyAsync(null!));
        Assert.Equal(Handover.Later("no-sender", TimeSpan.FromHours(1)), await channels[1].SendAsync(null!));
    }

    [Theory]
    [InlineData("Endpoint", Endpoint)]
    [InlineData("ConnectionString", Trial)]
    public void with_them_mails_go_to_the_provider_and_only_they(string name, string value)
    {
        var channels = Channels(("From", From), ("ReplyTo", ReplyTo), (name, value));
        Assert.Equal([(Channel.Sms, true), (Channel.Email, false), (Channel.Letter, true)], channels.Select(channel => (channel.Channel, channel.IsOutbox)));
        Assert.IsType<AcsEmailChannel>(channels[1]);
    }

    private static string Wrong(params (string Name, string Value)[] settings) => Assert.Throws<SettingsException>(() => Read(settings)).Message;

    private static EmailSettings? Read(params (string Name, string Value)[] settings) => EmailSettings.Read(Configuration(settings));

    private static IReadOnlyList<IMessageChannel> Channels(params (string Name, string Value)[] settings) =>
        MessageChannels.Of(Configuration(settings), new NoIdentity(), new AddressKeys(new byte[32]), TimeProvider.System, NullLoggerFactory.Instance);

    private static IConfigurationRoot Configuration((string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => new KeyValuePair<string, string?>($"Email:{each.Name}", each.Value))).Build();

    private sealed class NoIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new InvalidOperationException("nothing is sent by this test");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new InvalidOperationException("nothing is sent by this test");
    }
}

using CollectionsFlows.Functions.Messaging;
using Microsoft.Extensions.Configuration;

namespace CollectionsFlows.Functions.Tests.Messaging;

public sealed class SmsSettingsTests
{
    [Theory]
    [InlineData("+18005550100")]
    [InlineData("55501")]
    [InlineData("ExampleBank")]
    [InlineData("Example 1")]
    public void a_sender_is_a_number_a_short_code_or_a_name(string from)
    {
        var settings = Read(("From", from), ("Endpoint", "https://example.communication.azure.com"));
        Assert.Equal((from, 200d / 60, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)), (settings.From, settings.MessagesPerSecond, settings.LongestWait, settings.Timeout));
    }

    [Theory]
    [InlineData("")]
    [InlineData("18005550100x")]
    [InlineData("+0123")]
    [InlineData("12345678901")]
    [InlineData("ExampleLending")]
    [InlineData("Beispiel-AG")]
    public void anything_else_is_none(string from) =>
        Assert.Contains("Sms:From: expected", Wrong(("From", from), ("Endpoint", "https://example.communication.azure.com")), StringComparison.Ordinal);

    [Fact]
    public void everything_that_is_wrong_is_named_at_once()
    {
        var told = Wrong(("Endpoint", "http://example.communication.azure.com"), ("MessagesPerSecond", "0"), ("LongestWaitSeconds", "NaN"), ("TimeoutSeconds", "1000"));
        Assert.All(new[] { "Sms:From", "Sms:Endpoint", "Sms:MessagesPerSecond", "Sms:LongestWaitSeconds", "Sms:TimeoutSeconds" }, name => Assert.Contains(name, told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("endpoint=https://example.communication.azure.com/;accesskey=c2VjcmV0")]
    [InlineData("https://example.communication.azure.com/sms")]
    [InlineData("")]
    public void a_key_or_a_path_is_no_endpoint_and_is_not_quoted(string endpoint)
    {
        var told = Wrong(("From", "55501"), ("Endpoint", endpoint));
        Assert.Contains("Sms:Endpoint", told, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", told, StringComparison.Ordinal);
    }

    private static string Wrong(params (string Name, string Value)[] settings) => Assert.Throws<InvalidOperationException>(() => Read(settings)).Message;

    private static SmsSettings Read(params (string Name, string Value)[] settings) => SmsSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => new KeyValuePair<string, string?>($"Sms:{each.Name}", each.Value))).Build().GetSection("Sms"));
}

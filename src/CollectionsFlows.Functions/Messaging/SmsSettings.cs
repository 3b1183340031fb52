using System.Text.RegularExpressions;
using CollectionsFlows.Functions.Hosting;
using Microsoft.Extensions.Configuration;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>How texts are sent through Azure Communication Services: by the host's identity; by key for trials only.</summary>
public sealed partial record SmsSettings
{
    private const string Section = "Sms";

    /// <summary>The resource's endpoint, e.g. <c>https://example.communication.azure.com</c>; null where a connection string names it.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Endpoint and key, for trials; null: the identity sends. A secret: it is never shown.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The sender: a number in E.164, a short code, or an alphanumeric name, which cannot receive STOP.</summary>
    public required string From { get; init; }

    /// <summary>What the sender may send, per host instance. 200 a minute is what a toll-free number is given (regulation.md, "SMS provider").</summary>
    public double MessagesPerSecond { get; init; } = 200d / 60;

    /// <summary>A message over the rate waits so long for its turn; one that would wait longer is put off.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After so long without an answer nobody knows whether the message is out.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reads <c>Sms__Endpoint</c> or <c>Sms__ConnectionString</c>, <c>Sms__From</c>, <c>Sms__MessagesPerSecond</c>, <c>Sms__LongestWaitSeconds</c>
    /// and <c>Sms__TimeoutSeconds</c>.
    /// </summary>
    /// <returns>Null where there is no resource (texts stay in the outbox), or no sender yet (texts wait).</returns>
    /// <exception cref="SettingsException">Names every setting that is wrong, and what was expected.</exception>
    public static SmsSettings? Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var read = new AcsSettings(configuration, Section);
        if (!read.HasResource || read.Text("From") is not { } from)
        {
            return null;
        }

        if (!IsSender(from))
        {
            read.Wrong("From", "a number such as +18005550100, a short code of 3 to 8 digits, or a name of up to 11 letters, digits and spaces");
        }

        var settings = new SmsSettings
        {
            Endpoint = read.Endpoint(),
            ConnectionString = read.ConnectionString(),
            From = from,
            MessagesPerSecond = read.Number("MessagesPerSecond", 200d / 60, 0.01, 1000),
            LongestWait = TimeSpan.FromSeconds(read.Number("LongestWaitSeconds", 10, 0, 60)),
            Timeout = TimeSpan.FromSeconds(read.Number("TimeoutSeconds", 30, 1, 100)),
        };
        return read.Errors.Count > 0 ? throw new SettingsException(string.Join("; ", read.Errors)) : settings;
    }

    /// <summary>Whether a resource is named, so that texts are meant to leave by it.</summary>
    public static bool HasResource(IConfiguration configuration) => new AcsSettings(configuration, Section).HasResource;

    /// <summary>Without the key.</summary>
    public override string ToString() => $"texts from {From} by {(ConnectionString is null ? "identity" : "key")}";

    private static bool IsSender(string from) => E164().IsMatch(from) || ShortCode().IsMatch(from) || (AlphanumericName().IsMatch(from) && from.Any(char.IsAsciiLetter));

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex E164();

    [GeneratedRegex(@"\A[0-9]{3,8}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShortCode();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9 ]{0,10}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AlphanumericName();
}

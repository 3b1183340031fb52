using System.Globalization;
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
        var section = configuration.GetSection(Section);
        var (address, connection, from) = (Text(section, "Endpoint"), Text(section, "ConnectionString"), Text(section, "From"));
        if (from is null || (address is null && connection is null))
        {
            return null;
        }

        var errors = new List<string>();
        if (!IsSender(from))
        {
            errors.Add("Sms__From: expected a number such as +18005550100, a short code of 3 to 8 digits, or a name of up to 11 letters, digits and spaces");
        }

        var endpoint = connection is null ? EndpointOf(address!, errors) : null;
        if (connection is not null && !TrialConnection().IsMatch(connection))
        {
            errors.Add("Sms__ConnectionString: expected endpoint=https://…;accesskey=… (for trials; in Azure set Sms__Endpoint and give the app's identity the role)");
        }

        var rate = Number(section, "MessagesPerSecond", 200d / 60, 0.01, 1000, errors);
        var wait = Number(section, "LongestWaitSeconds", 10, 0, 60, errors);
        var timeout = Number(section, "TimeoutSeconds", 30, 1, 100, errors);
        return errors.Count > 0
            ? throw new SettingsException(string.Join("; ", errors))
            : new SmsSettings
            {
                Endpoint = endpoint, ConnectionString = connection, From = from, MessagesPerSecond = rate,
                LongestWait = TimeSpan.FromSeconds(wait), Timeout = TimeSpan.FromSeconds(timeout),
            };
    }

    /// <summary>Whether a resource is named, so that texts are meant to leave by it.</summary>
    public static bool HasResource(IConfiguration configuration) =>
        configuration.GetSection(Section) is var section && (Text(section, "Endpoint") ?? Text(section, "ConnectionString")) is not null;

    /// <summary>Without the key.</summary>
    public override string ToString() => $"texts from {From} by {(ConnectionString is null ? "identity" : "key")}";

    private static string? Text(IConfigurationSection section, string name) => section[name]?.Trim() is { Length: > 0 } text ? text : null;

    private static Uri? EndpointOf(string address, List<string> errors)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out var endpoint) && endpoint.Scheme == Uri.UriSchemeHttps && endpoint.AbsolutePath == "/")
        {
            return endpoint;
        }

        errors.Add("Sms__Endpoint: expected the https address of the Communication Services resource, without a path");
        return null;
    }

    private static bool IsSender(string from) => E164().IsMatch(from) || ShortCode().IsMatch(from) || (AlphanumericName().IsMatch(from) && from.Any(char.IsAsciiLetter));

    private static double Number(IConfigurationSection section, string name, double otherwise, double least, double most, List<string> errors)
    {
        if (Text(section, name) is not { } text)
        {
            return otherwise;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(value >= least && value <= most))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"Sms__{name}: expected a number from {least} to {most}"));
        }

        return value;
    }

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex E164();

    [GeneratedRegex(@"\A[0-9]{3,8}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShortCode();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9 ]{0,10}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AlphanumericName();

    [GeneratedRegex(@"\Aendpoint=https://[^;/]+/?;accesskey=[A-Za-z0-9+/]+=*;?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TrialConnection();
}

using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>How texts are sent through Azure Communication Services. There is no key among them: the host's identity sends.</summary>
public sealed partial record SmsSettings
{
    /// <summary>The resource's endpoint, e.g. <c>https://example.communication.azure.com</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The sender: a number in E.164, a short code, or an alphanumeric name, which cannot receive STOP.</summary>
    public required string From { get; init; }

    /// <summary>What the sender may send, per host instance. 200 a minute is what a toll-free number is given (regulation.md, "SMS provider").</summary>
    public double MessagesPerSecond { get; init; } = 200d / 60;

    /// <summary>A message over the rate waits so long for its turn; one that would wait longer is put off.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After so long without an answer nobody knows whether the message is out.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads <c>Endpoint</c>, <c>From</c>, <c>MessagesPerSecond</c>, <c>LongestWaitSeconds</c> and <c>TimeoutSeconds</c> of a section.</summary>
    /// <exception cref="InvalidOperationException">Names every setting that is wrong, and what was expected.</exception>
    public static SmsSettings Read(IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var errors = new List<string>();
        var from = section["From"]?.Trim() ?? "";
        if (!IsSender(from))
        {
            errors.Add($"{section.Path}:From: expected a number such as +18005550100, a short code of 3 to 8 digits, or a name of up to 11 letters, digits and spaces");
        }

        if (!Uri.TryCreate(section["Endpoint"], UriKind.Absolute, out var endpoint) || endpoint.Scheme != Uri.UriSchemeHttps || endpoint.AbsolutePath != "/")
        {
            errors.Add($"{section.Path}:Endpoint: expected the https address of the Communication Services resource, without a path");
        }

        var rate = Number(section, "MessagesPerSecond", 200d / 60, 0.01, 1000, errors);
        var wait = Number(section, "LongestWaitSeconds", 10, 0, 60, errors);
        var timeout = Number(section, "TimeoutSeconds", 30, 1, 100, errors);
        return errors.Count == 0
            ? new SmsSettings
            {
                Endpoint = endpoint!, From = from, MessagesPerSecond = rate, LongestWait = TimeSpan.FromSeconds(wait), Timeout = TimeSpan.FromSeconds(timeout),
            }
            : throw new InvalidOperationException($"the settings for texts are wrong: {string.Join("; ", errors)}");
    }

    private static bool IsSender(string from) => E164().IsMatch(from) || ShortCode().IsMatch(from) || (AlphanumericName().IsMatch(from) && from.Any(char.IsAsciiLetter));

    private static double Number(IConfigurationSection section, string name, double otherwise, double least, double most, List<string> errors)
    {
        if (section[name] is not { Length: > 0 } text)
        {
            return otherwise;
        }

        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(value >= least && value <= most))
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{section.Path}:{name}: expected a number from {least} to {most}"));
        }

        return value;
    }

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    internal static partial Regex E164();

    [GeneratedRegex(@"\A[0-9]{3,8}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ShortCode();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9 ]{0,10}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AlphanumericName();
}

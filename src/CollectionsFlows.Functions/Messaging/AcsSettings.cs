using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>Reads what texts and e-mails need to know alike of their resource, and gathers what is wrong.</summary>
/// <param name="configuration">The host's settings.</param>
/// <param name="name">The section, e.g. <c>Sms</c>.</param>
internal sealed partial class AcsSettings(IConfiguration configuration, string name)
{
    private readonly IConfigurationSection section = configuration.GetSection(name);

    /// <summary>Every setting that is wrong, and what was expected; no value is quoted.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Whether a resource is named, so that messages are meant to leave by it.</summary>
    public bool HasResource => (Text("Endpoint") ?? Text("ConnectionString")) is not null;

    /// <summary>A setting without blanks around it; null where there is none.</summary>
    public string? Text(string setting) => section[setting]?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Notes that a setting is wrong.</summary>
    public void Wrong(string setting, string expected) => Errors.Add($"{name}__{setting}: expected {expected}");

    /// <summary>Endpoint and key, for trials; null: the identity sends.</summary>
    public string? ConnectionString()
    {
        var connection = Text("ConnectionString");
        if (connection is not null && !TrialConnection().IsMatch(connection))
        {
            Wrong("ConnectionString", $"endpoint=https://…;accesskey=… (for trials; in Azure set {name}__Endpoint and give the app's identity the role)");
        }

        return connection;
    }

    /// <summary>The resource's address; null where a connection string names it.</summary>
    public Uri? Endpoint()
    {
        if (Text("ConnectionString") is not null)
        {
            return null;
        }

        if (Uri.TryCreate(Text("Endpoint"), UriKind.Absolute, out var endpoint) && endpoint.Scheme == Uri.UriSchemeHttps && endpoint.AbsolutePath == "/")
        {
            return endpoint;
        }

        Wrong("Endpoint", "the https address of the Communication Services resource, without a path");
        return null;
    }

    /// <summary>A number within bounds.</summary>
    public double Number(string setting, double otherwise, double least, double most)
    {
        if (Text(setting) is not { } text)
        {
            return otherwise;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        Wrong(setting, string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}"));
        return otherwise;
    }

    [GeneratedRegex(@"\Aendpoint=https://[^;/]+/?;accesskey=[A-Za-z0-9+/]+=*;?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TrialConnection();
}

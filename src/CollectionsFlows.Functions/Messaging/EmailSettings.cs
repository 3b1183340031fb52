using System.Text.RegularExpressions;
using CollectionsFlows.Functions.Hosting;
using Microsoft.Extensions.Configuration;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>How e-mails are sent through Azure Communication Services: by the host's identity; by key for trials only.</summary>
public sealed partial record EmailSettings
{
    private const string Section = "Email";
    private const int LongestAddress = 254;
    private const int LongestSubject = 200;

    /// <summary>The resource's endpoint, e.g. <c>https://example.communication.azure.com</c>; null where a connection string names it.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>Endpoint and key, for trials; null: the identity sends. A secret: it is never shown.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The sender: an address of a domain that is linked to the resource. It is visible to whoever sees the mailbox, so it should not speak of debts.</summary>
    public required string From { get; init; }

    /// <summary>
    /// Where answers go, a mailbox that somebody reads: mails say that answering STOP ends them (OPT-OUT), and the sender's own address is as a rule nobody's.
    /// </summary>
    public required string ReplyTo { get; init; }

    /// <summary>The subject of mails, but of those a person wrote with a subject of its own. A subject is seen by others (a locked screen, a shared mailbox), so it tells nothing of a debt (THIRD-PARTY).</summary>
    public string Subject { get; init; } = "A message for you";

    /// <summary>What the sender may send, per host instance. 30 a minute is what a customer's own domain is given at first.</summary>
    public double MessagesPerMinute { get; init; } = 30;

    /// <summary>A message over the rate waits so long for its turn; one that would wait longer is put off.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After so long without an answer nobody knows whether the message is out.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reads <c>Email__Endpoint</c> or <c>Email__ConnectionString</c>, <c>Email__From</c>, <c>Email__ReplyTo</c>, <c>Email__Subject</c>,
    /// <c>Email__MessagesPerMinute</c>, <c>Email__LongestWaitSeconds</c> and <c>Email__TimeoutSeconds</c>.
    /// </summary>
    /// <returns>Null where there is no resource (mails stay in the outbox), or no sender or address for answers yet (mails wait).</returns>
    /// <exception cref="SettingsException">Names every setting that is wrong, and what was expected.</exception>
    public static EmailSettings? Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var read = new AcsSettings(configuration, Section);
        if (!read.HasResource || read.Text("From") is not { } from || read.Text("ReplyTo") is not { } replyTo)
        {
            return null;
        }

        var subject = read.Text("Subject");
        if (!IsAddress(from))
        {
            read.Wrong("From", "one e-mail address without a name, of a domain linked to the resource");
        }

        if (!IsAddress(replyTo))
        {
            read.Wrong("ReplyTo", "one e-mail address without a name");
        }

        if (subject is { Length: > LongestSubject } || subject?.Any(char.IsControl) == true)
        {
            read.Wrong("Subject", "one line of up to 200 characters");
        }

        var settings = new EmailSettings
        {
            Endpoint = read.Endpoint(),
            ConnectionString = read.ConnectionString(),
            From = from,
            ReplyTo = replyTo,
            MessagesPerMinute = read.Number("MessagesPerMinute", 30, 0.1, 60_000),
            LongestWait = TimeSpan.FromSeconds(read.Number("LongestWaitSeconds", 10, 0, 60)),
            Timeout = TimeSpan.FromSeconds(read.Number("TimeoutSeconds", 30, 1, 100)),
        };
        settings = subject is null ? settings : settings with { Subject = subject };
        return read.Errors.Count > 0 ? throw new SettingsException(string.Join("; ", read.Errors)) : settings;
    }

    /// <summary>Whether a resource is named, so that mails are meant to leave by it.</summary>
    public static bool HasResource(IConfiguration configuration) => new AcsSettings(configuration, Section).HasResource;

    /// <summary>Without the key.</summary>
    public override string ToString() => $"e-mails from {From} by {(ConnectionString is null ? "identity" : "key")}";

    /// <summary>Whether it is one address and nothing else: no name, no list.</summary>
    internal static bool IsAddress(string address) => address.Length <= LongestAddress && Address().IsMatch(address);

    [GeneratedRegex(@"\A[^\s\p{C}@,;:<>()\[\]\\""]+@[^\s\p{C}@,;:<>()\[\]\\"".]+(\.[^\s\p{C}@,;:<>()\[\]\\"".]+)+\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}

using Azure.Core;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Contact;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>The channels of this host: texts and e-mails through the provider where it is set up, everything else in the outbox, where people and other systems read it.</summary>
public static partial class MessageChannels
{
    /// <summary>The channels by the settings.</summary>
    /// <param name="configuration">The host's settings; see <see cref="SmsSettings.Read"/> and <see cref="EmailSettings.Read"/>.</param>
    /// <param name="identity">The host's identity.</param>
    /// <param name="keys">The store's secret, for the ids of e-mails.</param>
    /// <param name="time">The time the sender's rate is counted in: the real one, also where cases live in another.</param>
    /// <param name="loggers">For the channels.</param>
    /// <exception cref="Hosting.SettingsException">A setting is wrong.</exception>
    public static IReadOnlyList<IMessageChannel> Of(IConfiguration configuration, TokenCredential identity, AddressKeys keys, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        List<IMessageChannel> leaving = [];
        if (SmsSettings.Read(configuration) is { } texts)
        {
            leaving.Add(AcsSmsChannel.Create(texts, identity, time, loggers.CreateLogger<AcsSmsChannel>()));
        }
        else if (Waiting(SmsSettings.HasResource(configuration), "texts", "Sms__From", "Sms__Endpoint", loggers.CreateLogger<AcsSmsChannel>()))
        {
            leaving.Add(new WaitingForSender(Channel.Sms));
        }

        if (EmailSettings.Read(configuration) is { } mails)
        {
            leaving.Add(AcsEmailChannel.Create(mails, identity, new OperationIds(keys), time, loggers.CreateLogger<AcsEmailChannel>()));
        }
        else if (Waiting(EmailSettings.HasResource(configuration), "e-mails", "Email__From or Email__ReplyTo", "Email__Endpoint", loggers.CreateLogger<AcsEmailChannel>()))
        {
            leaving.Add(new WaitingForSender(Channel.Email));
        }

        return [.. Outbox.All.Select(outbox => leaving.Find(channel => channel.Channel == outbox.Channel) ?? outbox)];
    }

    /// <summary>Whether messages wait for a sender; else they stay in the outbox. Either is told once, when the host starts.</summary>
    private static bool Waiting(bool hasResource, string messages, string sender, string resource, ILogger logger)
    {
        if (hasResource)
        {
            LogWaiting(logger, messages, sender);
        }
        else
        {
            LogOutbox(logger, messages, resource);
        }

        return hasResource;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Messages} wait: {Setting} is not set")]
    private static partial void LogWaiting(ILogger logger, string messages, string setting);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Messages} stay in the outbox: {Setting} is not set")]
    private static partial void LogOutbox(ILogger logger, string messages, string setting);
}

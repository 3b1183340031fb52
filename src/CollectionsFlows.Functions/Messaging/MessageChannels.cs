using Azure.Core;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Contact;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>The channels of this host: texts through the provider where it is set up, everything else in the outbox, where people and other systems read it.</summary>
public static partial class MessageChannels
{
    /// <summary>The channels by the settings.</summary>
    /// <param name="configuration">The host's settings; see <see cref="SmsSettings.Read"/>.</param>
    /// <param name="identity">The host's identity.</param>
    /// <param name="time">The time the sender's rate is counted in: the real one, also where cases live in another.</param>
    /// <param name="loggers">For the channels.</param>
    /// <exception cref="Hosting.SettingsException">A setting is wrong.</exception>
    public static IReadOnlyList<IMessageChannel> Of(IConfiguration configuration, TokenCredential identity, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(loggers);
        if (SmsSettings.Read(configuration) is not { } settings)
        {
            if (SmsSettings.HasResource(configuration))
            {
                LogWaiting(loggers.CreateLogger<AcsSmsChannel>());
                return WithTexts(new WaitingForSender());
            }

            LogOutbox(loggers.CreateLogger<AcsSmsChannel>());
            return Outbox.All;
        }

        return WithTexts(AcsSmsChannel.Create(settings, identity, time, loggers.CreateLogger<AcsSmsChannel>()));
    }

    private static IReadOnlyList<IMessageChannel> WithTexts(IMessageChannel texts) => [texts, .. Outbox.All.Where(outbox => outbox.Channel != Channel.Sms)];

    [LoggerMessage(Level = LogLevel.Warning, Message = "texts wait: Sms__From is not set")]
    private static partial void LogWaiting(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "texts stay in the outbox: Sms__Endpoint is not set")]
    private static partial void LogOutbox(ILogger logger);
}

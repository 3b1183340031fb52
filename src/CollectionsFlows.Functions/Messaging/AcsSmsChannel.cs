using Azure;
using Azure.Communication.Sms;
using Azure.Core;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Contact;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>
/// Texts through Azure Communication Services. A message is handed over once: the client never repeats a request by itself, the command id goes
/// along as the tag, and the delivery report that comes back under it settles what an answer left open.
/// </summary>
/// <param name="client">A client with <see cref="Options"/>.</param>
/// <param name="settings">The sender and its limits.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of commands and codes, never of numbers or texts.</param>
public sealed partial class AcsSmsChannel(SmsClient client, SmsSettings settings, TimeProvider time, ILogger<AcsSmsChannel> logger) : IMessageChannel
{
    private readonly SendingRate rate = new(settings.MessagesPerSecond, settings.LongestWait, time);

    public Channel Channel => Channel.Sms;

    public bool IsOutbox => false;

    /// <summary>The channel by the settings: the identity sends unless a key is given.</summary>
    public static AcsSmsChannel Create(SmsSettings settings, TokenCredential identity, TimeProvider time, ILogger<AcsSmsChannel> logger)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var options = Options(settings);
        var client = settings.ConnectionString is { } connection ? new SmsClient(connection, options) : new SmsClient(settings.Endpoint, identity, options);
        return new AcsSmsChannel(client, settings, time, logger);
    }

    /// <summary>No retries: a request that broke may have been heard, and a message is never sent again blindly (design.md, "Commands").</summary>
    public static SmsClientOptions Options(SmsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new SmsClientOptions
        {
            Retry = { MaxRetries = 0, NetworkTimeout = settings.Timeout },
            Diagnostics = { IsLoggingContentEnabled = false },
        };
    }

    public async ValueTask<Handover> SendAsync(StoredMessage message, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Number(message.Address) is not { } number)
        {
            return Told(message, new Handover(MessageStatus.Failed, "not-e164"));
        }

        try
        {
            if (await rate.WaitAsync(cancellation) is { } queue)
            {
                return Told(message, Handover.Later("sender-rate", queue));
            }
        }
        catch (OperationCanceledException)
        {
            return Told(message, Handover.Later("stopping")); // The host goes down while the message waits for its turn: it has not left.
        }

        return Told(message, await HandOverAsync(message, number, cancellation));
    }

    private async ValueTask<Handover> HandOverAsync(StoredMessage message, string number, CancellationToken cancellation)
    {
        var options = new SmsSendOptions(enableDeliveryReport: true) { Tag = message.CommandId };
        try
        {
            var response = await client.SendAsync(settings.From, [number], message.Text, options, cancellation);
            return SmsAnswers.Of(response.Value);
        }
        catch (RequestFailedException failed)
        {
            return SmsAnswers.Of(failed);
        }
#pragma warning disable CA1031 // Timeouts, answers that are no JSON, and whatever else: it may be out, and the words of the error may quote the number.
        catch (Exception) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new Handover(MessageStatus.Unknown, "no-answer");
        }
    }

    /// <summary>The number as the provider wants it: E.164 without what people put between digits; null: it is none.</summary>
    private static string? Number(string address)
    {
        var number = string.Concat(address.Where(c => c is not (' ' or '-' or '(' or ')' or '.')));
        return SmsSettings.E164().IsMatch(number) ? number : null;
    }

    private Handover Told(StoredMessage message, Handover handover)
    {
        switch (handover.Status)
        {
            case MessageStatus.Sent:
                LogTaken(message.CommandId);
                break;
            case MessageStatus.Unknown:
                LogUnknown(message.CommandId, handover.Code);
                break;
            default:
                LogRefused(message.CommandId, handover.Status, handover.Code);
                break;
        }

        return handover;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "the message of command {CommandId} was taken")]
    private partial void LogTaken(string commandId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the message of command {CommandId} may have gone out ({Code}): its delivery report will tell, nobody sends it again")]
    private partial void LogUnknown(string commandId, string? code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the message of command {CommandId} was not taken: {Status}, {Code}")]
    private partial void LogRefused(string commandId, MessageStatus status, string? code);
}

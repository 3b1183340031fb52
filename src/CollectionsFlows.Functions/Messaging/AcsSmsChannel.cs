using Azure;
using Azure.Communication.Sms;
using Azure.Core;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Contact;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>Texts through Azure Communication Services. The command id goes along as the tag, and the delivery report comes back under it.</summary>
/// <param name="client">A client with <see cref="Options"/>.</param>
/// <param name="settings">The sender and its limits.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of commands and codes, never of numbers or texts.</param>
public sealed class AcsSmsChannel(SmsClient client, SmsSettings settings, TimeProvider time, ILogger<AcsSmsChannel> logger)
    : AcsChannel(new SendingRate(settings.MessagesPerSecond, settings.LongestWait, time), logger)
{
    public override Channel Channel => Channel.Sms;

    protected override string NoAddress => "not-e164";

    /// <summary>The channel by the settings: the identity sends unless a key is given.</summary>
    public static AcsSmsChannel Create(SmsSettings settings, TokenCredential identity, TimeProvider time, ILogger<AcsSmsChannel> logger)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var options = Options(settings);
        var client = settings.ConnectionString is { } connection ? new SmsClient(connection, options) : new SmsClient(settings.Endpoint, identity, options);
        return new AcsSmsChannel(client, settings, time, logger);
    }

    /// <summary>How the client works: each request once.</summary>
    public static SmsClientOptions Options(SmsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Once(new SmsClientOptions(), settings.Timeout);
    }

    protected override async ValueTask<Handover> AskAsync(StoredMessage message, string address, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        var options = new SmsSendOptions(enableDeliveryReport: true) { Tag = message.CommandId };
        var response = await client.SendAsync(settings.From, [address], message.Text, options, cancellation);
        return SmsAnswers.Of(response.Value);
    }

    /// <summary>The number as the provider wants it: E.164 without what people put between digits.</summary>
    protected override string? Address(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var number = string.Concat(address.Where(c => c is not (' ' or '-' or '(' or ')' or '.')));
        return SmsSettings.E164().IsMatch(number) ? number : null;
    }

    private protected override Handover Refusal(RequestFailedException failed) => SmsAnswers.Of(failed);
}

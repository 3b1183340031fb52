using Azure;
using Azure.Core;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Contact;
using Microsoft.Extensions.Logging;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>
/// Messages through Azure Communication Services, whatever their medium: each waits for its turn (<see cref="ReadyAsync"/>) and is handed over once. The delivery report that comes back under
/// an id of ours settles what an answer left open.
/// </summary>
/// <param name="rate">The sender's rate.</param>
/// <param name="logger">Told of commands and codes, never of addresses or texts.</param>
public abstract partial class AcsChannel(SendingRate rate, ILogger logger) : IMessageChannel
{
    public abstract Channel Channel { get; }

    public bool IsOutbox => false;

    /// <summary>Told of commands and codes, never of addresses or texts.</summary>
    protected ILogger Logger => logger;

    public async ValueTask<Handover?> ReadyAsync(StoredMessage message, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (Address(message.Address) is null)
        {
            return Told(message, new Handover(MessageStatus.Failed, NoAddress));
        }

        try
        {
            return await rate.WaitAsync(cancellation) is { } queue ? Told(message, Handover.Later("sender-rate", queue)) : null;
        }
        catch (OperationCanceledException)
        {
            return Told(message, Handover.Later("stopping")); // The host goes down while the message waits for its turn: it has not left.
        }
    }

    public async ValueTask<Handover> SendAsync(StoredMessage message, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var address = Address(message.Address);
        return Told(message, address is null ? new Handover(MessageStatus.Failed, NoAddress) : await HandOverAsync(message, address, cancellation));
    }

    /// <summary>What is put down where the address is none.</summary>
    protected abstract string NoAddress { get; }

    /// <summary>The address as the provider wants it; null: it is none.</summary>
    protected abstract string? Address(string address);

    /// <summary>Asks the provider, once.</summary>
    /// <exception cref="RequestFailedException">It refused, or did not answer.</exception>
    protected abstract ValueTask<Handover> AskAsync(StoredMessage message, string address, CancellationToken cancellation);

    /// <summary>What the client's exception says.</summary>
    private protected abstract Handover Refusal(RequestFailedException failed);

    /// <summary>No retries: a request that broke may have been heard, and a message is never sent again blindly (design.md, "Commands").</summary>
    private protected static TOptions Once<TOptions>(TOptions options, TimeSpan timeout)
        where TOptions : ClientOptions
    {
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = timeout;
        options.Diagnostics.IsLoggingContentEnabled = false;
        return options;
    }

    private async ValueTask<Handover> HandOverAsync(StoredMessage message, string address, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync(message, address, cancellation);
        }
        catch (RequestFailedException failed)
        {
            return Refusal(failed);
        }
#pragma warning disable CA1031 // Timeouts, answers that are no JSON, and whatever else: it may be out, and the words of the error may quote the address.
        catch (Exception) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new Handover(MessageStatus.Unknown, "no-answer");
        }
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

using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Commands;

/// <summary>Hands messages over to whoever delivers them.</summary>
public interface IMessageChannel
{
    /// <summary>The medium it serves.</summary>
    Channel Channel { get; }

    /// <summary>Whether the stored message is the delivery itself (an outbox that people or another system empty): then there is nothing that could be ambiguous.</summary>
    bool IsOutbox { get; }

    /// <summary>Asks for a message's turn, before evidence of it is written: what cannot leave now leaves no evidence that it did. Throwing means that it has no turn.</summary>
    /// <returns>Null: hand it over now. Else why it is not handed over: <see cref="MessageStatus.Later"/> or <see cref="MessageStatus.Failed"/>.</returns>
    ValueTask<Handover?> ReadyAsync(StoredMessage message, CancellationToken cancellation = default) => new((Handover?)null);

    /// <summary>Hands a reserved message over whose turn it is. Called at most once for a try of a command.</summary>
    ValueTask<Handover> SendAsync(StoredMessage message, CancellationToken cancellation = default);
}

/// <summary>What the carrier said. Throwing means the same as <see cref="MessageStatus.Unknown"/>: it may have gone out.</summary>
/// <param name="Status">Sent, failed, unknown, or <see cref="MessageStatus.Later"/>: certainly not taken, and it may be tried again.</param>
/// <param name="Code">The carrier's code when it was not sent.</param>
/// <param name="RetryAfter">When it is <see cref="MessageStatus.Later"/>: the least time to wait; null: the carrier did not say.</param>
public sealed record Handover(MessageStatus Status, string? Code = null, TimeSpan? RetryAfter = null)
{
    /// <summary>The carrier certainly did not take it, for want of room: the command waits, and the gate is asked anew then.</summary>
    public static Handover Later(string code, TimeSpan? retryAfter = null) => new(MessageStatus.Later, code, retryAfter);
}

/// <summary>The embedded host's channel: the message stays with the borrower, to be read in the console and through the API.</summary>
/// <param name="channel">The medium it stands for.</param>
public sealed class Outbox(Channel channel) : IMessageChannel
{
    public Channel Channel => channel;

    public bool IsOutbox => true;

    public ValueTask<Handover> SendAsync(StoredMessage message, CancellationToken cancellation = default) => new(new Handover(MessageStatus.Sent));

    /// <summary>An outbox for every medium that carries written messages.</summary>
    public static IReadOnlyList<IMessageChannel> All { get; } = [new Outbox(Channel.Sms), new Outbox(Channel.Email), new Outbox(Channel.Letter)];
}

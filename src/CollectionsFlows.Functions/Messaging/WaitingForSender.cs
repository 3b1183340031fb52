using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>Messages of a deployment whose resource is there and whose sender is not bought, verified or set yet: nothing leaves, so nothing may be recorded as sent. Each waits and is asked for again.</summary>
/// <param name="channel">The medium.</param>
public sealed class WaitingForSender(Channel channel) : IMessageChannel
{
    /// <summary>What a deferred message is put down to.</summary>
    public const string Code = "no-sender";

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    public Channel Channel => channel;

    public bool IsOutbox => false;

    public ValueTask<Handover?> ReadyAsync(StoredMessage message, CancellationToken cancellation = default) => new(Handover.Later(Code, Pause));

    public ValueTask<Handover> SendAsync(StoredMessage message, CancellationToken cancellation = default) => new(Handover.Later(Code, Pause));
}

using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Functions.Messaging;

/// <summary>Texts of a deployment whose resource is there and whose sender is not bought or set yet: nothing leaves, so nothing may be recorded as sent. Each waits and is asked for again.</summary>
public sealed class WaitingForSender : IMessageChannel
{
    /// <summary>What a deferred text is put down to.</summary>
    public const string Code = "no-sender";

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    public Channel Channel => Channel.Sms;

    public bool IsOutbox => false;

    public ValueTask<Handover> SendAsync(StoredMessage message, CancellationToken cancellation = default) => new(Handover.Later(Code, Pause));
}

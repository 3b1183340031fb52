namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>No e-mail to an address the employer provides, unless the consumer consented to that address or wrote from it. It counts nothing.</summary>
public sealed record WorkEmailRule : ContactRule
{
    public override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t) =>
        subject.Request is { Channel: Channel.Email, Place: Place.Work } ? Permissions.First(subject, t) : t;
}

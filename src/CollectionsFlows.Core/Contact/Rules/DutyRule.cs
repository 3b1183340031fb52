namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// A duty, limit or exemption that is not about whether a contact may be made: it never blocks one. It is in the pack so that the
/// product can list and explain it; the gate does not enforce it.
/// </summary>
public sealed record DutyRule : ContactRule
{
    /// <summary>What must be done or left, with its numbers.</summary>
    public required string Duty { get; init; }

    public override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t) => t;
}

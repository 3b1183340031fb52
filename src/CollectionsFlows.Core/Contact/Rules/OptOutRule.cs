namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// Nothing to an address or medium the borrower opted out of, from that instant on; one pure confirmation is allowed, never two.
/// A consent to the same medium given later takes an opt-out of known instant back; a flag <c>opted-out:sms</c> stands until lifted.
/// </summary>
public sealed record OptOutRule : ContactRule
{
    private static readonly string[] FlagNames = ["opted-out:sms", "opted-out:email", "opted-out:phone", "opted-out:visit", "opted-out:letter"];

    /// <summary>The flags that stand for an opt-out of a whole medium.</summary>
    public static IReadOnlyList<string> Flags => FlagNames;

    /// <summary>How many confirmations may follow an opt-out.</summary>
    public required int Confirmations { get; init; }

    public override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t)
    {
        var request = subject.Request;
        var flags = subject.Profile.Flags;
        var name = FlagNames[(int)request.Channel];
        for (var i = 0; i < flags.Count; i++)
        {
            if (flags[i].Name != name || !flags[i].IsActive(request.DebtId, t) || MayConfirm(subject, flags[i].From, null))
                continue;
            return subject.Profile.FreeOf(name, request.DebtId, t) is { } end && end > t ? NextAllowed(subject, end) : null;
        }

        var optOuts = subject.Profile.OptOuts;
        for (var i = 0; i < optOuts.Count; i++)
            if (Blocks(optOuts[i], subject, t))
                return FirstConsentAfter(subject, optOuts[i], t) is { } consent ? NextAllowed(subject, consent) : null;
        return t;
    }

    private bool Blocks(OptOut optOut, in ContactSubject subject, DateTimeOffset t) =>
        optOut.Channel == subject.Request.Channel
        && (optOut.Address is null || subject.Request.Address is null || optOut.Address == subject.Request.Address)
        && optOut.At <= t
        && !(FirstConsentAfter(subject, optOut, optOut.At) <= t)
        && !MayConfirm(subject, optOut.At, optOut.Address);

    // A consent to one address does not bring back the whole medium, only that address.
    private static DateTimeOffset? FirstConsentAfter(in ContactSubject subject, OptOut optOut, DateTimeOffset after)
    {
        DateTimeOffset? first = null;
        var consents = subject.Profile.Consents;
        for (var i = 0; i < consents.Count; i++)
        {
            var consent = consents[i];
            if (consent.Channel == optOut.Channel && (consent.Address is null || consent.Address == subject.Request.Address)
                && consent.At > after && (first is null || consent.At < first))
                first = consent.At;
        }

        return first;
    }

    // Each opt-out may be confirmed: that of a whole medium once at whichever address, that of an address there.
    private bool MayConfirm(in ContactSubject subject, DateTimeOffset since, string? address)
    {
        if (subject.Request.Purpose != Purpose.Confirmation)
            return false;
        var sent = 0;
        for (var i = 0; i < subject.History.Length; i++)
        {
            var past = subject.History[i];
            if (past.Purpose == Purpose.Confirmation && past.Direction == Direction.Outbound && past.Channel == subject.Request.Channel
                && (address is null || past.Address is null || past.Address == address) && past.At >= since && past.Outcome != ContactOutcome.Failed)
                sent++;
        }

        return sent < Confirmations;
    }
}

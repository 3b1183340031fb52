namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>Under what conditions a jurisdiction lets a third party be asked where the debtor is.</summary>
/// <param name="Jurisdiction">The jurisdiction and its parts.</param>
/// <param name="OnlyIf">Flags of which one must hold, e.g. <c>unreachable</c>; null: none needed.</param>
/// <param name="TimesPerPerson">How often one person may be asked; null: until refused.</param>
public sealed record LocationInquiry(string Jurisdiction, IReadOnlyList<string>? OnlyIf = null, int? TimesPerPerson = null);

/// <summary>
/// Nobody but the debtor, a guarantor, the attorney or the estate; a third party only to be asked for contact details, with nothing said of the
/// debt, where the jurisdiction lets it, and never again after a refusal. Counts contacts per third party's address, over all time;
/// at an unknown address nobody can tell whether it is another person, so they count as one.
/// </summary>
public sealed record ThirdPartyRule : ContactRule
{
    /// <summary>Where location may be asked for; nowhere else.</summary>
    public IReadOnlyList<LocationInquiry> Inquiries { get; init => field = value ?? []; } = [];

    public override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t)
    {
        var request = subject.Request;
        if (request.Recipient != Recipient.ThirdParty)
            return t;
        if (!request.AsksLocationOnly || request.Purpose == Purpose.Notice)
            return null;
        for (var i = 0; i < Inquiries.Count; i++)
            if (JurisdictionPack.Covers(Inquiries[i].Jurisdiction, request.Jurisdiction))
                return MayStillAsk(subject, Inquiries[i]) ? WhenNeeded(subject, Inquiries[i], t) : null;
        return null;
    }

    private static DateTimeOffset? WhenNeeded(in ContactSubject subject, LocationInquiry inquiry, DateTimeOffset t)
    {
        if (inquiry.OnlyIf is null)
            return t;
        DateTimeOffset? first = null;
        for (var i = 0; i < inquiry.OnlyIf.Count; i++)
            if (subject.Profile.FirstActive(inquiry.OnlyIf[i], subject.Request.DebtId, t) is { } active && !(active >= first))
                first = active;
        return first;
    }

    private static bool MayStillAsk(in ContactSubject subject, LocationInquiry inquiry)
    {
        var asked = 0;
        for (var i = 0; i < subject.History.Length; i++)
        {
            var past = subject.History[i];
            if (past.Direction != Direction.Outbound || past.Outcome == ContactOutcome.Failed || past.Address != subject.Request.Address)
                continue;
            if (past.Outcome == ContactOutcome.Refused)
                return false;
            asked++;
        }

        return inquiry.TimesPerPerson is not { } times || asked < times;
    }
}

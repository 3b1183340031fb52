namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>What the consumer did that permits an electronic medium: consents to it, and messages sent from the very address.</summary>
internal static class Permissions
{
    /// <summary>The first instant at or after <paramref name="t"/> by which the consumer has consented or written; null when never.</summary>
    public static DateTimeOffset? First(in ContactSubject subject, DateTimeOffset t)
    {
        DateTimeOffset? first = null;
        for (var i = 0; i < subject.Profile.Consents.Count; i++)
            if (IsFor(subject.Profile.Consents[i], subject.Request) && (first is null || subject.Profile.Consents[i].At < first))
                first = subject.Profile.Consents[i].At;
        for (var i = 0; i < subject.History.Length; i++)
            if (IsFrom(subject.History[i], subject.Request) && (first is null || subject.History[i].At < first))
                first = subject.History[i].At;
        return first is null ? null : first <= t ? t : first.Value.ToUniversalTime();
    }

    /// <summary>The newest consent or message at or before <paramref name="t"/>; null when none.</summary>
    public static DateTimeOffset? Newest(in ContactSubject subject, DateTimeOffset t)
    {
        DateTimeOffset? newest = null;
        for (var i = 0; i < subject.Profile.Consents.Count; i++)
            if (IsFor(subject.Profile.Consents[i], subject.Request) && subject.Profile.Consents[i].At is var at && at <= t && !(at <= newest))
                newest = at;
        for (var i = 0; i < subject.History.Length; i++)
            if (IsFrom(subject.History[i], subject.Request) && subject.History[i].At is var at && at <= t && !(at <= newest))
                newest = at;
        return newest;
    }

    /// <summary>The oldest consent or message after <paramref name="t"/>; null when none.</summary>
    public static DateTimeOffset? Next(in ContactSubject subject, DateTimeOffset t)
    {
        DateTimeOffset? next = null;
        for (var i = 0; i < subject.Profile.Consents.Count; i++)
            if (IsFor(subject.Profile.Consents[i], subject.Request) && subject.Profile.Consents[i].At is var at && at > t && !(at >= next))
                next = at;
        for (var i = 0; i < subject.History.Length; i++)
            if (IsFrom(subject.History[i], subject.Request) && subject.History[i].At is var at && at > t && !(at >= next))
                next = at;
        return next;
    }

    private static bool IsFor(Consent consent, ContactRequest request) =>
        consent.Channel == request.Channel && (consent.Address is null || consent.Address == request.Address);

    private static bool IsFrom(PastContact past, ContactRequest request) =>
        past.Direction == Direction.Inbound && past.Channel == request.Channel && (past.Address is null || past.Address == request.Address)
        && past.Outcome != ContactOutcome.WrongParty;
}

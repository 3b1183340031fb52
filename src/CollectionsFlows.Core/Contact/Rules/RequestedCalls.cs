namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// Calls the consumer asked for (<c>US-REGF-CONSENT-CALLS</c>): a consent on the phone permits calls from its instant, for some local days with
/// the day it was received as the first, and ends with the next conversation after it. With several zones the shortest period counts.
/// </summary>
internal static class RequestedCalls
{
    /// <summary>Whether a call that was made had been asked for; a conversation it led to is still part of it.</summary>
    public static bool WasRequested(in ContactSubject subject, PastContact call, int days)
    {
        if (days <= 0)
            return false;
        var consents = subject.Profile.Consents;
        for (var i = 0; i < consents.Count; i++)
            if (IsFor(consents[i], call.Address) && Covers(subject, consents[i], days, call.At) && !IsSpent(subject, consents[i].At, call.At))
                return true;
        return false;
    }

    /// <summary>The first instant at or after <paramref name="t"/> at which a call would be one the consumer asked for; null: none.</summary>
    public static DateTimeOffset? Next(in ContactSubject subject, DateTimeOffset t, int days)
    {
        DateTimeOffset? first = null;
        var consents = subject.Profile.Consents;
        for (var i = 0; days > 0 && i < consents.Count; i++)
        {
            var from = consents[i].At > t ? consents[i].At.ToUniversalTime() : t;
            if (IsFor(consents[i], subject.Request.Address) && Covers(subject, consents[i], days, from)
                && !IsSpent(subject, consents[i].At, from.AddTicks(1)) && !(from >= first))
                first = from;
        }

        return first;
    }

    private static bool IsFor(Consent consent, string? address) =>
        consent.Channel == Channel.Phone && (consent.Address is null || consent.Address == address);

    private static bool Covers(in ContactSubject subject, Consent consent, int days, DateTimeOffset t)
    {
        if (consent.At > t)
            return false;
        for (var i = 0; i < subject.ZoneCount; i++)
            if (t >= subject.Zone(i).EndOf(subject.Zone(i).Local(consent.At).Date.AddDays(days - 1)))
                return false;
        return true;
    }

    // Spoken to after asking and before the instant: what was asked for has been had.
    private static bool IsSpent(in ContactSubject subject, DateTimeOffset asked, DateTimeOffset before)
    {
        for (var i = 0; i < subject.History.Length; i++)
            if (subject.History[i] is { Channel: Channel.Phone, Outcome: ContactOutcome.Conversation } past && past.At > asked && past.At < before)
                return true;
        return false;
    }
}

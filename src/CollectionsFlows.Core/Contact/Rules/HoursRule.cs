using CollectionsFlows.Core.Contact.LocalTime;

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>A rule on the time of day in the borrower's zone.</summary>
/// <remarks>
/// Letters are never bound: nobody is disturbed when one is posted. Someone who writes or calls at a blocked time may be answered
/// once, in the same medium, until that blocked stretch ends (comment 6(b)(1)-2 of Regulation F, unless a pack says never). With several
/// zones each judges for itself: where it was day when they called, the night that follows is not theirs to be answered in.
/// </remarks>
public abstract record HoursRule : ContactRule
{
    /// <summary>The media bound; left out: all but letters.</summary>
    public IReadOnlyList<Channel>? Channels { get; init; }

    /// <summary>The places bound; left out: all, known or not.</summary>
    public IReadOnlyList<Place>? Places { get; init; }

    /// <summary>Takes away the one answer, in the same medium, to a contact the consumer began at a blocked time; not the confirmation of an opt-out.</summary>
    public bool NeverAnswer { get; init; }

    public sealed override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t)
    {
        if (!Applies(subject.Request))
            return t;
        var next = NextInHours(subject, t);
        return next == t || IsNoAnswer(subject.Request) || Unanswered(subject, t) is not { } asked ? next : NextOrAnswer(subject, t, asked, next);
    }

    // A schedule replies to nobody; what confirms an opt-out is owed at once, at whatever hour it was asked for (47 CFR 64.1200(a)(12)).
    private bool IsNoAnswer(ContactRequest request) => request.IsAnswer == false || (NeverAnswer && request.Purpose != Purpose.Confirmation);

    protected override bool Tightens(ContactRule other) =>
        other is HoursRule hours && Widens(Channels, hours.Channels) && Widens(Places, hours.Places) && (NeverAnswer || !hours.NeverAnswer);

    /// <summary>The first instant at or after <paramref name="t"/> inside the hours; null when there is none.</summary>
    protected abstract DateTimeOffset? NextInHours(in ContactSubject subject, DateTimeOffset t);

    /// <summary>The same for one zone alone.</summary>
    protected abstract DateTimeOffset? NextInZone(in ContactSubject subject, ZoneClock clock, DateTimeOffset t);

    /// <summary>The first instant at or after <paramref name="t"/> that is inside the hours or may be an answer.</summary>
    /// <param name="subject">The contact and what is known.</param>
    /// <param name="t">From when, in UTC; outside the hours.</param>
    /// <param name="asked">When the consumer said what is not answered yet.</param>
    /// <param name="next">The first instant inside the hours.</param>
    /// <remarks>Here for hours that hold in every zone: each is open, or is still closed as it was when the consumer asked.</remarks>
    protected virtual DateTimeOffset? NextOrAnswer(in ContactSubject subject, DateTimeOffset t, DateTimeOffset asked, DateTimeOffset? next)
    {
        for (var round = 0; round < LocalHours.RoundLimit; round++)
        {
            var from = t;
            for (var i = 0; i < subject.ZoneCount; i++)
            {
                if (IsAnswer(subject, subject.Zone(i), asked, t))
                    continue;
                if (NextInZone(subject, subject.Zone(i), t) is not { } inZone)
                    return next;
                t = inZone;
            }

            if (t == from)
                return t;
        }

        return next;
    }

    /// <summary>Whether a zone is still closed as it was when the consumer asked.</summary>
    protected bool IsAnswer(in ContactSubject subject, ZoneClock clock, DateTimeOffset asked, DateTimeOffset t)
    {
        var opened = NextInZone(subject, clock, asked);
        return opened != asked && !(opened <= t);
    }

    /// <summary>Whether the contact is bound at all.</summary>
    protected virtual bool Applies(ContactRequest request) =>
        request.Channel != Channel.Letter && Names(Channels, request.Channel) && Names(Places, request.Place);

    // The newest thing the consumer said in this medium, with nothing said back since. An older one in the same stretch gains nothing.
    private static DateTimeOffset? Unanswered(in ContactSubject subject, DateTimeOffset t)
    {
        PastContact? question = null;
        for (var i = 0; i < subject.History.Length; i++)
        {
            var past = subject.History[i];
            if (past.Direction == Direction.Inbound && past.Channel == subject.Request.Channel && past.At <= t && past.Outcome != ContactOutcome.WrongParty
                && (question is null || past.At > question.At))
                question = past;
        }

        if (question is null)
            return null;
        for (var i = 0; i < subject.History.Length; i++)
        {
            var past = subject.History[i];
            if (past.Direction == Direction.Outbound && past.Channel == question.Channel && past.At >= question.At && past.Outcome != ContactOutcome.Failed)
                return null;
        }

        return question.At.ToUniversalTime();
    }
}

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>A rule on the time of day in the borrower's zone.</summary>
/// <remarks>
/// Letters are never bound: nobody is disturbed when one is posted. Someone who writes or calls at a blocked time may be answered
/// once, in the same medium, until that blocked stretch ends (comment 6(b)(1)-2 of Regulation F, kept for every pack).
/// </remarks>
public abstract record HoursRule : ContactRule
{
    /// <summary>The media bound; left out: all but letters.</summary>
    public IReadOnlyList<Channel>? Channels { get; init; }

    /// <summary>The places bound; left out: all, known or not.</summary>
    public IReadOnlyList<Place>? Places { get; init; }

    /// <summary>Takes away the one answer, in the same medium, to a contact the consumer began at a blocked time.</summary>
    public bool NeverAnswer { get; init; }

    public sealed override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t)
    {
        if (!Applies(subject.Request))
            return t;
        var next = NextInHours(subject, t);
        return next == t || (!NeverAnswer && MayAnswer(subject, t, next)) ? t : next;
    }

    protected override bool Tightens(ContactRule other) =>
        other is HoursRule hours && Widens(Channels, hours.Channels) && Widens(Places, hours.Places) && (NeverAnswer || !hours.NeverAnswer);

    /// <summary>The first instant at or after <paramref name="t"/> inside the hours; null when there is none.</summary>
    protected abstract DateTimeOffset? NextInHours(in ContactSubject subject, DateTimeOffset t);

    /// <summary>Whether the contact is bound at all.</summary>
    protected virtual bool Applies(ContactRequest request) =>
        request.Channel != Channel.Letter && Names(Channels, request.Channel) && Names(Places, request.Place);

    // The newest thing the consumer said in this medium, in the same blocked stretch, with nothing said back since.
    private bool MayAnswer(in ContactSubject subject, DateTimeOffset t, DateTimeOffset? next)
    {
        PastContact? question = null;
        for (var i = 0; i < subject.History.Length; i++)
        {
            var past = subject.History[i];
            if (past.Direction == Direction.Inbound && past.Channel == subject.Request.Channel && past.At <= t && (question is null || past.At > question.At))
                question = past;
        }

        if (question is null || NextInHours(subject, question.At.ToUniversalTime()) != next)
            return false;
        for (var i = 0; i < subject.History.Length; i++)
        {
            var past = subject.History[i];
            if (past.Direction == Direction.Outbound && past.Channel == question.Channel && past.At >= question.At && past.Outcome != ContactOutcome.Failed)
                return false;
        }

        return true;
    }
}

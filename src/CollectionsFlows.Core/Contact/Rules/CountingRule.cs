namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// A rule that allows a number of contacts in a window. Each subtype says what counts. Entries dated after the contact count too: another
/// machine's clock may run ahead, and a reservation is as good as a contact.
/// </summary>
public abstract record CountingRule : ContactRule
{
    /// <summary>Days: a verdict is given, and can be proven, with the borrower's contacts of 400 days.</summary>
    public const int LongestWindow = 390;

    /// <summary>How many may be in the window, the one about to be made included.</summary>
    public required int Limit { get; init; }

    public required CountingWindow Window { get; init; }

    public override string? Fault => (Limit, Window) switch
    {
        ( < 0, _) => "expected a 'limit' of 0 or more",
        (_, { Length: < 1 or > LongestWindow }) => $"expected a 'window' with a 'length' of 1 to {LongestWindow} days",
        _ => null,
    };

    public sealed override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t)
    {
        if (!Applies(subject))
            return t;
        if (Limit <= 0)
            return NextExempt(subject, t);
        var start = Window.Start(subject, t);
        var counted = 0;
        for (var i = 0; i < subject.History.Length && counted < Limit; i++)
            if (subject.History[i].At >= start && Counts(subject, subject.History[i]))
                counted++;
        if (counted < Limit)
            return t;
        // The window is free again when the oldest of the newest ones, as many as the limit, has left it.
        var free = Window.End(subject, Newest(subject, start)).ToUniversalTime();
        return NextExempt(subject, t) is { } exempt && exempt < free ? exempt : free;
    }

    /// <summary>How full the window is at an instant, for people; null where the contact is not bound.</summary>
    public WindowCount? CountAt(in ContactSubject subject, DateTimeOffset t)
    {
        if (!Applies(subject))
            return null;
        var start = Window.Start(subject, t);
        var counted = 0;
        for (var i = 0; i < subject.History.Length; i++)
            if (subject.History[i].At >= start && Counts(subject, subject.History[i]))
                counted++;
        return new(counted, Limit, Window, start);
    }

    protected override bool Tightens(ContactRule other) =>
        other is CountingRule rule && Limit <= rule.Limit && Window.Unit == rule.Window.Unit && Window.Length >= rule.Window.Length && Window.WeekStart == rule.Window.WeekStart;

    /// <summary>Whether the contact about to be made is bound.</summary>
    protected abstract bool Applies(in ContactSubject subject);

    /// <summary>Whether a past contact counts, wherever it lies in time.</summary>
    protected abstract bool Counts(in ContactSubject subject, PastContact past);

    /// <summary>The first instant at or after <paramref name="t"/> at which the contact is exempt, full window or not; null: never.</summary>
    protected virtual DateTimeOffset? NextExempt(in ContactSubject subject, DateTimeOffset t) => null;

    // The instant of the Limit-th newest contact that counts.
    private DateTimeOffset Newest(in ContactSubject subject, DateTimeOffset start)
    {
        var newest = DateTimeOffset.MaxValue;
        var seen = 0;
        while (true)
        {
            // The newest instant before the last one found, and how many share it.
            var candidate = DateTimeOffset.MinValue;
            var sharing = 0;
            for (var i = 0; i < subject.History.Length; i++)
            {
                var past = subject.History[i];
                if (past.At < start || (past.At >= newest && seen > 0) || past.At < candidate || !Counts(subject, past))
                    continue;
                sharing = past.At > candidate ? 1 : sharing + 1;
                candidate = past.At;
            }

            seen += sharing;
            if (seen >= Limit || sharing == 0)
                return candidate;
            newest = candidate;
        }
    }
}

/// <summary>How full a window is.</summary>
/// <param name="Counted">The contacts in it that count; more than the limit where other rules allowed them.</param>
/// <param name="Limit">How many may be in it.</param>
/// <param name="Window">How it is measured.</param>
/// <param name="Since">The first instant that counts, UTC.</param>
public sealed record WindowCount(int Counted, int Limit, CountingWindow Window, DateTimeOffset Since);

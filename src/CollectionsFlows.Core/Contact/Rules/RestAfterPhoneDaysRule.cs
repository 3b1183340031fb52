using CollectionsFlows.Core.Contact.LocalTime;

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// After so many consecutive local days with phone contact, so many days without (<c>HOUSE-3ON-2OFF</c>, S8: D1 D2 D3, then D4 and D5 blocked,
/// D6 allowed). Counts days with an outbound call to the borrower over all debts, answered or not; not busy, not in service, wrong party or
/// certainly not made.
/// </summary>
public sealed record RestAfterPhoneDaysRule : ContactRule
{
    // One bit a day.
    private const int MostDays = 31;

    public required int RunDays { get; init; }

    public required int RestDays { get; init; }

    public override string? Fault => RunDays < 0 || RestDays < 0 || RunDays + RestDays > MostDays ? $"expected 'runDays' and 'restDays' of 0 or more, together at most {MostDays}" : null;

    protected override bool Tightens(ContactRule other) => other is RestAfterPhoneDaysRule rest && RunDays <= rest.RunDays && RestDays >= rest.RestDays;

    public override DateTimeOffset? NextAllowed(in ContactSubject subject, DateTimeOffset t)
    {
        if (subject.Request.Channel != Channel.Phone || RunDays <= 0)
            return t;
        // Each zone moves the instant to a later midnight at most; past the last call and its rest none does.
        for (var moved = true; moved;)
        {
            moved = false;
            for (var i = 0; i < subject.ZoneCount; i++)
            {
                var clock = subject.Zone(i);
                while (IsResting(subject, clock, clock.Local(t).Date))
                    (t, moved) = (clock.EndOf(clock.Local(t).Date), true);
            }
        }

        return t;
    }

    // A run that ended one to RestDays days ago.
    private bool IsResting(in ContactSubject subject, ZoneClock clock, DateTime today)
    {
        var days = PhoneDays(subject, clock, today);
        var run = (1u << RunDays) - 1;
        for (var ago = 1; ago <= RestDays; ago++)
            if (((days >> ago) & run) == run)
                return true;
        return false;
    }

    // Bit n: there was a call n days ago. The rule's days are few, so they fit.
    private uint PhoneDays(in ContactSubject subject, ZoneClock clock, DateTime today)
    {
        var bits = 0u;
        var from = clock.StartOf(today.AddDays(1 - RunDays - RestDays));
        for (var i = 0; i < subject.History.Length; i++)
        {
            var past = subject.History[i];
            if (past.Channel != Channel.Phone || past.Direction != Direction.Outbound || past.At < from
                || past.Outcome is ContactOutcome.Busy or ContactOutcome.NotInService or ContactOutcome.WrongParty or ContactOutcome.Failed)
                continue;
            var ago = (today - clock.Local(past.At).Date).Days;
            if (ago is >= 0 and < 32)
                bits |= 1u << ago;
        }

        return bits;
    }
}

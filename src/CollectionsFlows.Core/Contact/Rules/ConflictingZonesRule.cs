using CollectionsFlows.Core.Contact.LocalTime;

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>
/// Where a borrower may be in several zones, only times inside the hours in all of them (<c>US-REGF-LOCATION</c>). It blocks where the
/// zones disagree: when waiting for all of them takes longer than waiting for the first. Where they agree the hours rule speaks.
/// </summary>
public sealed record ConflictingZonesRule : HoursRule
{
    private readonly LocalHoursRule hours = null!;

    /// <summary>The hours of every day; tighten them together with those of the hours rule beside it.</summary>
    public required LocalWindow Hours
    {
        get => hours.Weekdays!;
        init => hours = new LocalHoursRule { Id = "", Title = "", Source = "", Weekdays = value, Weekends = value };
    }

    public override string? Fault => Hours.From > Hours.To ? "expected hours whose 'from' is not after 'to'" : null;

    protected override bool Tightens(ContactRule other) => base.Tightens(other) && other is ConflictingZonesRule zones && Hours.IsWithin(zones.Hours);

    protected override DateTimeOffset? NextInHours(in ContactSubject subject, DateTimeOffset t)
    {
        if (subject.ZoneCount < 2)
            return t;
        var open = new OpenHours(hours, null);
        var all = LocalHours.InEvery(subject, t, open);
        return all == t || all == LocalHours.InAny(subject, t, open) ? t : all;
    }

    protected override DateTimeOffset? NextInZone(in ContactSubject subject, ZoneClock clock, DateTimeOffset t) =>
        LocalHours.InZone(clock, t, new OpenHours(hours, null));
}

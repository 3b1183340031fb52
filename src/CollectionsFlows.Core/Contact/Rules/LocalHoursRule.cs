using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Contact.LocalTime;
using CollectionsFlows.Core.Json;

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>In which of the zones a borrower may be in the hours must hold.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<ZonesBound>))]
public enum ZonesBound
{
    /// <summary>In each of them.</summary>
    Every,

    /// <summary>In one of them; the pack has a <see cref="ConflictingZonesRule"/> for the rest.</summary>
    Any,
}

/// <summary>
/// Hours of the local day in which contact is allowed, by kind of day. Without calendars only the day of the week counts; with
/// them public holidays are a kind of their own and make-up workdays are weekdays.
/// </summary>
/// <remarks>A day whose calendar year is unknown is blocked and cited as <see cref="CalendarMissingId"/>: never "no holidays".</remarks>
public sealed record LocalHoursRule : HoursRule
{
    /// <summary>Hours Monday to Friday and on make-up workdays; null: none.</summary>
    public LocalWindow? Weekdays { get; init; }

    /// <summary>Hours on Saturdays and Sundays; null: none.</summary>
    public LocalWindow? Weekends { get; init; }

    /// <summary>Hours on public holidays; null: none. Asks for <see cref="Calendars"/>.</summary>
    public LocalWindow? Holidays { get; init; }

    /// <summary>The calendar's id for each jurisdiction, the longest that covers the borrower's counts; null: no holidays in this rule.</summary>
    public IReadOnlyDictionary<string, string>? Calendars { get; init; }

    /// <summary>Cited instead of the id when the year (or the jurisdiction) has no calendar.</summary>
    public string? CalendarMissingId { get; init; }

    /// <summary>The calendars themselves, joined when the pack is loaded.</summary>
    [JsonIgnore]
    public IReadOnlyList<KeyValuePair<string, BusinessCalendar>> JoinedCalendars { get; init; } = [];

    public ZonesBound Zones { get; init; }

    /// <summary>A flag by which the borrower agreed to contact outside the hours (<c>CN-NIGHT</c>); null: no such thing.</summary>
    public string? AgreedFlag { get; init; }

    public override bool IsUnknown(in ContactSubject subject, DateTimeOffset t) => CalendarMissingId is not null && LacksCalendar(subject, t);

    public override string CitedAs(in ContactSubject subject, DateTimeOffset t) => IsUnknown(subject, t) ? CalendarMissingId! : Id;

    public override string? Fault => (Weekdays, Weekends, Holidays) switch
    {
        _ when Calendars is { Count: > 0 } && string.IsNullOrWhiteSpace(CalendarMissingId) => "expected 'calendarMissingId': the id to cite where a year has no calendar",
        _ when Calendars is null && Holidays is not null => "'holidays' asks for 'calendars'",
        _ => IsReversed(Weekdays) || IsReversed(Weekends) || IsReversed(Holidays) ? "expected hours whose 'from' is not after 'to'" : null,
    };

    protected override bool Tightens(ContactRule other) =>
        base.Tightens(other) && other is LocalHoursRule hours
        && IsWithin(Weekdays, hours.Weekdays) && IsWithin(Weekends, hours.Weekends) && IsWithin(Holidays, hours.Holidays)
        && (hours.Calendars is null ? Calendars is null || Holidays is null : Calendars is not null && hours.Calendars.All(pair => Calendars.Contains(pair)))
        && (Zones == ZonesBound.Every || hours.Zones == ZonesBound.Any) && (AgreedFlag is null || AgreedFlag == hours.AgreedFlag);

    protected override DateTimeOffset? NextInHours(in ContactSubject subject, DateTimeOffset t)
    {
        var hours = new OpenHours(this, Calendar(subject.Request.Jurisdiction));
        return OrAgreed(subject, t, Zones == ZonesBound.Every ? LocalHours.InEvery(subject, t, hours) : LocalHours.InAny(subject, t, hours));
    }

    protected override DateTimeOffset? NextInZone(in ContactSubject subject, ZoneClock clock, DateTimeOffset t) =>
        OrAgreed(subject, t, LocalHours.InZone(clock, t, new OpenHours(this, Calendar(subject.Request.Jurisdiction))));

    // Outside hours that hold in any zone all are closed, until the first opens: it is an answer in each of them or in none that opens later.
    protected override DateTimeOffset? NextOrAnswer(in ContactSubject subject, DateTimeOffset t, DateTimeOffset asked, DateTimeOffset? next)
    {
        if (Zones == ZonesBound.Every)
            return base.NextOrAnswer(subject, t, asked, next);
        for (var i = 0; i < subject.ZoneCount; i++)
            if (!IsAnswer(subject, subject.Zone(i), asked, t))
                return next;
        return t;
    }

    private DateTimeOffset? OrAgreed(in ContactSubject subject, DateTimeOffset t, DateTimeOffset? next)
    {
        if (next == t || AgreedFlag is null)
            return next;
        var agreed = subject.Profile.FirstActive(AgreedFlag, subject.Request.DebtId, t);
        return agreed is not null && !(next < agreed) ? agreed : next;
    }

    private static bool IsReversed(LocalWindow? hours) => hours is not null && hours.From > hours.To;

    private static bool IsWithin(LocalWindow? mine, LocalWindow? other) => mine is null || mine.IsWithin(other);

    /// <summary>The calendar that counts for a borrower of a jurisdiction; null: there is none.</summary>
    public BusinessCalendar? Calendar(string jurisdiction)
    {
        BusinessCalendar? best = null;
        var length = 0;
        for (var i = 0; i < JoinedCalendars.Count; i++)
            if (JoinedCalendars[i].Key.Length > length && JurisdictionPack.Covers(JoinedCalendars[i].Key, jurisdiction))
                (best, length) = (JoinedCalendars[i].Value, JoinedCalendars[i].Key.Length);
        return best;
    }

    // The calendar is missing where the search runs into an unknown year: now, or where the next allowed day would be.
    private bool LacksCalendar(in ContactSubject subject, DateTimeOffset t)
    {
        var calendar = Calendar(subject.Request.Jurisdiction);
        if (Calendars is null)
            return false;
        for (var i = 0; i < subject.ZoneCount; i++)
            if (calendar?.Kind(subject.Zone(i).Local(t)) is null || new OpenHours(this, calendar).Next(subject.Zone(i).Local(t)) is null)
                return true;
        return false;
    }
}

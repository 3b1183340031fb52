using CollectionsFlows.Core.Contact.LocalTime;

namespace CollectionsFlows.Core.Contact.Rules;

/// <summary>Where another pack's rule speaks instead, so that one wish is not cited twice.</summary>
/// <param name="Jurisdiction">The jurisdiction and its parts.</param>
/// <param name="Role">Whom the other rule binds.</param>
public sealed record LeftTo(string Jurisdiction, BoundRole Role = BoundRole.Both);

/// <summary>
/// Times, media and places the borrower named as inconvenient are blocked, in every zone the borrower may be in. Letters are bound only
/// by a wish that names letters.
/// </summary>
public sealed record PreferencesRule : HoursRule
{
    /// <summary>Where another rule of this kind binds and is cited in its place.</summary>
    public IReadOnlyList<LeftTo> LeavesTo { get; init => field = value ?? []; } = [];

    protected override bool Applies(ContactRequest request)
    {
        for (var i = 0; i < LeavesTo.Count; i++)
        {
            var (jurisdiction, role) = LeavesTo[i];
            var bound = role == BoundRole.Both || (role == BoundRole.Collector) == (request.CreditorRole == Loans.CreditorRole.Collector);
            if (bound && JurisdictionPack.Covers(jurisdiction, request.Jurisdiction))
                return false;
        }

        return Names(Channels, request.Channel) && Names(Places, request.Place);
    }

    protected override DateTimeOffset? NextInHours(in ContactSubject subject, DateTimeOffset t) =>
        subject.Profile.Preferences.Count == 0 ? t : LocalHours.InEvery(subject, t, new OpenPreferences(subject.Profile.Preferences, subject.Request));

    protected override DateTimeOffset? NextInZone(in ContactSubject subject, ZoneClock clock, DateTimeOffset t) =>
        LocalHours.InZone(clock, t, new OpenPreferences(subject.Profile.Preferences, subject.Request));
}

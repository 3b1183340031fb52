namespace CollectionsFlows.Core.Contact.LocalTime;

/// <summary>The part of a local day in which contact is allowed, within one day.</summary>
/// <param name="From">Allowed from here, inside.</param>
/// <param name="To">Allowed until here.</param>
/// <param name="ToInside">
/// Whether <paramref name="To"/> itself, to the tick, is allowed. A rule that says "not after 21:00" allows 21:00:00; one that
/// says "nothing 22:00-08:00" does not allow 22:00:00.
/// </param>
public sealed record LocalWindow(TimeOnly From, TimeOnly To, bool ToInside = true)
{
    /// <summary>Whether a time of day lies inside.</summary>
    public bool Contains(TimeSpan timeOfDay) =>
        timeOfDay.Ticks >= From.Ticks && (timeOfDay.Ticks < To.Ticks || (ToInside && timeOfDay.Ticks == To.Ticks));

    /// <summary>Whether every time inside lies inside <paramref name="other"/> too.</summary>
    public bool IsWithin(LocalWindow? other) =>
        other is not null && From >= other.From && (To < other.To || (To == other.To && (other.ToInside || !ToInside)));
}

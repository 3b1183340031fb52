using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>The local day a question is about, and the instant in it.</summary>
/// <param name="At">The instant: as asked; for a day its last when it is over, now when it is today, its first when it is to come.</param>
/// <param name="From">The first instant of the day in all of the borrower's zones.</param>
/// <param name="To">The first instant after it; now where it is not over, and then inside.</param>
/// <param name="IsDayOver">Whether the whole day lies before now.</param>
/// <param name="IsOver">Whether the instant lies before now: only the record can answer.</param>
/// <param name="IsToCome">Whether it lies after now: only the gate can answer.</param>
internal sealed record WhySpan(DateTimeOffset At, DateTimeOffset From, DateTimeOffset To, bool IsDayOver, bool IsOver, bool IsToCome)
{
    /// <summary>Whether an instant of the record lies in the day.</summary>
    public bool Holds(DateTimeOffset instant) => instant >= From && !IsAfter(instant);

    /// <summary>Whether it lies after the day.</summary>
    public bool IsAfter(DateTimeOffset instant) => IsDayOver ? instant >= To : instant > To;

    public static WhySpan Of(WhyRequest asked, BorrowerClock clock, DateTimeOffset now)
    {
        var day = asked.On ?? clock.DateAt(asked.At ?? now);
        var (from, next) = (clock.StartOf(day), clock.StartOf(day.AddDays(1)));
        var at = asked.At ?? (asked.On is null || (from <= now && now < next) ? now : next <= now ? next.AddTicks(-1) : from);
        return new(at, from, next <= now ? next : now, next <= now, at < now, at > now);
    }
}

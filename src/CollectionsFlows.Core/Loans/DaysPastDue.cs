namespace CollectionsFlows.Core.Loans;

/// <summary>Days past due: business date − due date − paused days between them (Apache Fineract's convention).</summary>
/// <remarks>A day d is paused when <c>From ≤ d &lt; Until</c> of any pause; days in several pauses count once.</remarks>
public static class DaysPastDue
{
    /// <summary>Days past due of an instalment that is unpaid on <paramref name="on"/>; zero on the due date and before.</summary>
    public static int Of(DateOnly dueOn, DateOnly on, IReadOnlyList<Pause> pauses) => Of(dueOn, on, PauseCalendar.Of(pauses));

    /// <summary>The first day on which an instalment unpaid since <paramref name="dueOn"/> is <paramref name="daysPastDue"/> days past due (at least 1); null while a pause has no end.</summary>
    /// <remarks>Also null where that day would lie beyond <see cref="DateOnly.MaxValue"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="daysPastDue"/> is less than 1.</exception>
    public static DateOnly? Reaches(DateOnly dueOn, int daysPastDue, IReadOnlyList<Pause> pauses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(daysPastDue, 1);
        return PauseCalendar.Of(pauses).DayOfCount(dueOn.DayNumber, daysPastDue) is { } day ? DateOnly.FromDayNumber(day) : null;
    }

    internal static int Of(DateOnly dueOn, DateOnly on, PauseCalendar pauses) => pauses.CountedDays(dueOn.DayNumber, on.DayNumber);
}

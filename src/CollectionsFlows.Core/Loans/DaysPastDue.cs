namespace CollectionsFlows.Core.Loans;

/// <summary>Days past due: business date − due date − paused days between them (Apache Fineract's convention).</summary>
public static class DaysPastDue
{
    /// <summary>Days past due of an instalment that is unpaid on <paramref name="on"/>; zero on the due date and before.</summary>
    public static int Of(DateOnly dueOn, DateOnly on, IReadOnlyList<Pause> pauses) => throw new NotSupportedException();

    /// <summary>The first day on which an instalment unpaid since <paramref name="dueOn"/> is <paramref name="daysPastDue"/> days past due (at least 1); null while a pause has no end.</summary>
    public static DateOnly? Reaches(DateOnly dueOn, int daysPastDue, IReadOnlyList<Pause> pauses) => throw new NotSupportedException();
}

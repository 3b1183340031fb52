using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>One month of a loan, from the day something falls due to the day before the next does.</summary>
/// <param name="Opens">The due date, or its monthly return after the last.</param>
/// <param name="Closes">The last day.</param>
/// <param name="Instalment">Index of the instalment that falls due; null after the last.</param>
/// <param name="BehindBefore">Instalments unpaid on the eve.</param>
/// <param name="BehindAfter">Instalments unpaid at the end of <paramref name="Closes"/>.</param>
internal sealed record PathMonth(DateOnly Opens, DateOnly Closes, int? Instalment, int BehindBefore, int BehindAfter)
{
    /// <summary>Instalments paid in the month; none makes the debt a month older.</summary>
    public int Pays => BehindBefore + (Instalment is null ? 0 : 1) - BehindAfter;
}

/// <summary>How far behind a loan is month after month: drawn from the measured transitions before any amount is thought of.</summary>
internal static class PaymentPath
{
    private const int MostBehind = PaymentFigures.States - 1;

    /// <summary>The months from the first due date in the window to the window's end, or until all is paid.</summary>
    public static IEnumerable<PathMonth> Of(LoanTerms terms, DateOnly from, DateOnly until, PaymentFigures figures, SeededStream draw)
    {
        var schedule = terms.Instalments;
        var next = schedule.TakeWhile(instalment => instalment.DueOn < from).Count();
        var behind = next;
        for (; next < schedule.Count && schedule[next].DueOn <= until; next++)
        {
            var closes = next + 1 < schedule.Count ? schedule[next + 1].DueOn.AddDays(-1) : EndOf(schedule[next].DueOn, 1);
            var after = Followed(behind, figures, draw);
            yield return new(schedule[next].DueOn, closes, next, behind, after);
            behind = after;
        }

        if (next < schedule.Count) yield break;
        foreach (var month in AfterTheLast(schedule[^1].DueOn, behind, until, figures, draw)) yield return month;
    }

    /// <summary>Instalments unpaid a month later, when one more has fallen due.</summary>
    private static int Followed(int behind, PaymentFigures figures, SeededStream draw)
    {
        var state = Math.Min(behind, MostBehind);
        var drawn = draw.Weighted(figures.Transitions[state]);
        // "Three or more" hides whether another payment was missed: the payments themselves tell.
        if (drawn != MostBehind || state != MostBehind) return drawn;
        var stayed = figures.FallingFurtherBehind[MostBehind];
        return draw.Weighted([stayed.Months - stayed.PaidNothing, stayed.PaidNothing]) == 0 ? behind : behind + 1;
    }

    /// <summary>Nothing more falls due, so that only a smaller number behind means a payment; the debt's age in months decides its chances.</summary>
    private static IEnumerable<PathMonth> AfterTheLast(DateOnly lastDue, int behind, DateOnly until, PaymentFigures figures, SeededStream draw)
    {
        var age = behind;
        for (var month = 1; behind > 0; month++)
        {
            var opens = lastDue.AddMonths(month);
            if (opens > until) yield break;
            var after = Math.Min(behind, draw.Weighted(figures.Transitions[Math.Min(age, MostBehind)]));
            yield return new(opens, EndOf(lastDue, month + 1), null, behind, after);
            age = after == behind ? age + 1 : after;
            behind = after;
        }
    }

    private static DateOnly EndOf(DateOnly lastDue, int months) => lastDue.AddMonths(months).AddDays(-1);
}

namespace CollectionsFlows.Core.Loans;

/// <summary>What penalty interest is computed with: the same for every instalment of a loan.</summary>
internal sealed record PenaltyTerms(decimal AnnualRate, int DaysInYear, PenaltyBase Base, Currency Currency, PauseCalendar Pauses)
{
}

/// <summary>Penalty interest of one instalment: simple, daily, from the day after the due date, paused days left out.</summary>
/// <remarks>
/// Kept as Σ unpaid × days, which is exact, so that it is rounded once, when it is read, however many balance
/// changes lie in between. It never falls; what was paid of it can therefore never exceed it.
/// </remarks>
internal struct PenaltyAccrual(DateOnly dueOn)
{
    private decimal unpaidDays;
    private int countedTo = dueOn.DayNumber;

    /// <summary>Accrues up to and including <paramref name="day"/> on an amount unpaid since the last call.</summary>
    public void AdvanceTo(DateOnly day, decimal unpaid, PauseCalendar pauses)
    {
        if (day.DayNumber <= countedTo)
        {
            return;
        }

        unpaidDays += unpaid * pauses.CountedDays(countedTo, day.DayNumber);
        countedTo = day.DayNumber;
    }

    /// <summary>Everything accrued so far, half-even at the currency's minor unit.</summary>
    public readonly decimal Accrued(PenaltyTerms terms) => terms.Currency.Round(unpaidDays * terms.AnnualRate / terms.DaysInYear);
}

namespace CollectionsFlows.Core.Loans;

/// <summary>One instalment while payments are replayed: what is due of it by now and what was paid.</summary>
internal sealed class InstalmentLedger
{
    private readonly Instalment scheduled;
    private readonly PenaltyTerms penaltyTerms;
    private ComponentAmounts due;
    private ComponentAmounts paid = ComponentAmounts.Zero;
    private PenaltyAccrual penalty;

    /// <summary>Penalty was accrued since it was last rounded: most days nobody asks for the amount, and rounding costs most.</summary>
    private bool penaltyIsStale;

    public InstalmentLedger(Instalment scheduled, PenaltyTerms penaltyTerms)
    {
        this.scheduled = scheduled;
        this.penaltyTerms = penaltyTerms;
        due = ComponentAmounts.Of(scheduled);
        penalty = new(scheduled.DueOn);
        IsSettled = due.Total == 0m;
        SettledOn = IsSettled ? scheduled.DueOn : null;
    }

    public DateOnly DueOn => scheduled.DueOn;

    /// <summary>Contract interest of the schedule, whatever was paid or waived of it.</summary>
    public decimal ScheduledInterest => scheduled.InterestDue;

    /// <summary>Nothing is left to pay. Final: with nothing unpaid no penalty can accrue.</summary>
    public bool IsSettled { get; private set; }

    /// <summary>The value date that settled it; its due date if there was never anything to pay.</summary>
    public DateOnly? SettledOn { get; private set; }

    public decimal PaidOf(Component component) => paid[component];

    public decimal Outstanding(Component component)
    {
        RoundPenalty();
        return due[component] - paid[component];
    }

    public ComponentAmounts Outstanding()
    {
        RoundPenalty();
        return due - paid;
    }

    /// <summary>Brings the penalty interest up to and including <paramref name="day"/>.</summary>
    public void AccrueTo(DateOnly day)
    {
        var unpaid = due[Component.Principal] - paid[Component.Principal];
        if (penaltyTerms.Base == PenaltyBase.PrincipalAndInterest)
        {
            unpaid += due[Component.Interest] - paid[Component.Interest];
        }

        penalty.AdvanceTo(day, unpaid, penaltyTerms.Pauses);
        penaltyIsStale = true;
    }

    /// <summary>Uses as much of <paramref name="available"/> as the component needs, and says how much that was.</summary>
    public decimal Pay(Component component, decimal available)
    {
        var used = Math.Min(available, Outstanding(component));
        paid[component] += used;
        return used;
    }

    /// <summary>Waives contract interest that is still unpaid.</summary>
    public void WaiveInterest(decimal amount) => due[Component.Interest] -= amount;

    /// <summary>Notes, after a payment valued on <paramref name="day"/>, whether anything is left to pay.</summary>
    public void SettleIfPaid(DateOnly day)
    {
        if (!IsSettled && due[Component.Principal] == paid[Component.Principal] && Outstanding().Total == 0m)
        {
            IsSettled = true;
            SettledOn = day;
        }
    }

    public InstalmentPosition Position(DateOnly asOf, PauseCalendar pauses) => new(
        scheduled.Number,
        DueOn,
        IsSettled ? Breakdown.Zero : Outstanding().ToBreakdown(),
        paid.ToBreakdown(),
        IsSettled ? 0 : Loans.DaysPastDue.Of(DueOn, asOf, pauses),
        SettledOn <= asOf ? SettledOn : null);

    private void RoundPenalty()
    {
        if (penaltyIsStale)
        {
            due[Component.Penalty] = penalty.Accrued(penaltyTerms);
            penaltyIsStale = false;
        }
    }
}

namespace CollectionsFlows.Core.Loans;

/// <summary>One instalment while payments are replayed: what is due of it by now and what was paid.</summary>
internal sealed class InstalmentLedger
{
    private readonly Instalment scheduled;
    private ComponentAmounts due;
    private ComponentAmounts paid = ComponentAmounts.Zero;
    private PenaltyAccrual penalty;

    public InstalmentLedger(Instalment scheduled)
    {
        this.scheduled = scheduled;
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

    public decimal Outstanding(Component component) => due[component] - paid[component];

    public ComponentAmounts Outstanding() => due - paid;

    /// <summary>Brings the penalty interest up to and including <paramref name="day"/>.</summary>
    public void AccrueTo(DateOnly day, PenaltyTerms terms)
    {
        var unpaid = Outstanding(Component.Principal);
        if (terms.Base == PenaltyBase.PrincipalAndInterest)
        {
            unpaid += Outstanding(Component.Interest);
        }

        penalty.AdvanceTo(day, unpaid, terms.Pauses);
        due[Component.Penalty] = penalty.Accrued(terms);
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
        if (!IsSettled && Outstanding().Total == 0m)
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
}

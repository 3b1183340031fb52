namespace CollectionsFlows.Core.Loans;

/// <summary>Runs one payment down a waterfall: past-due instalments, then due ones, then those in advance; oldest first in each.</summary>
internal ref struct WaterfallRun
{
    private static readonly Component[] DefaultOrder = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal];

    private readonly ReadOnlySpan<InstalmentLedger> open;
    private readonly ReadOnlySpan<Component> order;
    private readonly AllocationDirection direction;
    private ComponentAmounts allocated;

    private WaterfallRun(ReadOnlySpan<InstalmentLedger> open, Waterfall waterfall, decimal amount)
    {
        this.open = open;
        order = Complete(waterfall.Order);
        direction = waterfall.Direction;
        allocated = ComponentAmounts.Zero;
        Left = amount;
    }

    /// <summary>What no instalment needed.</summary>
    public decimal Left { get; private set; }

    public readonly Breakdown Allocated => allocated.ToBreakdown();

    /// <param name="open">The instalments in order of due date.</param>
    /// <param name="waterfall">The order.</param>
    /// <param name="amount">The payment's amount.</param>
    /// <param name="valueOn">Its value date, which tells past-due, due and advance apart.</param>
    public static WaterfallRun Of(ReadOnlySpan<InstalmentLedger> open, Waterfall waterfall, decimal amount, DateOnly valueOn)
    {
        var run = new WaterfallRun(open, waterfall, amount);
        var pastDue = CountUntil(open, valueOn.DayNumber);
        var dueOrPastDue = CountUntil(open, valueOn.DayNumber + 1);
        run.Group(..pastDue);
        run.Group(pastDue..dueOrPastDue);
        run.Group(dueOrPastDue..);
        return run;
    }

    private static int CountUntil(ReadOnlySpan<InstalmentLedger> open, int day)
    {
        var count = 0;
        while (count < open.Length && open[count].DueOn.DayNumber < day)
        {
            count++;
        }

        return count;
    }

    /// <summary>Components an order leaves out come last, so that credit never exists while anything is owed.</summary>
    private static Component[] Complete(IReadOnlyList<Component> order)
    {
        var complete = new Component[DefaultOrder.Length];
        var count = 0;
        for (var index = 0; index < order.Count + DefaultOrder.Length && count < complete.Length; index++)
        {
            var component = index < order.Count ? order[index] : DefaultOrder[index - order.Count];
            if (!complete.AsSpan(0, count).Contains(component))
            {
                complete[count++] = component;
            }
        }

        return complete;
    }

    private void Group(Range range)
    {
        var group = open[range];
        if (direction == AllocationDirection.InstalmentFirst)
        {
            foreach (var instalment in group)
            {
                foreach (var component in order)
                {
                    Pay(instalment, component);
                }
            }
        }
        else
        {
            foreach (var component in order)
            {
                foreach (var instalment in group)
                {
                    Pay(instalment, component);
                }
            }
        }
    }

    private void Pay(InstalmentLedger instalment, Component component)
    {
        if (Left > 0m)
        {
            var used = instalment.Pay(component, Left);
            allocated[component] += used;
            Left -= used;
        }
    }
}

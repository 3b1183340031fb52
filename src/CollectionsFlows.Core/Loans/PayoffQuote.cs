namespace CollectionsFlows.Core.Loans;

/// <summary>What settles a loan on a day, and the interest that paying it then does not have to earn.</summary>
/// <remarks>
/// Interest of an instalment is earned evenly over its period, the days from the due date before it to its own.
/// The first instalment's period is taken to be as long as the second's; without a second one all of it counts as earned.
/// Interest that was paid in advance beyond what is earned stays paid: it is neither given back nor set off against anything else.
/// </remarks>
internal static class PayoffQuote
{
    /// <summary>The quote on a day to which the replay has accrued.</summary>
    public static Payoff Of(PaymentReplay replay, AccountRules rules, DateOnly on)
    {
        var due = ComponentAmounts.Zero;
        var rebated = 0m;
        var instalments = replay.Instalments;
        for (var index = 0; index < instalments.Count; index++)
        {
            if (instalments[index].IsSettled)
            {
                continue;
            }

            due += instalments[index].Outstanding();
            if (rules.RebateUnearnedInterest)
            {
                rebated += Unearned(replay, index, on);
            }
        }

        due[Component.Interest] -= rebated;
        return new(on, due.ToBreakdown(), rebated, replay.Credit);
    }

    public static void WaiveUnearnedInterest(PaymentReplay replay, DateOnly on)
    {
        for (var index = 0; index < replay.Instalments.Count; index++)
        {
            replay.Instalments[index].WaiveInterest(Unearned(replay, index, on));
        }
    }

    /// <summary>Unpaid interest of one instalment that is not earned by the end of the day.</summary>
    private static decimal Unearned(PaymentReplay replay, int index, DateOnly on)
    {
        var instalment = replay.Instalments[index];
        var outstanding = instalment.Outstanding(Component.Interest);
        if (instalment.DueOn <= on || outstanding == 0m)
        {
            return 0m;
        }

        var earnedUnpaid = Math.Max(0m, Earned(replay, index, on) - instalment.PaidOf(Component.Interest));
        return Math.Max(0m, outstanding - earnedUnpaid);
    }

    private static decimal Earned(PaymentReplay replay, int index, DateOnly on)
    {
        var instalments = replay.Instalments;
        var interest = instalments[index].ScheduledInterest;
        var dueOn = instalments[index].DueOn.DayNumber;
        var next = index == 0 ? 1 : index;
        var periodDays = next < instalments.Count ? instalments[next].DueOn.DayNumber - instalments[next - 1].DueOn.DayNumber : 0;
        if (periodDays == 0)
        {
            // A period without days has nothing to spread interest over: the first instalment's is earned at once,
            // a later one's (due on the same day as its predecessor) not before that day.
            return index == 0 ? interest : 0m;
        }

        var elapsed = Math.Clamp(on.DayNumber - (dueOn - periodDays), 0, periodDays);
        return replay.Currency.Round(interest * elapsed / periodDays);
    }
}

namespace CollectionsFlows.Core.Loans;

/// <summary>Replays a loan's payments in the order of their value dates, from the schedule on.</summary>
/// <remarks>
/// Balances are never carried over from one call to the next: a late, repeated or reversed payment changes the set of
/// payments and thereby the whole replay, so that any order of arrival ends in the same balances.
/// A payment leaves credit only when nothing is owed any more, so credit never waits for something to pay.
/// </remarks>
internal sealed class PaymentReplay
{
    private readonly AccountRules rules;
    private readonly PenaltyTerms penaltyTerms;
    private readonly DateOnly? writtenOffOn;
    private readonly InstalmentLedger[] instalments;
    private readonly List<PaymentAllocation> allocations = [];

    /// <summary>Index of the oldest instalment that is not settled.</summary>
    private int oldestOpen;

    private PaymentReplay(LoanTerms terms, AccountRules rules, IReadOnlyList<Pause> pauses, DateOnly? writtenOffOn)
    {
        this.rules = rules;
        this.writtenOffOn = writtenOffOn;
        Pauses = PauseCalendar.Of(pauses);
        penaltyTerms = new(terms.PenaltyAnnualRate, rules.PenaltyDaysInYear, rules.PenaltyBase, terms.Currency, PauseCalendar.OfInterest(pauses));
        instalments = Ledgers(terms, penaltyTerms);
        Currency = terms.Currency;
        SkipSettled();
        PaidOffOn = Open.IsEmpty ? instalments[^1].DueOn : null;
    }

    public Currency Currency { get; }

    public PauseCalendar Pauses { get; }

    public IReadOnlyList<InstalmentLedger> Instalments => instalments;

    public IReadOnlyList<PaymentAllocation> Allocations => allocations;

    public decimal Paid { get; private set; }

    public decimal Credit { get; private set; }

    /// <summary>The value date of the payment that settled everything; the last due date if there was never anything to pay.</summary>
    public DateOnly? PaidOffOn { get; private set; }

    /// <summary>The instalments from the oldest unsettled one on, in order of due date.</summary>
    public ReadOnlySpan<InstalmentLedger> Open => instalments.AsSpan(oldestOpen);

    /// <summary>The account at the end of <paramref name="asOf"/>.</summary>
    /// <exception cref="ArgumentException">The schedule is empty or out of order, or a payment is not more than zero.</exception>
    public static PaymentReplay Run(
        LoanTerms terms, AccountRules rules, IReadOnlyList<Payment> payments, IReadOnlyList<Pause> pauses, DateOnly? writtenOffOn, DateOnly asOf)
    {
        var replay = new PaymentReplay(terms, rules, pauses, writtenOffOn);
        foreach (var payment in InOrder(payments, asOf))
        {
            replay.Apply(payment);
        }

        replay.AccrueTo(asOf);
        return replay;
    }

    /// <summary>Days past due of the oldest unpaid instalment on a day that no later payment has been applied for.</summary>
    public int LoanDaysPastDue(DateOnly on) => Open is [var oldest, ..] ? DaysPastDue.Of(oldest.DueOn, on, Pauses) : 0;

    private static InstalmentLedger[] Ledgers(LoanTerms terms, PenaltyTerms penaltyTerms)
    {
        var schedule = terms.Instalments;
        if (schedule.Count == 0)
        {
            throw new ArgumentException($"loan {terms.LoanId} has no instalments", nameof(terms));
        }

        var ledgers = new InstalmentLedger[schedule.Count];
        for (var index = 0; index < ledgers.Length; index++)
        {
            if (index > 0 && schedule[index].DueOn < schedule[index - 1].DueOn)
            {
                throw new ArgumentException($"loan {terms.LoanId}: instalment {schedule[index].Number} is due before the one that precedes it", nameof(terms));
            }

            ledgers[index] = new(schedule[index], penaltyTerms);
        }

        return ledgers;
    }

    private static List<Payment> InOrder(IReadOnlyList<Payment> payments, DateOnly asOf)
    {
        var counting = new List<Payment>(payments.Count);
        for (var index = 0; index < payments.Count; index++)
        {
            if (payments[index].ValueOn <= asOf)
            {
                counting.Add(payments[index]);
            }
        }

        counting.Sort(Earlier);
        return counting;
    }

    private static int Earlier(Payment left, Payment right)
    {
        var order = left.ValueOn.CompareTo(right.ValueOn);
        order = order != 0 ? order : left.At.CompareTo(right.At);
        return order != 0 ? order : string.CompareOrdinal(left.PaymentId, right.PaymentId);
    }

    private void Apply(Payment payment)
    {
        if (payment.Amount <= 0m)
        {
            throw new ArgumentException($"payment {payment.PaymentId} of {payment.Amount} is not more than zero", nameof(payment));
        }

        AccrueTo(payment.ValueOn);
        var waterfall = WaterfallOn(payment.ValueOn);
        if (rules.RebateUnearnedInterest && CoversPrincipal(payment.Amount) && payment.Amount >= PayoffQuote.Of(this, rules, payment.ValueOn).Due.Total)
        {
            PayoffQuote.WaiveUnearnedInterest(this, payment.ValueOn);
        }

        var run = WaterfallRun.Of(Open, waterfall, payment.Amount, payment.ValueOn);
        allocations.Add(new(payment.PaymentId, run.Allocated, run.Left));
        Paid += payment.Amount;
        Credit += run.Left;
        foreach (var instalment in Open)
        {
            instalment.SettleIfPaid(payment.ValueOn);
        }

        SkipSettled();
        PaidOffOn ??= Open.IsEmpty ? payment.ValueOn : null;
    }

    /// <summary>A rebate is of interest, so less than the unpaid principal never settles a loan; most payments are, and need no quote.</summary>
    private bool CoversPrincipal(decimal amount)
    {
        var principal = 0m;
        foreach (var instalment in Open)
        {
            principal += instalment.Outstanding(Component.Principal);
            if (principal > amount)
            {
                return false;
            }
        }

        return true;
    }

    private Waterfall WaterfallOn(DateOnly valueOn)
    {
        foreach (var exception in rules.Exceptions)
        {
            if ((!exception.AfterWriteOff || valueOn >= writtenOffOn)
                && (exception.MinDaysPastDue is not { } days || LoanDaysPastDue(valueOn) >= days))
            {
                return exception.Waterfall;
            }
        }

        return rules.Waterfall;
    }

    private void AccrueTo(DateOnly day)
    {
        if (penaltyTerms.AnnualRate <= 0m)
        {
            return;
        }

        foreach (var instalment in Open)
        {
            if (instalment.DueOn >= day)
            {
                break;
            }

            if (!instalment.IsSettled)
            {
                instalment.AccrueTo(day);
            }
        }
    }

    private void SkipSettled()
    {
        while (oldestOpen < instalments.Length && instalments[oldestOpen].IsSettled)
        {
            oldestOpen++;
        }
    }
}

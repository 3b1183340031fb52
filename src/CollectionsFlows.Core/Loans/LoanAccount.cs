namespace CollectionsFlows.Core.Loans;

/// <summary>Keeps a loan's account. Pure: the same arguments give the same position, in whatever order events arrived.</summary>
/// <remarks>
/// To the cent, always: each payment is allocated or credit, and all payments together are what the instalments were paid plus credit.
/// </remarks>
public static class LoanAccount
{
    /// <summary>The position at the end of <paramref name="asOf"/> (a local date of the borrower).</summary>
    /// <param name="terms">The loan.</param>
    /// <param name="rules">The policy's account rules.</param>
    /// <param name="payments">Payments that were made and not reversed, in any order; later-valued ones than <paramref name="asOf"/> do not count yet.</param>
    /// <param name="pauses">Days that do not count as past due nor accrue penalty interest.</param>
    /// <param name="writtenOffOn">The day the loan was written off, if it was.</param>
    /// <param name="asOf">The day.</param>
    /// <exception cref="ArgumentException">The schedule is empty or not in order of due date, or a payment is not more than zero.</exception>
    public static AccountPosition Position(
        LoanTerms terms, AccountRules rules, IReadOnlyList<Payment> payments, IReadOnlyList<Pause> pauses, DateOnly? writtenOffOn, DateOnly asOf)
    {
        var replay = PaymentReplay.Run(terms, rules, payments, pauses, writtenOffOn, asOf);
        var positions = new InstalmentPosition[replay.Instalments.Count];
        var balance = ComponentAmounts.Zero;
        var overdue = ComponentAmounts.Zero;
        for (var index = 0; index < positions.Length; index++)
        {
            var instalment = replay.Instalments[index];
            positions[index] = instalment.Position(asOf, replay.Pauses);
            var outstanding = instalment.Outstanding();
            balance += outstanding;
            if (instalment.DueOn < asOf)
            {
                overdue += outstanding;
            }
        }

        return new()
        {
            AsOf = asOf,
            Instalments = positions,
            Allocations = replay.Allocations,
            Credit = replay.Credit,
            Paid = replay.Paid,
            Balance = balance.ToBreakdown(),
            Overdue = overdue.ToBreakdown(),
            DaysPastDue = replay.LoanDaysPastDue(asOf),
            OldestUnpaidDueOn = replay.Open is [var oldest, ..] ? oldest.DueOn : null,
            PaidOffOn = replay.PaidOffOn <= asOf ? replay.PaidOffOn : null,
        };
    }

    /// <summary>What settles the loan on <paramref name="on"/>: paid that day, after the day's other payments, it leaves neither debt nor credit.</summary>
    /// <inheritdoc cref="Position" path="/exception"/>
    public static Payoff Payoff(
        LoanTerms terms, AccountRules rules, IReadOnlyList<Payment> payments, IReadOnlyList<Pause> pauses, DateOnly? writtenOffOn, DateOnly on) =>
        PayoffQuote.Of(PaymentReplay.Run(terms, rules, payments, pauses, writtenOffOn, on), rules, on);

    /// <summary>The overdue amount by age: one entry per bucket of the rules, empty ones included.</summary>
    /// <remarks>Each instalment counts with its own days past due, in the first bucket whose range holds them; outside all ranges it appears nowhere.</remarks>
    public static IReadOnlyList<BucketAmount> ByAge(AccountPosition position, IReadOnlyList<AgeBucket> buckets)
    {
        var amounts = new List<InstalmentAmount>[buckets.Count];
        foreach (var instalment in position.Instalments)
        {
            if (instalment.DaysPastDue > 0 && BucketOf(instalment.DaysPastDue, buckets) is { } index)
            {
                (amounts[index] ??= []).Add(new(instalment.Number, instalment.Outstanding.Total));
            }
        }

        return [.. buckets.Select((bucket, index) =>
        {
            IReadOnlyList<InstalmentAmount> held = amounts[index] ?? [];
            return new BucketAmount(bucket.Name, held.Sum(amount => amount.Amount), held);
        })];
    }

    private static int? BucketOf(int daysPastDue, IReadOnlyList<AgeBucket> buckets)
    {
        for (var index = 0; index < buckets.Count; index++)
        {
            if (daysPastDue >= buckets[index].From && !(daysPastDue > buckets[index].To))
            {
                return index;
            }
        }

        return null;
    }
}

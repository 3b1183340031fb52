using System.Text.Json.Serialization;

namespace CollectionsFlows.Core.Loans;

/// <summary>An amount split by what it is made of, in the loan's currency.</summary>
public sealed record Breakdown(decimal Penalty, decimal Fees, decimal Interest, decimal Principal)
{
    public static readonly Breakdown Zero = new(0m, 0m, 0m, 0m);

    [JsonIgnore]
    public decimal Total => Penalty + Fees + Interest + Principal;

    public static Breakdown operator +(Breakdown left, Breakdown right) =>
        new(left.Penalty + right.Penalty, left.Fees + right.Fees, left.Interest + right.Interest, left.Principal + right.Principal);
}

/// <summary>Where one instalment stands on a day.</summary>
/// <param name="Number">The instalment's number.</param>
/// <param name="DueOn">Its due date.</param>
/// <param name="Outstanding">What is still to pay of it, penalty interest accrued to the day included and rounded to the cent.</param>
/// <param name="Paid">What has been paid of it.</param>
/// <param name="DaysPastDue">Its own days past due, pauses taken out; zero when settled or not yet overdue.</param>
/// <param name="SettledOn">The value date on which it was fully paid, if it was.</param>
public sealed record InstalmentPosition(int Number, DateOnly DueOn, Breakdown Outstanding, Breakdown Paid, int DaysPastDue, DateOnly? SettledOn);

/// <summary>How one payment was used. <c>Allocated.Total + Credit</c> is the payment's amount, to the cent.</summary>
public sealed record PaymentAllocation(string PaymentId, Breakdown Allocated, decimal Credit);

/// <summary>The overdue amount of one bucket and the instalments it comes from.</summary>
public sealed record BucketAmount(string Bucket, decimal Amount, IReadOnlyList<InstalmentAmount> Instalments);

/// <summary>An amount of one instalment.</summary>
public sealed record InstalmentAmount(int Number, decimal Amount);

/// <summary>What it takes to settle the loan on a day.</summary>
/// <param name="Due">The breakdown of what must be paid.</param>
/// <param name="RebatedInterest">Interest of future instalments that is waived, when the rules rebate it.</param>
/// <param name="Credit">Credit balance already held, which reduces the amount.</param>
public sealed record Payoff(DateOnly On, Breakdown Due, decimal RebatedInterest, decimal Credit)
{
    /// <summary>The exact amount to pay.</summary>
    public decimal Amount => Math.Max(0m, Due.Total - Credit);
}

/// <summary>A loan's account on one day: a function of its terms, rules, payments, pauses and that day, nothing else.</summary>
public sealed record AccountPosition
{
    public required DateOnly AsOf { get; init; }

    public required IReadOnlyList<InstalmentPosition> Instalments { get; init; }

    /// <summary>One entry per payment that counts, in the order in which they were used.</summary>
    public required IReadOnlyList<PaymentAllocation> Allocations { get; init; }

    /// <summary>Money paid beyond everything owed: to be refunded.</summary>
    public required decimal Credit { get; init; }

    /// <summary>Everything paid and not reversed.</summary>
    public required decimal Paid { get; init; }

    /// <summary>Everything still to pay, future instalments included.</summary>
    public required Breakdown Balance { get; init; }

    /// <summary>What is unpaid of instalments whose due date has passed, penalty interest included.</summary>
    /// <remarks>A pause stops the clock and the penalty, not the debt: while paused this can be more than zero with <see cref="DaysPastDue"/> zero.</remarks>
    public required Breakdown Overdue { get; init; }

    /// <summary>Days past due of the oldest unpaid instalment.</summary>
    public required int DaysPastDue { get; init; }

    /// <summary>The due date of the oldest unpaid instalment, past due or not; null when all are settled.</summary>
    public required DateOnly? OldestUnpaidDueOn { get; init; }

    /// <summary>The value date of the payment that settled the last instalment; null while anything is owed.</summary>
    public required DateOnly? PaidOffOn { get; init; }

    public bool IsPaidOff => PaidOffOn is not null;
}

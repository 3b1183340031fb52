namespace CollectionsFlows.Core.Loans;

/// <summary>Keeps a loan's account. Pure: the same arguments give the same position, in whatever order events arrived.</summary>
public static class LoanAccount
{
    /// <summary>The position at the end of <paramref name="asOf"/> (a local date of the borrower).</summary>
    /// <param name="terms">The loan.</param>
    /// <param name="rules">The policy's account rules.</param>
    /// <param name="payments">Payments that were made and not reversed, in any order; later-valued ones than <paramref name="asOf"/> do not count yet.</param>
    /// <param name="pauses">Days that do not count as past due nor accrue penalty interest.</param>
    /// <param name="writtenOffOn">The day the loan was written off, if it was.</param>
    /// <param name="asOf">The day.</param>
    public static AccountPosition Position(
        LoanTerms terms, AccountRules rules, IReadOnlyList<Payment> payments, IReadOnlyList<Pause> pauses, DateOnly? writtenOffOn, DateOnly asOf) =>
        throw new NotSupportedException();

    /// <summary>What settles the loan on <paramref name="on"/>.</summary>
    public static Payoff Payoff(
        LoanTerms terms, AccountRules rules, IReadOnlyList<Payment> payments, IReadOnlyList<Pause> pauses, DateOnly? writtenOffOn, DateOnly on) =>
        throw new NotSupportedException();

    /// <summary>The overdue amount by age: one entry per bucket of the rules, empty ones included.</summary>
    public static IReadOnlyList<BucketAmount> ByAge(AccountPosition position, IReadOnlyList<AgeBucket> buckets) =>
        throw new NotSupportedException();
}

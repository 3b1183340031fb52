using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>A month as the borrower lived it: the path with days and amounts.</summary>
internal sealed record LivedMonth(PathMonth Path)
{
    /// <summary>The payment of the month; null: none.</summary>
    public MadePayment? Payment { get; init; }

    /// <summary>The first try of <see cref="Payment"/>, or one that was never repeated: it bounced.</summary>
    public MadePayment? Bounced { get; init; }

    public Pause? Hardship { get; init; }

    /// <summary>What it took, ten days into the month, to owe nothing overdue; zero in months that did not fall behind.</summary>
    public decimal OwedAfterTenDays { get; init; }
}

/// <summary>A payment's day and amount.</summary>
/// <param name="On">The local day.</param>
/// <param name="Amount">More than zero.</param>
/// <param name="IsPart">Less than an instalment: it changes nothing in how many months behind the borrower is.</param>
internal sealed record MadePayment(DateOnly On, decimal Amount, bool IsPart = false);

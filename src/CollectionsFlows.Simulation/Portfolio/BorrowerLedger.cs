using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>What a borrower believes to owe: the loan's own account, oldest instalment first.</summary>
/// <remarks>The lender's policy may use late money in another order (principal first from DPD 90); the borrower pays instalments.</remarks>
internal sealed class BorrowerLedger(LoanTerms terms, AccountRules rules)
{
    private readonly AccountRules plain = rules with { Exceptions = [], Waterfall = rules.Waterfall with { Direction = AllocationDirection.InstalmentFirst } };
    private readonly List<Payment> payments = [];
    private readonly List<Pause> pauses = [];

    /// <summary>Whether anything but whole instalments on time was paid so far.</summary>
    private bool isPlain = true;

    /// <summary>What it takes to settle the oldest <paramref name="count"/> unpaid instalments on a day.</summary>
    public decimal Owed(int count, DateOnly on)
    {
        // Most months of most loans: nothing is late, and the replay would only say what the schedule says.
        if (isPlain && count == 1 && payments.Count < terms.Instalments.Count && on <= terms.Instalments[payments.Count].DueOn)
            return terms.Instalments[payments.Count].Total;
        return LoanAccount.Position(terms, plain, payments, pauses, null, on).Instalments
            .Where(instalment => instalment.SettledOn is null)
            .Take(count)
            .Sum(instalment => instalment.Outstanding.Total);
    }

    /// <summary>Counts a payment. Value dates must not go back.</summary>
    /// <param name="amount">More than zero.</param>
    /// <param name="on">Its day.</param>
    /// <param name="isWhole">Whether it settles exactly one instalment on time.</param>
    public void Pay(decimal amount, DateOnly on, bool isWhole)
    {
        isPlain &= isWhole;
        payments.Add(new($"{payments.Count:0000}", amount, on, new DateTimeOffset(on, TimeOnly.MinValue, TimeSpan.Zero)));
    }

    public void Pause(DateOnly from, DateOnly until)
    {
        isPlain = false;
        pauses.Add(new(from, until));
    }
}

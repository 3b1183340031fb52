using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>A generated portfolio and what its borrowers do in some months: what <c>demo</c> serves and <c>replay</c> can take from files.</summary>
/// <remarks>Each loan has its own policy (<see cref="PolicyOf"/>); a replay with one policy takes a portfolio of the jurisdictions it is meant for.</remarks>
public sealed record DemoPortfolio
{
    /// <summary>First local day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last local day with events.</summary>
    public required DateOnly Until { get; init; }

    public required IReadOnlyList<ImportedLoan> Loans { get; init; }

    /// <summary>By instant, then id.</summary>
    public required IReadOnlyList<ContractEvent> Events { get; init; }

    /// <summary>The demo: 500 loans from 5 January 2026, six months. The same seed gives the same portfolio, to the byte.</summary>
    public static DemoPortfolio Create(ulong seed = 1, DateOnly? from = null, int months = 6) =>
        Create(seed, from is { } day ? new PortfolioOptions { From = day } : new PortfolioOptions(), months);

    /// <summary>A portfolio of other size or places.</summary>
    /// <param name="seed">Same seed, same portfolio.</param>
    /// <param name="options">Which loans.</param>
    /// <param name="months">Length of the window, 1 or more.</param>
    public static DemoPortfolio Create(ulong seed, PortfolioOptions options, int months)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        var until = options.From.AddMonths(months).AddDays(-1);
        var behaviour = Behaviour(seed);
        var loans = new PortfolioGenerator(seed).Loans(options).ToList();
        var events = loans.SelectMany(loan => behaviour.EventsOf(loan, options.From, until)).ToList();
        events.Sort(ContractEvent.InOrder);
        return new() { From = options.From, Until = until, Loans = loans, Events = events };
    }

    /// <summary>Borrowers whose overdue amounts follow the account rules of the loans' policies.</summary>
    public static BorrowerBehaviour Behaviour(ulong seed)
    {
        var catalogue = PolicyCatalogue.Shipped();
        var rules = catalogue.All().Select(entry => entry.Policy.Name).Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => catalogue.Find(name)!.Policy.Account, StringComparer.Ordinal);
        return new BorrowerBehaviour(seed, terms => rules[PolicyOf(terms)]);
    }

    /// <summary>The policy a loan enters with.</summary>
    public static string PolicyOf(LoanTerms terms) => ShippedPolicies.PolicyOf(terms);

    /// <summary>Writes the contract's loans file.</summary>
    public void WriteLoans(TextWriter file) => LoansFileWriter.Write(file, Loans, PortfolioGenerator.AttributeNames);

    /// <summary>Writes the contract's events file: an event a line, by time.</summary>
    public void WriteEvents(TextWriter file)
    {
        foreach (var line in Events)
        {
            file.Write(line.Json);
            file.Write('\n');
        }
    }
}

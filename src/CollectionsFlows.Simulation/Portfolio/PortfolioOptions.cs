namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>What portfolio to generate.</summary>
public sealed record PortfolioOptions
{
    /// <summary>How many loans.</summary>
    public int Loans { get; init; } = 500;

    /// <summary>The day the portfolio is taken over: the first due date of each current loan lies after it. The calendars know China from 2024 to 2026.</summary>
    public DateOnly From { get; init; } = new(2026, 1, 5);

    /// <summary>Only these jurisdictions (<c>CN</c>, <c>US</c>, <c>US-MA</c>, <c>US-WA</c>); empty: all. For a replay with one policy, take those it is meant for.</summary>
    public IReadOnlyList<string> Jurisdictions { get; init; } = [];

    /// <summary>Whether some loans are behind at the takeover, in the parts measured; else every loan begins current.</summary>
    public bool SomeBegunBehind { get; init; } = true;
}

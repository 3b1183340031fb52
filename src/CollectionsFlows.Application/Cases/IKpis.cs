using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Cases;

/// <summary>Figures over the whole portfolio.</summary>
public interface IKpis
{
    ValueTask<Kpis> KpisAsync(CancellationToken cancellation = default);
}

/// <summary>The portfolio in figures.</summary>
/// <param name="AsOf">The instant of the figures.</param>
/// <param name="CasesByStatus">Every status has an entry, zero included.</param>
/// <param name="Totals">One per currency, by code: currencies are never added up.</param>
/// <param name="OpenTasks">Tasks waiting for people.</param>
/// <param name="OpenApprovals">Approvals waiting for a decision.</param>
/// <param name="Unmatched">Events whose loan is unknown.</param>
public sealed record Kpis(
    DateTimeOffset AsOf, IReadOnlyDictionary<CaseStatus, int> CasesByStatus, IReadOnlyList<CurrencyTotals> Totals, int OpenTasks, int OpenApprovals, int Unmatched);

/// <summary>Sums in one currency over the cases that are not closed.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Cases">How many cases.</param>
/// <param name="Overdue">Past due, penalty included, as of each case's last step.</param>
/// <param name="Balance">Everything still to pay, as of each case's last step.</param>
public sealed record CurrencyTotals(string Currency, int Cases, decimal Overdue, decimal Balance);

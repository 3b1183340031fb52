using System.Text.Json;
using System.Text.Json.Serialization;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>How real card accounts paid: figures measured once, shipped with their source and how to repeat them (<c>payment-figures.json</c>).</summary>
/// <remarks>States are months behind: 0 is current, 1, 2, and 3 for three or more. Lists by state have four entries.</remarks>
public sealed record PaymentFigures
{
    /// <summary>States there are: current, 1, 2, 3 or more months behind.</summary>
    public const int States = 4;

    /// <summary>Where the quantiles of a payment's share of the statement lie.</summary>
    public static readonly IReadOnlyList<decimal> QuantileLevels = [0.05m, 0.25m, 0.50m, 0.75m, 0.95m];

    private static readonly Lazy<PaymentFigures> Shipped = new(Load);

    public required int SchemaVersion { get; init; }

    public required string Citation { get; init; }

    public required string Population { get; init; }

    /// <summary>Enough to repeat the measurement.</summary>
    public required IReadOnlyList<string> HowMeasured { get; init; }

    /// <summary>Accounts observed.</summary>
    public required int Accounts { get; init; }

    /// <summary>Transitions with the file's codes taken at their word: for the record, not used.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> RecordedTransitions { get; init; }

    /// <summary>Account-months by state before (row) and a month later (column).</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Transitions { get; init; }

    /// <summary>Accounts by state in the first month.</summary>
    public required IReadOnlyList<int> StartingStates { get; init; }

    /// <summary>Accounts that were behind in any month.</summary>
    public required int EverBehind { get; init; }

    /// <summary>Months in which accounts fell further behind, by state before.</summary>
    public required IReadOnlyList<MissedMonths> FallingFurtherBehind { get; init; }

    /// <summary>What was paid of a statement, by the state the payment led to.</summary>
    public required IReadOnlyList<StatementShares> ShareOfStatementPaid { get; init; }

    /// <summary>The shipped figures.</summary>
    public static PaymentFigures Measured => Shipped.Value;

    /// <summary>The part of all account-months in a state that ended in another.</summary>
    public double Probability(int from, int to) => (double)Transitions[from][to] / Transitions[from].Sum();

    private static PaymentFigures Load()
    {
        using var stream = typeof(PaymentFigures).Assembly.GetManifestResourceStream("Portfolio/payment-figures.json")!;
        return JsonSerializer.Deserialize(stream, PaymentFiguresJson.Default.PaymentFigures)!;
    }
}

/// <summary>Months in which accounts fell further behind, and those of them without any payment.</summary>
public sealed record MissedMonths(int Months, int PaidNothing);

/// <summary>Statements by what was paid of them.</summary>
/// <param name="Statements">All of them: the sum of the next three.</param>
/// <param name="PaidNothing">Without a payment.</param>
/// <param name="PaidPart">With a payment of less than the statement.</param>
/// <param name="PaidInFull">With a payment of the statement or more.</param>
/// <param name="Quantiles">Payment / statement of <paramref name="PaidPart"/>, at <see cref="PaymentFigures.QuantileLevels"/>.</param>
public sealed record StatementShares(int Statements, int PaidNothing, int PaidPart, int PaidInFull, IReadOnlyList<decimal> Quantiles);

/// <summary>Reads the figures without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PaymentFigures))]
internal sealed partial class PaymentFiguresJson : JsonSerializerContext;

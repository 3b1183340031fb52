using System.Text.Json.Serialization;

namespace CollectionsFlows.Simulation.Replay;

/// <summary>The figures of a replay: <c>summary.json</c>. The same inputs give the same figures, but for <see cref="ElapsedSeconds"/>.</summary>
public sealed record ReplaySummary
{
    public int SchemaVersion { get; init; } = 1;
    public required IReadOnlyList<string> Policies { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly Until { get; init; }
    public required int Loans { get; init; }
    public required IReadOnlyDictionary<string, int> ByStatus { get; init; }
    public required IReadOnlyDictionary<string, int> ByClosedReason { get; init; }
    public required IReadOnlyDictionary<string, int> ByStage { get; init; }

    /// <summary>Contacts by verdict.</summary>
    public required IReadOnlyDictionary<string, int> Contacts { get; init; }

    /// <summary>One entry per currency: amounts of different currencies are never added.</summary>
    public required IReadOnlyList<AmountFigures> Amounts { get; init; }
    public required KeyFigures Kpis { get; init; }

    /// <summary>Events of loans that are not in the portfolio.</summary>
    public required int UnmatchedEvents { get; init; }

    /// <summary>Events after the last day: not applied.</summary>
    public required int EventsAfterEnd { get; init; }

    /// <summary>Events that had come before under the same id: applied once.</summary>
    public required int DuplicateEvents { get; init; }
    public required int Facts { get; init; }
    public required ReplayDigests Sha256 { get; init; }

    /// <summary>Days of open cases.</summary>
    public required long CaseDays { get; init; }

    /// <summary>Wall-clock seconds; the only figure that differs between two runs.</summary>
    public required double ElapsedSeconds { get; init; }
}

/// <summary>Amounts in one currency.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Due">Scheduled amounts that had fallen due by the last day.</param>
/// <param name="Paid">Everything paid and not reversed.</param>
/// <param name="Recovered">Of that, paid while something was past due.</param>
/// <param name="Overdue">Past due on the last day, penalty interest included.</param>
/// <param name="Outstanding">Everything still owed.</param>
public sealed record AmountFigures(string Currency, decimal Due, decimal Paid, decimal Recovered, decimal Overdue, decimal Outstanding);

/// <summary>Key figures over the loans of the portfolio (S23). Rates are fractions.</summary>
public sealed record KeyFigures
{
    /// <summary>Share of loans at least so many days past due on the last day.</summary>
    public required IReadOnlyDictionary<string, decimal> DelinquencyRate { get; init; }

    /// <summary>Share of loans that were ever so many days past due.</summary>
    public required IReadOnlyDictionary<string, decimal> EverDelinquentRate { get; init; }

    /// <summary>Delinquencies cured, per delinquency begun.</summary>
    public required decimal CureRate { get; init; }

    /// <summary>Promises kept, per promise that was kept or broken.</summary>
    public required decimal PromiseKeptRate { get; init; }

    /// <summary>Loans with a complaint.</summary>
    public required decimal ComplaintRate { get; init; }

    /// <summary>Average days from the first delinquency to the first contact after it; null where there was none.</summary>
    public required decimal? DaysToFirstContact { get; init; }
}

/// <summary>SHA-256 of the other files, lower-case hex: <c>verify</c> checks them.</summary>
public sealed record ReplayDigests(
    [property: JsonPropertyName("cases.csv")] string Cases,
    [property: JsonPropertyName("contacts.csv")] string Contacts,
    [property: JsonPropertyName("journal.ndjson")] string Journal);

/// <summary>The JSON shape of the summary.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(ReplaySummary))]
public sealed partial class ReplayJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using CollectionsFlows.Core.Json;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Plans;

/// <summary>How the fraction of a year between two dates is counted.</summary>
[JsonConverter(typeof(KebabCaseEnumConverter<DayCount>))]
public enum DayCount
{
    /// <summary>Every day, start excluded, end included, over 365 or 366 by that day's year.</summary>
    ActualActual,

    /// <summary>A twelfth of a year per period.</summary>
    Thirty360,
}

/// <summary>One row of a repayment schedule, in its currency.</summary>
public sealed record ScheduleRow(int Number, DateOnly DueOn, decimal Principal, decimal Interest, decimal Total, decimal Balance);

/// <summary>Level-instalment schedules (EMI), as <c>domain.md</c> "plan maths" defines them.</summary>
public static class Amortisation
{
    /// <summary>A schedule of monthly instalments: EMI = P·Πf / (1 + fₙ + fₙfₙ₋₁ + …), f = 1 + r·τ; half-even to the cent at each step; the last instalment absorbs the remainder.</summary>
    /// <exception cref="ArgumentException">An argument is out of range; the message names it.</exception>
    public static IReadOnlyList<ScheduleRow> Level(
        decimal principal, decimal annualRate, int instalments, DateOnly start, DateOnly firstDue, DayCount dayCount, Currency currency) =>
        throw new NotSupportedException();
}

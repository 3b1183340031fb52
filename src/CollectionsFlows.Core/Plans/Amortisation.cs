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
    private const int MaxInstalments = 600;
    private const decimal MaxAnnualRate = 100m;
    private const decimal MaxPrincipal = 1_000_000_000_000m;

    /// <summary>A schedule of monthly instalments: EMI = P·Πf / (1 + fₙ + fₙfₙ₋₁ + …), f = 1 + r·τ; half-even to the cent at each step; the last instalment absorbs the remainder.</summary>
    /// <remarks>
    /// The steps that round are the instalment and each period's interest; f is not rounded. No instalment repays more than
    /// the balance (with amounts near a cent the debt can end early, in rows of zero). Interest of a period that is more
    /// than the instalment, as after a long time to the first due date, is added to the balance: a negative principal.
    /// </remarks>
    /// <param name="principal">More than zero, in whole minor units of the currency, at most 10¹².</param>
    /// <param name="annualRate">A fraction: 0.12 is 12 % a year; 0 to 100.</param>
    /// <param name="instalments">1 to 600.</param>
    /// <param name="start">The day the money is lent; interest counts from the day after.</param>
    /// <param name="firstDue">After <paramref name="start"/>; the others follow monthly on its day of the month, or on the month's last day where that is earlier.</param>
    /// <param name="dayCount">How a period's part of a year is counted.</param>
    /// <param name="currency">The currency, for rounding.</param>
    /// <exception cref="ArgumentException">An argument is out of range; the message names it.</exception>
    public static IReadOnlyList<ScheduleRow> Level(
        decimal principal, decimal annualRate, int instalments, DateOnly start, DateOnly firstDue, DayCount dayCount, Currency currency)
    {
        Check(principal, annualRate, instalments, start, firstDue, dayCount, currency);
        var dueDates = DueDates(firstDue, instalments);
        var years = Enumerable.Range(0, instalments)
            .Select(index => YearFraction.Between(index == 0 ? start : dueDates[index - 1], dueDates[index], dayCount))
            .ToArray();
        try
        {
            return Rows(principal, annualRate, dueDates, years, currency);
        }
        catch (OverflowException overflow)
        {
            throw new ArgumentException(
                $"annualRate {annualRate} over {instalments} instalments makes amounts beyond any money: expected a lower rate or fewer instalments",
                nameof(annualRate),
                overflow);
        }
    }

    private static List<ScheduleRow> Rows(decimal principal, decimal annualRate, DateOnly[] dueDates, YearFraction[] years, Currency currency)
    {
        var instalment = currency.Round(LevelInstalment(principal, annualRate, years));
        var rows = new List<ScheduleRow>(dueDates.Length);
        var balance = principal;
        for (var index = 0; index < dueDates.Length; index++)
        {
            var interest = currency.Round(years[index].Of(balance * annualRate));
            var repaid = index == dueDates.Length - 1 ? balance : Math.Min(balance, instalment - interest);
            balance -= repaid;
            rows.Add(new(index + 1, dueDates[index], repaid, interest, repaid + interest, balance));
        }

        return rows;
    }

    /// <summary>P·Πf / (1 + fₙ + fₙfₙ₋₁ + … + fₙ…f₂), unrounded.</summary>
    private static decimal LevelInstalment(decimal principal, decimal annualRate, YearFraction[] years)
    {
        const decimal Rescale = 1_000_000m;
        var product = 1m;
        var sum = 0m;
        for (var index = years.Length - 1; index >= 0; index--)
        {
            sum += product;
            product *= 1m + years[index].Of(annualRate);
            if (product > Rescale)
            {
                // Only the ratio counts: scaling both keeps long schedules at high rates within decimal's range.
                sum /= product;
                product = 1m;
            }
        }

        return principal * product / sum;
    }

    private static DateOnly[] DueDates(DateOnly firstDue, int instalments)
    {
        var dueDates = new DateOnly[instalments];
        for (var index = 0; index < instalments; index++)
        {
            // From the first each time, so that a short month does not shift the day of those after it.
            dueDates[index] = firstDue.AddMonths(index);
        }

        return dueDates;
    }

    private static void Check(
        decimal principal, decimal annualRate, int instalments, DateOnly start, DateOnly firstDue, DayCount dayCount, Currency currency)
    {
        Expect(principal is > 0m and <= MaxPrincipal && currency.Round(principal) == principal, nameof(principal), principal,
            $"more than 0, at most {MaxPrincipal}, with at most {currency.Decimals} decimals");
        Expect(annualRate is >= 0m and <= MaxAnnualRate, nameof(annualRate), annualRate, $"a fraction from 0 to {MaxAnnualRate}, e.g. 0.12 for 12 %");
        Expect(instalments is >= 1 and <= MaxInstalments, nameof(instalments), instalments, $"1 to {MaxInstalments}");
        Expect(firstDue > start, nameof(firstDue), $"{firstDue:yyyy-MM-dd}", $"a date after start, {start:yyyy-MM-dd}");
        Expect((9999 - firstDue.Year) * 12 + 12 - firstDue.Month >= instalments - 1, nameof(firstDue), $"{firstDue:yyyy-MM-dd}",
            "a date that leaves all instalments before the year 10000");
        Expect(Enum.IsDefined(dayCount), nameof(dayCount), dayCount, $"{DayCount.ActualActual} or {DayCount.Thirty360}");
    }

    private static void Expect(bool holds, string argument, object value, string expected)
    {
        if (!holds)
        {
            throw new ArgumentException($"{argument} is {value}: expected {expected}", argument);
        }
    }
}

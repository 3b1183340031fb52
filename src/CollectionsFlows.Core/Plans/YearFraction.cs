using System.Runtime.InteropServices;

namespace CollectionsFlows.Core.Plans;

/// <summary>A part of a year (τ) as an exact fraction, so that a rate times τ is rounded in one place only.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct YearFraction(long Numerator, long Denominator)
{
    /// <summary>The part of a year from <paramref name="start"/> (excluded) to <paramref name="end"/> (included).</summary>
    public static YearFraction Between(DateOnly start, DateOnly end, DayCount dayCount)
    {
        if (dayCount == DayCount.Thirty360)
        {
            return new(1, 12);
        }

        long inLeapYears = 0;
        long inCommonYears = 0;
        for (var year = start.Year; year <= end.Year; year++)
        {
            var after = Math.Max(start.DayNumber, new DateOnly(year, 1, 1).DayNumber - 1);
            var to = Math.Min(end.DayNumber, new DateOnly(year, 12, 31).DayNumber);
            if (DateTime.IsLeapYear(year))
            {
                inLeapYears += to - after;
            }
            else
            {
                inCommonYears += to - after;
            }
        }

        return (inLeapYears, inCommonYears) switch
        {
            (0, _) => new(inCommonYears, 365),
            (_, 0) => new(inLeapYears, 366),
            _ => new(inCommonYears * 366 + inLeapYears * 365, 365 * 366),
        };
    }

    /// <summary>This part of an amount or rate of a whole year.</summary>
    public decimal Of(decimal yearly) => yearly * Numerator / Denominator;
}

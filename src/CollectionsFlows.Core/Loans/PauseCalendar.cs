using System.Runtime.InteropServices;

namespace CollectionsFlows.Core.Loans;

/// <summary>The paused days of a loan, merged once so that counting them costs one pass over few ranges.</summary>
/// <remarks>Overlapping pauses count once; a pause that ends before it starts has no days. Days are <see cref="DateOnly.DayNumber"/>s.</remarks>
internal sealed class PauseCalendar
{
    /// <summary>The end of a pause nobody has ended yet: later than any day.</summary>
    private const int Open = int.MaxValue;

    private static readonly PauseCalendar Empty = new([]);

    /// <summary>Sorted, disjoint and not touching.</summary>
    private readonly Range[] ranges;

    private PauseCalendar(Range[] ranges) => this.ranges = ranges;

    /// <summary>The days that do not count as past due.</summary>
    public static PauseCalendar Of(IReadOnlyList<Pause> pauses) => Of(pauses, withInterestOnly: false);

    /// <summary>The days that bear no penalty interest: those that do not count, and those that do but bear none.</summary>
    public static PauseCalendar OfInterest(IReadOnlyList<Pause> pauses) => Of(pauses, withInterestOnly: true);

    private static PauseCalendar Of(IReadOnlyList<Pause> pauses, bool withInterestOnly)
    {
        if (pauses.Count == 0)
        {
            return Empty;
        }

        var sorted = new List<Range>(pauses.Count);
        foreach (var pause in pauses)
        {
            if (pause.From < pause.Until && (withInterestOnly || pause.InterestOnly != true))
            {
                sorted.Add(new(pause.From.DayNumber, pause.Until == DateOnly.MaxValue ? Open : pause.Until.DayNumber));
            }
        }

        sorted.Sort(static (left, right) => left.From.CompareTo(right.From));
        return new([.. Merged(sorted)]);
    }

    /// <summary>Days d that count, of <paramref name="after"/> &lt; d ≤ <paramref name="to"/>: those that are not paused.</summary>
    public int CountedDays(int after, int to)
    {
        if (to <= after)
        {
            return 0;
        }

        var counted = to - after;
        foreach (var range in ranges)
        {
            if (range.From > to)
            {
                break;
            }

            var first = Math.Max(range.From, after + 1);
            var last = Math.Min(range.Until - 1, to);
            counted -= Math.Max(0, last - first + 1);
        }

        return counted;
    }

    /// <summary>The day that is the <paramref name="count"/>th to count after <paramref name="after"/>; null when no such day exists.</summary>
    public int? DayOfCount(int after, int count)
    {
        long last = after;
        long missing = count;
        foreach (var range in ranges)
        {
            var countedBefore = Math.Max(0, range.From - 1 - last);
            if (missing <= countedBefore)
            {
                break;
            }

            if (range.Until == Open)
            {
                return null;
            }

            missing -= countedBefore;
            last = Math.Max(last, range.Until - 1);
        }

        return last + missing <= DateOnly.MaxValue.DayNumber ? (int)(last + missing) : null;
    }

    private static List<Range> Merged(List<Range> sorted)
    {
        var merged = new List<Range>(sorted.Count);
        foreach (var range in sorted)
        {
            if (merged.Count > 0 && range.From <= merged[^1].Until)
            {
                merged[^1] = merged[^1] with { Until = Math.Max(merged[^1].Until, range.Until) };
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Range(int From, int Until);
}

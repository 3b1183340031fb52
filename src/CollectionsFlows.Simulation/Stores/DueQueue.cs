namespace CollectionsFlows.Simulation.Stores;

/// <summary>Loans by the instant at which they want a step, ties by loan id.</summary>
internal sealed class DueQueue
{
    private readonly SortedSet<(long Ticks, string LoanId)> queue = new(ByTimeThenLoan.Instance);

    public int Count => queue.Count;

    public DateTimeOffset? Earliest => queue.Count == 0 ? null : new DateTimeOffset(queue.Min.Ticks, TimeSpan.Zero);

    /// <summary>Moves a loan from one instant to another; null is out of the queue.</summary>
    public void Move(string loanId, DateTimeOffset? from, DateTimeOffset? to)
    {
        if (from?.UtcTicks == to?.UtcTicks) return;
        if (from is { } old) queue.Remove((old.UtcTicks, loanId));
        if (to is { } at) queue.Add((at.UtcTicks, loanId));
    }

    public IEnumerable<(long Ticks, string LoanId)> Until(DateTimeOffset last)
    {
        foreach (var entry in queue)
        {
            if (entry.Ticks > last.UtcTicks) yield break;
            yield return entry;
        }
    }

    /// <summary>Two queues as one, in order.</summary>
    public static IEnumerable<string> Merge(IEnumerable<(long Ticks, string LoanId)> one, IEnumerable<(long Ticks, string LoanId)> other)
    {
        using var left = one.GetEnumerator();
        using var right = other.GetEnumerator();
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            if (!hasRight || (hasLeft && ByTimeThenLoan.Instance.Compare(left.Current, right.Current) <= 0))
            {
                yield return left.Current.LoanId;
                hasLeft = left.MoveNext();
            }
            else
            {
                yield return right.Current.LoanId;
                hasRight = right.MoveNext();
            }
        }
    }

    private sealed class ByTimeThenLoan : IComparer<(long Ticks, string LoanId)>
    {
        public static readonly ByTimeThenLoan Instance = new();

        public int Compare((long Ticks, string LoanId) x, (long Ticks, string LoanId) y)
        {
            var byTime = x.Ticks.CompareTo(y.Ticks);
            return byTime != 0 ? byTime : string.CompareOrdinal(x.LoanId, y.LoanId);
        }
    }
}

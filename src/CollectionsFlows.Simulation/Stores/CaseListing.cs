using CollectionsFlows.Application.Cases;

namespace CollectionsFlows.Simulation.Stores;

/// <summary>Filters, sorts and pages case indices as <see cref="CaseQuery"/> says.</summary>
internal static class CaseListing
{
    /// <exception cref="ArgumentException">The sort is unknown or the page is out of range.</exception>
    public static CasePage Page(IEnumerable<CaseIndex> indices, CaseQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Page, 1, nameof(query.Page));
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1, nameof(query.PageSize));
        var fits = indices.Where(index => Fits(index, query)).ToList();
        fits.Sort(Order(query));
        var skip = Math.Min((query.Page - 1L) * query.PageSize, fits.Count);
        return new CasePage([.. fits.Skip((int)skip).Take(query.PageSize)], fits.Count, query.Page, query.PageSize);
    }

    private static bool Fits(CaseIndex index, CaseQuery query) =>
        (query.Status is null || index.Status == query.Status)
        && (query.Stage is null || string.Equals(index.Stage, query.Stage, StringComparison.Ordinal))
        && (query.MinDaysPastDue is not { } least || DaysPastDue(index, query.Today) >= least)
        && (!query.WithTasks || index.OpenTasks > 0)
        && (!query.WithApprovals || index.OpenApprovals > 0)
        && (string.IsNullOrEmpty(query.Text)
            || index.LoanId.Contains(query.Text, StringComparison.OrdinalIgnoreCase)
            || index.BorrowerId.Contains(query.Text, StringComparison.OrdinalIgnoreCase));

    private static int DaysPastDue(CaseIndex index, DateOnly today) =>
        index.CountedFrom is { } from ? Math.Max(0, today.DayNumber - from.DayNumber) : 0;

    private static Comparison<CaseIndex> Order(CaseQuery query)
    {
        Comparison<CaseIndex> by = query.Sort.TrimStart('-') switch
        {
            "loanId" => (x, y) => string.CompareOrdinal(x.LoanId, y.LoanId),
            "daysPastDue" => (x, y) => DaysPastDue(x, query.Today).CompareTo(DaysPastDue(y, query.Today)),
            "overdue" => (x, y) => x.Overdue.CompareTo(y.Overdue),
            // A case that never wakes comes after all that do.
            "nextWake" => (x, y) => (x.NextWake ?? DateTimeOffset.MaxValue).CompareTo(y.NextWake ?? DateTimeOffset.MaxValue),
            "openedAt" => (x, y) => x.OpenedAt.CompareTo(y.OpenedAt),
            _ => throw new ArgumentException($"'{query.Sort}' is no sort; known are loanId, daysPastDue, overdue, nextWake, openedAt", nameof(query)),
        };
        var sign = query.Sort.StartsWith('-') ? -1 : 1;
        return (x, y) => sign * by(x, y) is var order and not 0 ? order : string.CompareOrdinal(x.LoanId, y.LoanId);
    }
}

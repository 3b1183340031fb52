using CollectionsFlows.Application.Cases;

namespace CollectionsFlows.Functions.Storage;

/// <summary>Filters and sorts case indices as <see cref="CaseQuery"/> says.</summary>
internal static class CaseOrder
{
    public static bool Fits(CaseIndex index, CaseQuery query) =>
        (query.Status is null || index.Status == query.Status)
        && (query.Stage is null || index.Stage == query.Stage)
        && (query.MinDaysPastDue is not { } least || DaysPastDue(index, query.Today) >= least)
        && (!query.WithTasks || index.OpenTasks > 0)
        && (!query.WithApprovals || index.OpenApprovals > 0)
        && (string.IsNullOrEmpty(query.Text)
            || index.LoanId.Contains(query.Text, StringComparison.OrdinalIgnoreCase)
            || index.BorrowerId.Contains(query.Text, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="ArgumentException">The sort is unknown or the page is out of range.</exception>
    public static Comparison<CaseIndex> Of(CaseQuery query)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Page, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1, nameof(query));
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

    private static int DaysPastDue(CaseIndex index, DateOnly today) => index.CountedFrom is { } from ? Math.Max(0, today.DayNumber - from.DayNumber) : 0;
}

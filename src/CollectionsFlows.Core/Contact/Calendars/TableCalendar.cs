namespace CollectionsFlows.Core.Contact.Calendars;

/// <summary>A calendar whose holidays are decreed year by year and can only be looked up, with make-up workdays where the country has them.</summary>
public sealed class TableCalendar : BusinessCalendar
{
    private readonly SortedDictionary<int, IReadOnlyDictionary<DateOnly, DayKind>> known = [];

    /// <param name="id">The calendar's id.</param>
    /// <param name="title">Its title.</param>
    /// <param name="source">Where the dates come from.</param>
    /// <param name="knownYears">The years the table covers, whether or not a date falls in them.</param>
    /// <param name="holidays">Public holidays.</param>
    /// <param name="makeUpWorkdays">Weekend days that are official workdays.</param>
    /// <exception cref="ArgumentException">A date lies outside the years, or is both a holiday and a workday.</exception>
    public TableCalendar(
        string id, string title, string source, IEnumerable<int> knownYears, IReadOnlyCollection<DateOnly> holidays, IReadOnlyCollection<DateOnly> makeUpWorkdays)
        : base(id, title, source)
    {
        var years = knownYears.ToDictionary(year => year, _ => new Dictionary<DateOnly, DayKind>());
        foreach (var (date, kind) in holidays.Select(d => (d, DayKind.Holiday)).Concat(makeUpWorkdays.Select(d => (d, DayKind.Working))))
        {
            if (!years.TryGetValue(date.Year, out var year))
                throw new ArgumentException($"Calendar '{id}': {date:yyyy-MM-dd} lies outside the years it covers.", nameof(holidays));
            if (year.TryGetValue(date, out var other) && other != kind)
                throw new ArgumentException($"Calendar '{id}': {date:yyyy-MM-dd} is both a holiday and a workday.", nameof(makeUpWorkdays));
            year[date] = kind;
        }

        foreach (var (year, days) in years)
            known[year] = days;
    }

    public override int? NextKnownYear(int year)
    {
        foreach (var candidate in known.Keys)
            if (candidate > year)
                return candidate;
        return null;
    }

    protected override IReadOnlyDictionary<DateOnly, DayKind>? Exceptions(int year) => known.GetValueOrDefault(year);
}

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>Moments of a day where the borrower lives. Between 08:00 and 21:00 no zone in use moves its clocks, so that every one exists once.</summary>
internal sealed class LocalMoments(string timeZone, SeededStream draw)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);

    /// <summary>Any minute from 08:00 to 20:59.</summary>
    public DateTimeOffset On(DateOnly day)
    {
        var local = day.ToDateTime(new TimeOnly(8, 0).AddMinutes(draw.Between(0, 13 * 60 - 1)));
        return new(local, zone.GetUtcOffset(local));
    }
}

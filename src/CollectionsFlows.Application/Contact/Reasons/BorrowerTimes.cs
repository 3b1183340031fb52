using System.Globalization;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact.LocalTime;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>The borrower's clocks, as people are told of them.</summary>
internal sealed class BorrowerTimes(IReadOnlyList<string> zones)
{
    /// <summary>The borrower's calendar.</summary>
    public BorrowerClock Clock { get; } = new(zones);

    /// <summary>The instant with the offset of the first zone.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => Clock.Local(at);

    /// <summary>The same; null stays null.</summary>
    public DateTimeOffset? Local(DateTimeOffset? at) => at is { } instant ? Local(instant) : null;

    /// <summary>"2026-03-02 07:59 in Asia/Shanghai"; with several zones each of them.</summary>
    public string Say(DateTimeOffset at)
    {
        var said = zones.Select(zone => $"{Show(ZoneClock.Get(zone).Local(at))} in {zone}");
        return string.Join(" / ", said);
    }

    // Seconds only where there are some: a window that opens on the minute is said so.
    private static string Show(DateTime local) => local.ToString(local.Second == 0 ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

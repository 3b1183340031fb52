using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;

namespace CollectionsFlows.Application.Contact;

/// <summary>What those who run the system must know now about the calendars in force: for the console, the command line, the log and the health check.</summary>
/// <param name="packs">The packs in force.</param>
/// <param name="time">The clock cases live on.</param>
public sealed class CalendarAlerts(IReadOnlyList<JurisdictionPack> packs, TimeProvider time)
{
    /// <summary>A sentence for each calendar that is missing a year or soon will; none when all is well.</summary>
    public IReadOnlyList<string> Now() => [.. CalendarWatch.Look(packs, time.GetUtcNow()).Select(warning => warning.Describe())];
}

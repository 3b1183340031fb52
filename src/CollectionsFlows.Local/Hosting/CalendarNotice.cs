using CollectionsFlows.Application.Contact;

namespace CollectionsFlows.Local.Hosting;

/// <summary>Tells of calendars that run out: at once when it is first asked, then once each real day, however fast a virtual clock runs.</summary>
/// <param name="alerts">What is to be told.</param>
/// <param name="wallClock">Real time.</param>
/// <param name="tell">Takes each sentence.</param>
internal sealed class CalendarNotice(CalendarAlerts alerts, TimeProvider wallClock, Action<string> tell)
{
    private DateOnly? told;

    /// <summary>Tells what there is to tell, unless it was told today.</summary>
    public void Look()
    {
        var today = DateOnly.FromDateTime(wallClock.GetUtcNow().UtcDateTime);
        if (told == today || alerts.Now() is not { Count: > 0 } sentences)
        {
            return;
        }

        told = today;
        foreach (var sentence in sentences)
        {
            tell(sentence);
        }
    }
}

using CollectionsFlows.Core.Contact.Notices;

namespace CollectionsFlows.Core.Cases;

/// <summary>Whether the notices that must precede a suit have had their time (<c>GB-DEFAULT-14</c>, <c>EU-FORBEARANCE</c>), and none that stops one is missing (<c>GB-NOSIA</c>).</summary>
/// <param name="IsWaiting">A notice was asked for and has not gone out: nobody can say yet from when a suit may be asked for.</param>
/// <param name="From">The first day that the notices sent leave open; null: none was wanted, or not yet asked for.</param>
/// <param name="Missing">The duties nothing was done about yet.</param>
internal sealed record EnforcementNotices(bool IsWaiting, DateOnly? From, IReadOnlyList<NoticeDuty> Missing)
{
    /// <summary>Nothing to wait for.</summary>
    public static readonly EnforcementNotices None = new(IsWaiting: false, From: null, []);

    public static EnforcementNotices Of(Decision decision)
    {
        var state = decision.State;
        var waiting = state.Stopping(NoticeStop.Enforcement) is not null;
        DateOnly? from = null;
        var missing = new List<NoticeDuty>();
        foreach (var duty in decision.Duties)
        {
            if (duty.At != NoticeTrigger.Enforcement)
            {
                continue;
            }

            switch (state.Notice(duty.Id))
            {
                case null: missing.Add(duty); break;
                case { SentOn: null }: waiting = true; break;
                case { EnforceableFrom: { } day }: from = LadderTimers.Later(day, from); break;
            }
        }

        return waiting || from is not null || missing.Count > 0 ? new EnforcementNotices(waiting, from, missing) : None;
    }
}

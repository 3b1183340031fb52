using System.Runtime.InteropServices;
using CollectionsFlows.Core.Contact.LocalTime;

namespace CollectionsFlows.Core.Contact;

/// <summary>
/// Everything a rule may look at besides the instant: the contact, the borrower's ledger over all loans, and what is known of the borrower.
/// It lives for one judgement; the ledger is a span because rules walk it again and again.
/// </summary>
public readonly ref struct ContactSubject
{
    private readonly ZoneClock firstZone;

    /// <param name="request">The contact about to be made; its zones are known.</param>
    /// <param name="history">The ledger, any order.</param>
    /// <param name="profile">Flags, opt-outs, consents, preferences.</param>
    /// <exception cref="TimeZoneNotFoundException">The first zone is unknown.</exception>
    public ContactSubject(ContactRequest request, IReadOnlyList<PastContact> history, ContactProfile profile)
    {
        Request = request;
        History = With(request.Recipient, history switch { PastContact[] array => array, List<PastContact> list => CollectionsMarshal.AsSpan(list), _ => history.ToArray() });
        Profile = profile;
        firstZone = ZoneClock.Get(request.TimeZones[0]);
    }

    public ContactRequest Request { get; }

    /// <summary>The contacts with whom the contact addresses: what was said to a neighbour is none with the debtor.</summary>
    public ReadOnlySpan<PastContact> History { get; }

    public ContactProfile Profile { get; }

    /// <summary>How many zones the borrower may be in.</summary>
    public int ZoneCount => Request.TimeZones.Count;

    /// <summary>The clock of one of them.</summary>
    public ZoneClock Zone(int index) => index == 0 ? firstZone : ZoneClock.Get(Request.TimeZones[index]);

    private static ReadOnlySpan<PastContact> With(Recipient recipient, ReadOnlySpan<PastContact> history)
    {
        var others = 0;
        foreach (var past in history)
            others += past.Recipient is { } with && with != recipient ? 1 : 0;
        if (others == 0)
            return history; // Nearly always: nothing is allocated.
        var kept = new PastContact[history.Length - others];
        var count = 0;
        foreach (var past in history)
            if (past.Recipient is null || past.Recipient == recipient)
                kept[count++] = past;
        return kept;
    }
}

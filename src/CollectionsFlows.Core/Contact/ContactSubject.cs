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
        History = history switch { PastContact[] array => array, List<PastContact> list => CollectionsMarshal.AsSpan(list), _ => history.ToArray() };
        Profile = profile;
        firstZone = ZoneClock.Get(request.TimeZones[0]);
    }

    public ContactRequest Request { get; }

    public ReadOnlySpan<PastContact> History { get; }

    public ContactProfile Profile { get; }

    /// <summary>How many zones the borrower may be in.</summary>
    public int ZoneCount => Request.TimeZones.Count;

    /// <summary>The clock of one of them.</summary>
    public ZoneClock Zone(int index) => index == 0 ? firstZone : ZoneClock.Get(Request.TimeZones[index]);
}

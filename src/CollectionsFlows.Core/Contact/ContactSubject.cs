using CollectionsFlows.Core.Contact.LocalTime;

namespace CollectionsFlows.Core.Contact;

/// <summary>Everything a rule may look at besides the instant: the contact, the borrower's ledger over all loans, and what is known of the borrower.</summary>
/// <param name="Request">The contact about to be made.</param>
/// <param name="History">The ledger, any order.</param>
/// <param name="Profile">Flags, opt-outs, consents, preferences.</param>
public readonly record struct ContactSubject(ContactRequest Request, IReadOnlyList<PastContact> History, ContactProfile Profile)
{
    /// <summary>How many zones the borrower may be in.</summary>
    public int ZoneCount => Request.TimeZones.Count;

    /// <summary>The clock of one of them.</summary>
    public ZoneClock Zone(int index) => ZoneClock.Get(Request.TimeZones[index]);
}

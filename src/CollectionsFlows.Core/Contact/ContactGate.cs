namespace CollectionsFlows.Core.Contact;

/// <summary>Judges a contact at the moment it would be made. Pure: the same arguments give the same verdict, for ever.</summary>
public static class ContactGate
{
    /// <summary>The verdict on a contact at <paramref name="now"/>.</summary>
    /// <param name="request">The contact.</param>
    /// <param name="history">The borrower's ledger over all loans, any order.</param>
    /// <param name="profile">Flags, opt-outs, consents, preferences.</param>
    /// <param name="packs">All packs known; the gate picks those that bind the request.</param>
    /// <param name="now">The instant of dispatch.</param>
    public static Verdict Judge(
        ContactRequest request, IReadOnlyList<PastContact> history, ContactProfile profile, IReadOnlyList<JurisdictionPack> packs, DateTimeOffset now) =>
        throw new NotSupportedException();
}

using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Contact;

/// <summary>
/// What the gate is asked about one contact of a case: the contact, the borrower's ledger and what is known of the borrower. The only place
/// that puts it together, so that dispatch and whoever asks "what if" ask the same.
/// </summary>
/// <param name="Request">The contact.</param>
/// <param name="History">The ledger over all loans, as far back as any rule looks.</param>
/// <param name="Profile">Flags, opt-outs, consents, preferences.</param>
public sealed record ContactQuestion(ContactRequest Request, IReadOnlyList<PastContact> History, ContactProfile Profile)
{
    /// <summary>No rule looks further back; what the journal keeps of the ledger is bounded by it.</summary>
    private static readonly TimeSpan FarthestLook = TimeSpan.FromDays(400);

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoZones = System.Collections.Frozen.FrozenDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>The question for a contact of a case at an instant.</summary>
    /// <param name="state">The case.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="borrower">Its borrower, as loaded now.</param>
    /// <param name="way">By which medium and to which address.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="textSha256">SHA-256 of the message; null where there is none.</param>
    /// <param name="now">The instant of the contact.</param>
    /// <param name="persons">How many people visit; null: not a visit, or not known yet.</param>
    /// <param name="isAnswer">False: it answers nothing the borrower said; null: it may.</param>
    public static ContactQuestion Of(
        CaseState state, Policy policy, BorrowerRecord borrower, WayToReach way, Purpose purpose, string? textSha256, DateTimeOffset now, int? persons = null, bool? isAnswer = null)
    {
        var request = new ContactRequest
        {
            Channel = way.Channel,
            Purpose = purpose,
            Jurisdiction = state.Terms.Jurisdiction,
            CreditorRole = state.Terms.CreditorRole,
            DebtId = state.Terms.LoanId,
            Address = way.Address?.Key,
            Place = way.Address?.Place,
            TimeZones = ZonesOf(state, borrower),
            HouseRules = policy.HouseRules,
            TextSha256 = textSha256,
            Persons = persons,
            IsAnswer = isAnswer,
        };
        List<PastContact> history = [.. borrower.Ledger.Select(entry => entry.Contact).Where(contact => now - contact.At <= FarthestLook)];
        return new ContactQuestion(request, history, CaseFlags.Joined(borrower.Profile, state, policy)); // What this loan's own case knows better.
    }

    /// <summary>The gate's answer at an instant.</summary>
    public Verdict Judge(IReadOnlyList<JurisdictionPack> packs, DateTimeOffset now) => ContactGate.Judge(Request, History, Profile, packs, now);

    /// <summary>The question as the journal keeps it, with the packs that bind it and the calendars they look into.</summary>
    public JudgedContact Recorded(IReadOnlyList<JurisdictionPack> packs, DateTimeOffset now) =>
        new(now, Request, Profile, History, RecordedPacks.For(packs, Request));

    /// <summary>This loan's zones and whatever else the borrower's other loans say: where they conflict all are plausible (US-REGF-LOCATION).</summary>
    private static IReadOnlyList<string> ZonesOf(CaseState state, BorrowerRecord borrower)
    {
        var others = (borrower.Details?.LoanZones ?? NoZones).Where(loan => loan.Key != state.Terms.LoanId).SelectMany(loan => loan.Value)
            .Except(state.Terms.TimeZones, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return others.Count == 0 ? state.Terms.TimeZones : [.. state.Terms.TimeZones, .. others];
    }
}

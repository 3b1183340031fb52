using CollectionsFlows.Core.Contact.LocalTime;

namespace CollectionsFlows.Core.Contact;

/// <summary>Judges a contact at the moment it would be made. Pure: the same arguments give the same verdict, for ever.</summary>
/// <remarks>
/// Every rule names the first instant at which it alone allows. The gate starts at <c>now</c>, moves to the latest of those
/// instants and asks again, until no rule moves it: that is the first instant at which all allow, because no rule ever skips one it allows.
/// </remarks>
public static class ContactGate
{
    /// <summary>Cited when the borrower's time zone is missing or unknown: without it no hour can be judged.</summary>
    public const string UnknownZoneId = "TIME-ZONE-UNKNOWN";

    /// <summary>
    /// Rules move the instant only to boundaries of their own, a handful a day; they repeat by the day, week or year. So many moves are
    /// more than a year of boundaries: rules that have not met by then never will, and the contact is forbidden.
    /// </summary>
    public const int RoundLimit = 4096;

    /// <summary>The verdict on a contact at <paramref name="now"/>.</summary>
    /// <param name="request">The contact.</param>
    /// <param name="history">The borrower's ledger over all loans, any order.</param>
    /// <param name="profile">Flags, opt-outs, consents, preferences.</param>
    /// <param name="packs">All packs known; the gate picks those that bind the request.</param>
    /// <param name="now">The instant of dispatch; a deferral keeps its offset.</param>
    public static Verdict Judge(
        ContactRequest request, IReadOnlyList<PastContact> history, ContactProfile profile, IReadOnlyList<JurisdictionPack> packs, DateTimeOffset now)
    {
        if (request.Direction == Direction.Inbound)
            return Verdict.Allow; // The borrower began it: there is nothing to stop.
        if (!HasKnownZones(request))
            return new(VerdictKind.Forbid, UnknownZoneId, null, [UnknownZoneId]);
        var subject = new ContactSubject(request, history, profile);
        var start = now.ToUniversalTime();
        var (first, _) = Push(subject, packs, start);
        var verdict = first == start ? Verdict.Allow : Blocked(subject, packs, now);
        var overrides = Overrides(request, packs);
        return overrides is null ? verdict : verdict with { Overrides = overrides };
    }

    private static Verdict Blocked(in ContactSubject subject, IReadOnlyList<JurisdictionPack> packs, DateTimeOffset now)
    {
        var t = now.ToUniversalTime();
        string? decider = null;
        for (var round = 0; round < RoundLimit; round++)
        {
            var (next, rule) = Push(subject, packs, t);
            if (next is null)
                return new(VerdictKind.Forbid, rule!.CitedAs(subject, t), null, Citations(subject, packs, now, rule.CitedAs(subject, t)));
            if (rule is null)
                return new(VerdictKind.Defer, decider, t.ToOffset(now.Offset), Citations(subject, packs, now, decider));
            decider = rule.CitedAs(subject, t);
            t = next.Value;
        }

        return new(VerdictKind.Forbid, decider, null, Citations(subject, packs, now, decider));
    }

    // One round: the latest instant any binding rule asks for, and the first rule in the packs' order that asks for it. Never beats later.
    private static (DateTimeOffset? Next, ContactRule? Rule) Push(in ContactSubject subject, IReadOnlyList<JurisdictionPack> packs, DateTimeOffset t)
    {
        var latest = t;
        ContactRule? decider = null;
        for (var p = 0; p < packs.Count; p++)
        {
            if (!packs[p].IsBinding(subject.Request))
                continue;
            var rules = packs[p].Rules;
            for (var r = 0; r < rules.Count; r++)
            {
                var rule = rules[r];
                if (!rule.BindsRole(subject.Request.CreditorRole))
                    continue;
                if (rule.NextAllowed(subject, t) is not { } next)
                    return (null, rule);
                if (next > latest)
                    (latest, decider) = (next, rule);
            }
        }

        return (latest, decider);
    }

    // Everything that blocks now, and the deciding rule also where it only bites later (a cool-down that ends at night).
    private static List<string> Citations(in ContactSubject subject, IReadOnlyList<JurisdictionPack> packs, DateTimeOffset now, string? decider)
    {
        var start = now.ToUniversalTime();
        var cited = new List<string>();
        for (var p = 0; p < packs.Count; p++)
        {
            if (!packs[p].IsBinding(subject.Request))
                continue;
            foreach (var rule in packs[p].Rules)
                if (rule.BindsRole(subject.Request.CreditorRole) && rule.NextAllowed(subject, start) != start && rule.CitedAs(subject, start) is var id && !cited.Contains(id))
                    cited.Add(id);
        }

        if (decider is not null && !cited.Contains(decider))
            cited.Add(decider);
        return cited;
    }

    // Null, and nothing allocated, where nobody loosened anything.
    private static List<string>? Overrides(ContactRequest request, IReadOnlyList<JurisdictionPack> packs)
    {
        List<string>? ids = null;
        for (var p = 0; p < packs.Count; p++)
        {
            if (!packs[p].IsBinding(request))
                continue;
            var rules = packs[p].Rules;
            for (var r = 0; r < rules.Count; r++)
                if (rules[r].Override is not null && rules[r].BindsRole(request.CreditorRole) && !(ids ??= []).Contains(rules[r].Id))
                    ids.Add(rules[r].Id);
        }

        return ids;
    }

    private static bool HasKnownZones(ContactRequest request)
    {
        for (var i = 0; i < request.TimeZones.Count; i++)
            if (!ZoneClock.TryGet(request.TimeZones[i], out _))
                return false;
        return request.TimeZones.Count > 0;
    }
}

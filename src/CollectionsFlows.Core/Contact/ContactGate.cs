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
        var verdict = Judge(new ContactSubject(request, history, profile), packs, now);
        var overrides = Overrides(request, packs);
        return overrides is null ? verdict : verdict with { Overrides = overrides };
    }

    private static Verdict Judge(in ContactSubject subject, IReadOnlyList<JurisdictionPack> packs, DateTimeOffset now)
    {
        var t = now.ToUniversalTime();
        List<string>? citations = null;
        var (next, rule) = Push(subject, packs, t, null, ref citations, isFirst: true);
        if (rule is null)
            return Verdict.Allow;
        for (var round = 0; round < RoundLimit && next is not null; round++)
        {
            var (moved, by) = Push(subject, packs, next.Value, rule, ref citations, isFirst: false);
            if (by is null)
                return new(VerdictKind.Defer, Cite(subject, t, rule, citations!), next.Value.ToOffset(now.Offset), citations!);
            (t, next, rule) = (next.Value, moved, by);
        }

        if (next is null && rule.IsUnknown(subject, t))
            return new(VerdictKind.Defer, Cite(subject, t, rule, citations!), null, citations!); // A calendar's year is missing: until operations supply it.

        // Rules that never meet push in turns: the first that blocks now stands for them.
        return new(VerdictKind.Forbid, next is null ? Cite(subject, t, rule, citations!) : citations![0], null, citations!);
    }

    // One round: the latest instant any binding rule asks for, and the first rule in the packs' order that asks for it. Never beats later.
    // The rule that moved the instant here allows it and is not asked again.
    private static (DateTimeOffset? Next, ContactRule? Rule) Push(
        in ContactSubject subject, IReadOnlyList<JurisdictionPack> packs, DateTimeOffset t, ContactRule? mover, ref List<string>? citations, bool isFirst)
    {
        DateTimeOffset? latest = t;
        ContactRule? decider = null;
        ContactRule? unknown = null;
        for (var p = 0; p < packs.Count; p++)
        {
            if (!packs[p].IsBinding(subject.Request))
                continue;
            var rules = packs[p].Rules;
            for (var r = 0; r < rules.Count; r++)
            {
                var rule = rules[r];
                if (ReferenceEquals(rule, mover) || !rule.BindsRole(subject.Request.CreditorRole))
                    continue;
                var next = rule.NextAllowed(subject, t);
                if (next == t)
                    continue;
                if (isFirst)
                    Cite(subject, t, rule, citations ??= []); // Everything that blocks now is cited, whoever decides.
                if (next is null && rule.IsUnknown(subject, t))
                    unknown ??= rule; // What is never allowed outranks what is not known yet.
                else if (latest is not null && !(next <= latest))
                    (latest, decider) = (next, rule);
            }
        }

        return latest is not null && unknown is not null ? (null, unknown) : (latest, decider);
    }

    // The deciding rule is cited also where it bites only later (a cool-down that ends at night).
    private static string Cite(in ContactSubject subject, DateTimeOffset t, ContactRule rule, List<string> citations)
    {
        var id = rule.CitedAs(subject, t);
        if (!citations.Contains(id))
            citations.Add(id);
        return id;
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

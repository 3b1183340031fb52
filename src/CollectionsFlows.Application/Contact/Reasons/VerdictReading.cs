using System.Globalization;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.LocalTime;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>Reads off a question to the gate what its answer rests on: clocks, counts, what each rule alone says.</summary>
internal static class VerdictReading
{
    /// <summary>What the verdict rests on.</summary>
    /// <param name="question">What the gate is asked.</param>
    /// <param name="packs">The packs whose windows are counted; none where others judged it.</param>
    /// <param name="at">The instant.</param>
    /// <param name="times">The borrower's clocks.</param>
    public static VerdictInputs Inputs(ContactQuestion question, IReadOnlyList<JurisdictionPack> packs, DateTimeOffset at, BorrowerTimes times)
    {
        var request = question.Request;
        return new(
            times.Local(at),
            [.. request.TimeZones.Where(zone => ZoneClock.TryGet(zone, out _)).Select(zone => new ZoneTime(zone, ZoneClock.Get(zone).Local(at).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)))],
            Counts(question, packs, at, times),
            [.. question.Profile.Flags.Where(flag => flag.IsActive(request.DebtId, at)).Select(flag => flag.Name).Distinct()],
            [.. question.Profile.OptOuts.Where(optOut => optOut.At <= at).Select(optOut => optOut.Channel).Distinct()],
            question.Profile.Preferences.Count,
            question.History.Count);
    }

    /// <summary>Every rule that blocks at the instant, with what it alone says, in the packs' order.</summary>
    public static List<(string Id, VerdictKind Kind, DateTimeOffset? Until)> Blocks(ContactQuestion question, IReadOnlyList<JurisdictionPack> packs, DateTimeOffset at)
    {
        var blocks = new List<(string Id, VerdictKind Kind, DateTimeOffset? Until)>();
        if (!HasKnownZones(question))
            return blocks;
        var subject = new ContactSubject(question.Request, question.History, question.Profile);
        var t = at.ToUniversalTime();
        foreach (var rule in Binding(question, packs))
        {
            var next = rule.NextAllowed(subject, t);
            if (next == t)
                continue;
            var id = rule.CitedAs(subject, t);
            var known = blocks.FindIndex(block => block.Id == id);
            var until = known < 0 ? next : next is null || blocks[known].Until is null ? null : Later(next.Value, blocks[known].Until!.Value);
            var isForbidden = next is null ? !rule.IsUnknown(subject, t) : known >= 0 && blocks[known].Kind == VerdictKind.Forbid;
            var block = (id, isForbidden ? VerdictKind.Forbid : VerdictKind.Defer, until);
            if (known < 0)
                blocks.Add(block);
            else
                blocks[known] = block; // Several parts of one rule: all must allow.
        }

        return blocks;
    }

    private static List<RuleCount> Counts(ContactQuestion question, IReadOnlyList<JurisdictionPack> packs, DateTimeOffset at, BorrowerTimes times)
    {
        var counts = new List<RuleCount>();
        if (!HasKnownZones(question))
            return counts;
        var subject = new ContactSubject(question.Request, question.History, question.Profile);
        foreach (var rule in Binding(question, packs))
        {
            if (rule is CountingRule counting && counting.CountAt(subject, at.ToUniversalTime()) is { } count)
                counts.Add(new(rule.Id, count.Counted, count.Limit, Say(count.Window), times.Local(count.Since.AddTicks(-(count.Since.Ticks % TimeSpan.TicksPerSecond)))));
        }

        return counts;
    }

    private static IEnumerable<ContactRule> Binding(ContactQuestion question, IReadOnlyList<JurisdictionPack> packs) =>
        packs.Where(pack => pack.IsBinding(question.Request)).SelectMany(pack => pack.Rules).Where(rule => rule.BindsRole(question.Request.CreditorRole));

    private static bool HasKnownZones(ContactQuestion question) =>
        question.Request.TimeZones.Count > 0 && question.Request.TimeZones.All(zone => ZoneClock.TryGet(zone, out _));

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static string Say(CountingWindow window) => window.Unit switch
    {
        WindowUnit.CalendarWeek => "the calendar week",
        WindowUnit.RollingDays => string.Create(CultureInfo.InvariantCulture, $"{window.Length} x 24 hours"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{window.Length} local day{(window.Length == 1 ? "" : "s")}"),
    };
}

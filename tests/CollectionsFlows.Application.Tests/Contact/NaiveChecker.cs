using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>
/// The rules of the specification restated the slow way: plain local dates, no search, no sharing with the product but its data types and
/// calendars. Answers which rules block at one instant; the location rule is reported as the hours it belongs to, and a year that a calendar
/// lacks as that calendar's own id. What regulation.md leaves open is settled on the side of the consumer; each such reading is said here.
/// </summary>
internal sealed partial class NaiveChecker(ContactRequest request, IReadOnlyList<PastContact> ledger, ContactProfile profile, NaiveNumbers? lenders = null)
{
    // Each rule is about one person: what was said to somebody else is not said to them. Where nobody wrote down to whom, it may have been.
    private readonly List<PastContact> history = [.. ledger.Where(past => past.Recipient is null || past.Recipient == request.Recipient)];
    private readonly List<TimeZoneInfo> zones = [.. request.TimeZones.Select(TimeZoneInfo.FindSystemTimeZoneById)];
    private readonly NaiveNumbers numbers = lenders ?? NaiveNumbers.Regulation;

    private bool IsCollector => request.CreditorRole == CreditorRole.Collector;

    private bool InUs => request.Jurisdiction is "US" or "US-MA" or "US-WA";

    /// <summary>Asks for money; help, notices and confirmations do not.</summary>
    private bool Demands => request.Purpose is Purpose.Collect;

    /// <summary>Neither a notice the law knows nor the answer to what was asked for.</summary>
    private bool IsOurWish => request.Purpose is Purpose.Collect or Purpose.Care;

    public IReadOnlyList<string> Blocking(DateTimeOffset t) =>
        request.Direction == Direction.Inbound ? [] : [.. Stops(t).Concat(Permissions(t)).Concat(Hours(t)).Concat(Counts(t)).Distinct()];

    private IEnumerable<string> Stops(DateTimeOffset t)
    {
        if (Has("cease", t) && IsOurWish)
            yield return "CEASE";
        if (IsOptedOut(t))
            yield return "OPT-OUT";
        if (Has("attorney", t) && request.Recipient != Recipient.Attorney)
            yield return "ATTORNEY";
        if (Has("bankruptcy", t))
            yield return "BANKRUPTCY";
        // The estate takes the debtor's place; a contact person may be asked for in China just because the debtor is dead.
        if (Has("deceased", t) && request.Recipient is not (Recipient.Estate or Recipient.ThirdParty))
            yield return "DECEASED";
        if (Has("identity-theft", t) && IsOurWish)
            yield return "IDENTITY-THEFT";
        if (Has("complaint-open", t) && Demands)
            yield return "COMPLAINT-OPEN";
        if (Has("plan-signed", t) && Demands && request.Jurisdiction == "CN")
            yield return "CN-CARD-PLAN";
        if (Has("disputed", t) && IsOurWish && InUs && IsCollector)
            yield return "US-VALIDATION";
        if (request.Jurisdiction == "GB" && Demands && Breathes(t))
            yield return "GB-BREATHING";
        if (request.Jurisdiction == "GB" && Demands && Has("nosia-missing", t))
            yield return "GB-NOSIA";
        if (request.Recipient == Recipient.ThirdParty && !MayBeAsked(t))
            yield return "THIRD-PARTY";
        if (request is { Channel: Channel.Visit, Persons: < 2 })
            yield return "VISIT-TWO";
    }

    // 60 days where nobody said when it ends; a mental-health crisis until it is said to be over (treatment + 30 days).
    private bool Breathes(DateTimeOffset t) => Has("mental-health-crisis", t)
        || profile.Flags.Any(f => f.Name == "breathing-space" && Concerns(f) && f.From <= t && t < (f.Until ?? f.From.AddDays(60)));

    // Only for contact details. China: only where the debtor is out of reach, and never after a refusal. United States: once, whatever came of it.
    // Where the address is unknown nobody can tell that it was another person.
    private bool MayBeAsked(DateTimeOffset t)
    {
        var before = history.Where(h => h.Direction == Direction.Outbound && h.Address == request.Address && h.Outcome != ContactOutcome.Failed).ToList();
        return request is { AsksLocationOnly: true, Purpose: not Purpose.Notice } && request.Jurisdiction switch
        {
            "CN" => (Has("unreachable", t) || Has("deceased", t) || Has("incapacitated", t)) && before.All(h => h.Outcome != ContactOutcome.Refused),
            "US" or "US-MA" or "US-WA" => before.Count == 0,
            _ => false,
        };
    }

    // Per address and medium, from its instant on; a consent given later takes it back. One message may confirm each, not two.
    private bool IsOptedOut(DateTimeOffset t)
    {
        var records = profile.OptOuts
            .Where(o => o.Channel == request.Channel && o.At <= t && (IsHere(o.Address) || request.Address is null)
                && !profile.Consents.Any(c => c.Channel == o.Channel && IsHere(c.Address) && c.At > o.At && c.At <= t));
        var flags = profile.Flags
            .Where(f => string.Equals(f.Name, $"opted-out:{request.Channel}", StringComparison.OrdinalIgnoreCase) && Holds(f, t))
            .Select(f => new OptOut(request.Channel, null, f.From));
        return records.Concat(flags).Any(o => request.Purpose != Purpose.Confirmation || IsConfirmed(o));
    }

    private bool IsConfirmed(OptOut optOut) => history.Any(h =>
        h.Direction == Direction.Outbound && h.Channel == optOut.Channel && h.Purpose == Purpose.Confirmation && h.Outcome != ContactOutcome.Failed
        && h.At >= optOut.At && (optOut.Address is null || h.Address is null || h.Address == optOut.Address));

    private IEnumerable<string> Permissions(DateTimeOffset t)
    {
        var consents = profile.Consents.Where(c => c.Channel == request.Channel && c.At <= t && IsHere(c.Address)).Select(c => c.At);
        var used = history
            .Where(h => h.Channel == request.Channel && h.Direction == Direction.Inbound && h.At <= t && IsHere(h.Address) && h.Outcome != ContactOutcome.WrongParty)
            .Select(h => h.At);
        var permitted = consents.Concat(used).ToList();
        var checks = profile.Flags.Where(f => f.Name == "number-checked" && Holds(f, t)).Select(f => f.From);
        if (request.Place == Place.Work && (Has("employer-prohibits", t) || (request.Channel == Channel.Email && permitted.Count == 0)))
            yield return "EMPLOYER";
        // A work address needs the consumer's own word, whoever used it before.
        var announced = request.Place != Place.Work
            && (Has("email-prior-collector", t) || profile.Flags.Any(f => f.Name == "email-notice" && Holds(f, t) && t >= f.From.AddDays(35)));
        if (request.Channel == Channel.Email && InUs && IsCollector && permitted.Count == 0 && !announced)
            yield return "US-REGF-EMAIL";
        var isFresh = permitted.Concat(checks).Any(at => t - at <= TimeSpan.FromDays(numbers.FreshDays));
        if (request.Channel == Channel.Sms && InUs && IsCollector && !(permitted.Count > 0 && isFresh))
            yield return "US-REGF-SMS-60";
        if (request is { HouseRules: true, Channel: Channel.Sms, TextSha256: not null }
            && history.Where(h => h.Channel == Channel.Sms && h.Direction == Direction.Outbound && h.Outcome != ContactOutcome.Failed)
                .OrderBy(h => h.At).LastOrDefault()?.TextSha256 == request.TextSha256)
            yield return "HOUSE-VARY";
    }

    // Whether what was said or done at an address is about the one of this contact; with none named it is about every one.
    private bool IsHere(string? address) => address is null || address == request.Address;

    private bool Has(string flag, DateTimeOffset t) => profile.Flags.Any(f => f.Name == flag && Holds(f, t));

    private bool Holds(ProfileFlag flag, DateTimeOffset t) => flag.From <= t && (flag.Until is null || t < flag.Until) && Concerns(flag);

    private bool Concerns(ProfileFlag flag) => flag.DebtId is null || flag.DebtId == request.DebtId;

    private static DateTime Local(DateTimeOffset t, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(t, zone).DateTime;

    private static DateTime Date(DateTimeOffset t, TimeZoneInfo zone) => Local(t, zone).Date;
}

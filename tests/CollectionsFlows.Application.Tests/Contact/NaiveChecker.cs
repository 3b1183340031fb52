using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>
/// The rules of the specification restated the slow way: plain local dates, no search, no sharing with the product but its data types and
/// calendars. Answers which rules block at one instant; the location rule is reported as the hours it belongs to.
/// </summary>
internal sealed class NaiveChecker(ContactRequest request, IReadOnlyList<PastContact> history, ContactProfile profile)
{
    private readonly List<TimeZoneInfo> zones = [.. request.TimeZones.Select(TimeZoneInfo.FindSystemTimeZoneById)];

    private bool IsCollector => request.CreditorRole == CreditorRole.Collector;

    private bool InUs => request.Jurisdiction is "US" or "US-MA" or "US-WA";

    public IReadOnlyList<string> Blocking(DateTimeOffset t) => [.. Stops(t).Concat(Hours(t)).Concat(Counts(t)).Distinct()];

    private static bool Between(DateTime local, string from, string to) =>
        local.TimeOfDay >= TimeSpan.Parse(from) && local.TimeOfDay <= TimeSpan.Parse(to);

    private static bool IsWeekend(DateTime day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private IEnumerable<string> Stops(DateTimeOffset t)
    {
        var soft = request.Purpose is Purpose.Collect;
        var hard = request.Purpose is Purpose.Collect or Purpose.Care;
        if (Has("cease", t) && hard)
            yield return "CEASE";
        if (Has($"opted-out:{request.Channel}".ToLowerInvariant(), t) && request.Purpose != Purpose.Confirmation)
            yield return "OPT-OUT";
        if (Has("attorney", t))
            yield return "ATTORNEY";
        if (Has("bankruptcy", t))
            yield return "BANKRUPTCY";
        if (Has("complaint-open", t) && soft)
            yield return "COMPLAINT-OPEN";
        if (Has("plan-signed", t) && soft && request.Jurisdiction == "CN")
            yield return "CN-CARD-PLAN";
        if (Has("disputed", t) && hard && InUs && IsCollector)
            yield return "US-VALIDATION";
        if (request.Place == Place.Work && Has("employer-prohibits", t))
            yield return "EMPLOYER";
        var permitted = profile.Consents.Where(c => c.Channel == request.Channel && c.At <= t).Select(c => c.At)
            .Concat(history.Where(h => h.Channel == request.Channel && h.Direction == Direction.Inbound && h.At <= t && h.Outcome != ContactOutcome.WrongParty).Select(h => h.At)).ToList();
        if (request is { Channel: Channel.Email, Place: Place.Work } && permitted.Count == 0)
            yield return "EMPLOYER";
        if (request.Channel == Channel.Email && InUs && IsCollector && permitted.Count == 0)
            yield return "US-REGF-EMAIL";
        if (request.Channel == Channel.Sms && InUs && IsCollector && !permitted.Any(at => t - at <= TimeSpan.FromDays(60)))
            yield return "US-REGF-SMS-60";
        if (request is { HouseRules: true, Channel: Channel.Sms, TextSha256: not null }
            && history.Where(h => h.Channel == Channel.Sms && h.Direction == Direction.Outbound && h.Outcome != ContactOutcome.Failed).OrderBy(h => h.At).LastOrDefault()?.TextSha256 == request.TextSha256)
            yield return "HOUSE-VARY";
    }

    private IEnumerable<string> Hours(DateTimeOffset t)
    {
        var channel = request.Channel;
        if (channel == Channel.Letter)
            yield break;
        if (request.HouseRules && Blocks(t, local => Calendar(local) != DayKind.Working || !Between(local, "09:00", "21:00")))
            yield return "HOUSE-HOURS";
        if (request.Jurisdiction == "CN" && Blocks(t, local => local.Hour is >= 22 or < 8))
            yield return "CN-NIGHT";
        if (InUs && IsCollector && Blocks(t, local => !Between(local, "08:00", "21:00")))
            yield return "US-REGF-HOURS";
        if (request.Jurisdiction == "US-WA" && IsCollector && request.Place == Place.Home && Blocks(t, local => !Between(local, "07:30", "21:00")))
            yield return "US-WA-HOURS";
        if (request.Jurisdiction == "IN" && channel == Channel.Phone && Blocks(t, local => !Between(local, "08:00", "19:00")))
            yield return "IN-HOURS";
        if (request.Jurisdiction == "AU" && channel is Channel.Phone or Channel.Visit && Australia(t))
            yield return "AU-HOURS";
        var wishes = InUs && IsCollector ? "US-REGF-INCONVENIENT" : request.Jurisdiction == "GB" ? "GB-REASONABLE" : "PREFERENCES";
        if (Blocks(t, local => profile.Preferences.Any(wish => IsUnwelcome(wish, local))))
            yield return wishes;
    }

    private bool Australia(DateTimeOffset t)
    {
        if (request.Jurisdiction != "AU")
            return false;
        var general = Blocks(t, local => Calendar(local) == DayKind.Holiday
            || !(request.Channel == Channel.Phone && !IsWeekend(local) ? Between(local, "07:30", "21:00") : Between(local, "09:00", "21:00")));
        return general || (request.Place == Place.Work && Blocks(t, local => Calendar(local) != DayKind.Working || !Between(local, "09:00", "17:00")));
    }

    private IEnumerable<string> Counts(DateTimeOffset t)
    {
        if (request.Channel == Channel.Phone)
        {
            if (request.HouseRules && zones.Any(zone => Rests(t, zone)))
                yield return "HOUSE-3ON-2OFF";
            if (request.Jurisdiction == "CN")
            {
                if (Today(t, h => h.Outcome is ContactOutcome.Conversation or ContactOutcome.Refused or ContactOutcome.Unknown or ContactOutcome.Sent) >= 3)
                    yield return "CN-CALLS-3";
                if (Today(t, h => h.Outcome is ContactOutcome.NoAnswer or ContactOutcome.Voicemail or ContactOutcome.Busy or ContactOutcome.Unknown or ContactOutcome.Sent && h.Address == request.Address) >= 6)
                    yield return "CN-ATTEMPTS-6";
            }

            if (InUs && IsCollector && !zones.All(zone => Asked(t, zone)))
            {
                if (zones.Any(zone => history.Count(h => IsCall(h, zone) && Date(t, zone) - Date(h.At, zone) <= TimeSpan.FromDays(6)) >= 7))
                    yield return "US-REGF-7IN7";
                if (zones.Any(zone => history.Any(h => h is { Channel: Channel.Phone, Outcome: ContactOutcome.Conversation } && h.DebtIds.Contains(request.DebtId) && Date(t, zone) - Date(h.At, zone) <= TimeSpan.FromDays(6))))
                    yield return "US-REGF-7AFTER";
            }
        }

        if (request.Purpose == Purpose.Confirmation)
            yield break;
        var reached = history.Where(h => h.Direction == Direction.Outbound
            && h.Outcome is ContactOutcome.Conversation or ContactOutcome.Refused or ContactOutcome.Voicemail or ContactOutcome.Unknown or ContactOutcome.Sent && h.Direction == Direction.Outbound).ToList();
        if (request.Jurisdiction == "US-WA" && IsCollector)
            foreach (var start in new[] { DayOfWeek.Sunday, DayOfWeek.Monday })
                foreach (var zone in zones)
                {
                    var week = reached.Where(h => Week(h.At, zone, start) == Week(t, zone, start)).ToList();
                    if (week.Count >= 3 || (request.Place == Place.Work && week.Any(h => h.Place == Place.Work)))
                        yield return "US-WA-3WEEK";
                }
        var account = reached.Where(h => h.Channel != Channel.Letter && h.DebtIds.Contains(request.DebtId)).ToList();
        if (request.Jurisdiction == "AU" && request.Channel != Channel.Letter && zones.Any(zone =>
            account.Count(h => Date(t, zone) - Date(h.At, zone) <= TimeSpan.FromDays(6)) >= 3 || account.Count(h => Date(t, zone) - Date(h.At, zone) <= TimeSpan.FromDays(30)) >= 10))
            yield return "AU-FREQ";
        var begun = history.Where(h => h.Direction == Direction.Outbound && h.Channel is Channel.Phone or Channel.Sms && h.Direction == Direction.Outbound && h.DebtIds.Contains(request.DebtId)
            && h.Outcome is not (ContactOutcome.Busy or ContactOutcome.NotInService or ContactOutcome.Failed or ContactOutcome.WrongParty)).ToList();
        var atWork = request.Place == Place.Work;
        if (request.Jurisdiction == "US-MA" && request.Channel is Channel.Phone or Channel.Sms && request.Jurisdiction == "US-MA"
            && begun.Count(h => (h.Place == Place.Work) == atWork && t - h.At < TimeSpan.FromDays(atWork ? 30 : 7)) >= 2)
            yield return "US-MA-2IN7";
    }

    // Blocked in some zone, and there not the one answer, in the same medium and the same blocked stretch, to what the consumer began.
    private bool Blocks(DateTimeOffset t, Func<DateTime, bool> isBlocked)
    {
        var question = history.Where(h => h.Direction == Direction.Inbound && h.Channel == request.Channel && h.At <= t && h.Outcome != ContactOutcome.WrongParty).OrderBy(h => h.At).LastOrDefault();
        if (question is not null && history.Any(h => h.Direction == Direction.Outbound && h.Channel == request.Channel && h.At >= question.At && h.Outcome != ContactOutcome.Failed))
            question = null;
        return zones.Any(zone => isBlocked(Local(t, zone)) && !(question is not null && ClosedThroughout(question.At, zone)));

        bool ClosedThroughout(DateTimeOffset from, TimeZoneInfo zone)
        {
            if (!isBlocked(Local(from, zone)))
                return false;
            for (var minute = from.AddSeconds(60 - from.Second); minute <= t; minute = minute.AddMinutes(1))
                if (!isBlocked(Local(minute, zone)))
                    return false;
            return true;
        }
    }

    private bool IsUnwelcome(BlockedTime wish, DateTime local)
    {
        if ((wish.Channel is { } channel && channel != request.Channel) || (wish.Place is { } place && place != request.Place))
            return false;
        var (from, to, time) = (wish.From ?? TimeOnly.MinValue, wish.To, TimeOnly.FromDateTime(local));
        bool On(DateTime day) => (wish.Days is null || wish.Days.Contains(day.DayOfWeek)) && (wish.Until is null || DateOnly.FromDateTime(day) <= wish.Until);
        if (to is null || to > from)
            return On(local) && time >= from && (to is null || time < to);
        return (On(local) && time >= from) || (On(local.AddDays(-1)) && time < to);
    }

    private bool Rests(DateTimeOffset t, TimeZoneInfo zone)
    {
        var days = history.Where(h => h is { Channel: Channel.Phone, Direction: Direction.Outbound }
            && h.Outcome is not (ContactOutcome.Busy or ContactOutcome.NotInService or ContactOutcome.WrongParty or ContactOutcome.Failed)).Select(h => Date(h.At, zone)).ToHashSet();
        var today = Date(t, zone);
        return new[] { 1, 2 }.Any(ago => Enumerable.Range(ago, 3).All(back => days.Contains(today.AddDays(-back))));
    }

    private int Today(DateTimeOffset t, Func<PastContact, bool> counts) =>
        zones.Max(zone => history.Count(h => h is { Channel: Channel.Phone, Direction: Direction.Outbound } && Date(h.At, zone) >= Date(t, zone) && counts(h)));

    private bool IsCall(PastContact past, TimeZoneInfo zone) =>
        past is { Channel: Channel.Phone, Direction: Direction.Outbound }
        && past.Outcome is not (ContactOutcome.Busy or ContactOutcome.NotInService or ContactOutcome.WrongParty or ContactOutcome.Failed)
        && (past.Outcome == ContactOutcome.NoAnswer ? past.DebtIds[0] == request.DebtId : past.DebtIds.Contains(request.DebtId))
        && !zones.All(z => Asked(past.At, z, past));

    // A phone consent not yet used up by a conversation, on its first seven local days.
    private bool Asked(DateTimeOffset t, TimeZoneInfo zone, PastContact? itself = null) => profile.Consents.Any(c =>
        c.Channel == Channel.Phone && c.At <= t && zones.All(z => Date(t, z) - Date(c.At, z) <= TimeSpan.FromDays(6)) && Date(t, zone) >= Date(c.At, zone)
        && !history.Any(h => h is { Channel: Channel.Phone, Outcome: ContactOutcome.Conversation } && h.At > c.At && (itself is null ? h.At <= t : h.At < t)));

    private DayKind Calendar(DateTime local)
    {
        var id = request.Jurisdiction switch { "CN" => "cn", "GB" => "gb-england-wales", "IN" => "in-national", "AU" => "au-national", "EU" => "eu-target", _ => "us-federal" };
        return PackCatalogue.Shipped().Calendars[id].Kind(DateOnly.FromDateTime(local))!.Value;
    }

    private bool Has(string flag, DateTimeOffset t) =>
        profile.Flags.Any(f => f.Name == flag && f.From <= t && (f.Until is null || t < f.Until) && (f.DebtId is null || f.DebtId == request.DebtId));

    private static DateTime Local(DateTimeOffset t, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(t, zone).DateTime;

    private static DateTime Date(DateTimeOffset t, TimeZoneInfo zone) => Local(t, zone).Date;

    private static DateTime Week(DateTimeOffset t, TimeZoneInfo zone, DayOfWeek start)
    {
        var day = Date(t, zone);
        while (day.DayOfWeek != start)
            day = day.AddDays(-1);
        return day;
    }
}

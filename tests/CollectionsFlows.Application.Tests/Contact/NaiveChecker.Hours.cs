using CollectionsFlows.Application.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Calendars;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>When: hours, holidays, the borrower's wishes, and the one answer to what the borrower began.</summary>
internal sealed partial class NaiveChecker
{
    private static readonly IReadOnlyDictionary<string, BusinessCalendar> Calendars = PackCatalogue.Shipped().Calendars;

    private static bool Between(DateTime local, string from, string to) =>
        local.TimeOfDay >= TimeSpan.Parse(from) && local.TimeOfDay <= TimeSpan.Parse(to);

    private static bool IsWeekend(DateTime day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private IEnumerable<string> Hours(DateTimeOffset t)
    {
        var channel = request.Channel;
        if (channel == Channel.Letter)
            yield break;
        if (request.HouseRules && Blocks(t, local => Calendar(local) != DayKind.Working || !Between(local, numbers.HouseOpens, numbers.HouseCloses), answers: true))
            yield return LacksYear(t) ? "HOUSE-CALENDAR-MISSING" : "HOUSE-HOURS";
        if (request.Jurisdiction == "CN" && Blocks(t, local => local.Hour is >= 22 or < 8, at => Has("night-agreed", at)))
            yield return "CN-NIGHT";
        if (InUs && IsCollector && Blocks(t, local => !Between(local, "08:00", "21:00"), answers: true))
            yield return "US-REGF-HOURS";
        if (request.Jurisdiction == "US-WA" && IsCollector && request.Place == Place.Home && Blocks(t, local => !Between(local, "07:30", "21:00"), answers: true))
            yield return "US-WA-HOURS";
        if (request.Jurisdiction == "IN" && channel == Channel.Phone && Blocks(t, local => !Between(local, "08:00", "19:00")))
            yield return "IN-HOURS";
        if (request.Jurisdiction == "AU" && channel is Channel.Phone or Channel.Visit && Australia(t))
            yield return LacksYear(t) ? "AU-CALENDAR-MISSING" : "AU-HOURS";
        var wishes = InUs && IsCollector ? "US-REGF-INCONVENIENT" : request.Jurisdiction == "GB" ? "GB-REASONABLE" : "PREFERENCES";
        if (Blocks(t, local => profile.Preferences.Any(wish => IsUnwelcome(wish, local)), answers: true))
            yield return wishes;
    }

    private bool Australia(DateTimeOffset t)
    {
        if (request.Jurisdiction != "AU")
            return false;
        var general = Blocks(t, local => Calendar(local) is null or DayKind.Holiday
            || !(request.Channel == Channel.Phone && !IsWeekend(local) ? Between(local, "07:30", "21:00") : Between(local, "09:00", "21:00")));
        return general || (request.Place == Place.Work && Blocks(t, local => Calendar(local) != DayKind.Working || !Between(local, "09:00", "17:00")));
    }

    // Blocked in some zone, and there not the one answer, in the same medium and the same blocked stretch, to what the consumer began.
    private bool Blocks(DateTimeOffset t, Func<DateTime, bool> isBlocked, Func<DateTimeOffset, bool>? isAgreed = null, bool answers = false)
    {
        var blocked = zones.Where(zone => IsClosed(t, zone)).ToList();
        if (blocked.Count == 0)
            return false;
        if (request.IsAnswer == false)
            return true; // What a schedule sends answers nothing.
        if (!answers && request.Purpose != Purpose.Confirmation)
            return true; // Only the American rules on times, the house and a wish of the borrower's own let somebody who began it be answered; an opt-out is confirmed at once anywhere.
        var question = history.Where(h => h.Direction == Direction.Inbound && h.Channel == request.Channel && h.At <= t && h.Outcome != ContactOutcome.WrongParty).OrderBy(h => h.At).LastOrDefault();
        if (question is null || history.Any(h => h.Direction == Direction.Outbound && h.Channel == request.Channel && h.At >= question.At && h.Outcome != ContactOutcome.Failed))
            return true;
        return blocked.Any(zone => !ClosedThroughout(question.At, zone));

        bool IsClosed(DateTimeOffset at, TimeZoneInfo zone) => isBlocked(Local(at, zone)) && isAgreed?.Invoke(at) != true;

        bool ClosedThroughout(DateTimeOffset from, TimeZoneInfo zone)
        {
            if (!IsClosed(from, zone))
                return false;
            for (var minute = from.AddSeconds(60 - from.Second); minute <= t; minute = minute.AddMinutes(1))
                if (!IsClosed(minute, zone))
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

    private bool LacksYear(DateTimeOffset t) => zones.Any(zone => Calendar(Local(t, zone)) is null);

    // Null: nobody knows that year's holidays, so no day of it is open.
    private DayKind? Calendar(DateTime local)
    {
        var id = request.Jurisdiction switch { "CN" => "cn", "GB" => "gb-england-wales", "IN" => "in-national", "AU" => "au-national", "EU" => "eu-target", _ => "us-federal" };
        return Calendars[id].Kind(DateOnly.FromDateTime(local));
    }
}

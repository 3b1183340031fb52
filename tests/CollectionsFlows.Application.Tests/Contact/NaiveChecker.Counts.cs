using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>How often: calls, messages, days of rest.</summary>
internal sealed partial class NaiveChecker
{
    private IEnumerable<string> Counts(DateTimeOffset t) => Calls(t).Concat(request.Purpose == Purpose.Confirmation ? [] : Communications(t));

    private IEnumerable<string> Calls(DateTimeOffset t)
    {
        if (request.Channel != Channel.Phone)
            yield break;
        if (request.HouseRules && zones.Any(zone => Rests(t, zone)))
            yield return "HOUSE-3ON-2OFF";
        if (request.Jurisdiction == "CN")
        {
            if (Today(t, h => h.Outcome is ContactOutcome.Conversation or ContactOutcome.Refused or ContactOutcome.Unknown or ContactOutcome.Sent) >= numbers.ChineseCallsADay)
                yield return "CN-CALLS-3";
            // A call to nobody knows which number counts for each number.
            if (Today(t, h => h.Outcome is ContactOutcome.NoAnswer or ContactOutcome.Voicemail or ContactOutcome.Busy or ContactOutcome.Unknown or ContactOutcome.Sent && (h.Address is null || h.Address == request.Address)) >= 6)
                yield return "CN-ATTEMPTS-6";
        }

        if (InUs && IsCollector && !zones.All(zone => Asked(t, zone)))
        {
            if (zones.Any(zone => history.Count(h => IsCall(h, zone) && Date(t, zone) - Date(h.At, zone) <= TimeSpan.FromDays(6)) >= numbers.FederalCallsAWeek))
                yield return "US-REGF-7IN7";
            if (zones.Any(zone => history.Any(h => h is { Channel: Channel.Phone, Outcome: ContactOutcome.Conversation } && IsAbout(h) && Date(t, zone) - Date(h.At, zone) <= TimeSpan.FromDays(6))))
                yield return "US-REGF-7AFTER";
        }
    }

    // A contact at a place nobody noted counts for home and for work.
    private IEnumerable<string> Communications(DateTimeOffset t)
    {
        var reached = history.Where(h => h.Direction == Direction.Outbound
            && h.Outcome is ContactOutcome.Conversation or ContactOutcome.Refused or ContactOutcome.Voicemail or ContactOutcome.Unknown or ContactOutcome.Sent && h.Direction == Direction.Outbound).ToList();
        if (request.Jurisdiction == "US-WA" && IsCollector)
            foreach (var start in new[] { DayOfWeek.Sunday, DayOfWeek.Monday })
                foreach (var zone in zones)
                {
                    var week = reached.Where(h => Week(h.At, zone, start) == Week(t, zone, start)).ToList();
                    if (week.Count >= numbers.WashingtonAWeek || (request.Place == Place.Work && week.Any(h => h.Place is null or Place.Work)))
                        yield return "US-WA-3WEEK";
                }
        var account = reached.Where(h => h.Channel != Channel.Letter && IsAbout(h)).ToList();
        if (request.Jurisdiction == "AU" && request.Channel != Channel.Letter && zones.Any(zone =>
            account.Count(h => Date(t, zone) - Date(h.At, zone) <= TimeSpan.FromDays(6)) >= numbers.AustraliaAWeek
            || account.Count(h => Date(t, zone) - Date(h.At, zone) <= TimeSpan.FromDays(30)) >= 10))
            yield return "AU-FREQ";
        var begun = history.Where(h => h.Direction == Direction.Outbound && h.Channel is Channel.Phone or Channel.Sms && h.Direction == Direction.Outbound && IsAbout(h)
            && h.Outcome is not (ContactOutcome.Busy or ContactOutcome.NotInService or ContactOutcome.Failed or ContactOutcome.WrongParty)).ToList();
        var atWork = request.Place == Place.Work;
        if (request.Jurisdiction == "US-MA" && request.Channel is Channel.Phone or Channel.Sms && request.Jurisdiction == "US-MA"
            && begun.Count(h => (h.Place is null || (h.Place == Place.Work) == atWork) && t - h.At < TimeSpan.FromDays(atWork ? 30 : 7)) >= 2)
            yield return "US-MA-2IN7";
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

    // Unanswered, it counts to the first debt it was about; otherwise to each.
    private bool IsCall(PastContact past, TimeZoneInfo zone) =>
        past is { Channel: Channel.Phone, Direction: Direction.Outbound }
        && past.Outcome is not (ContactOutcome.Busy or ContactOutcome.NotInService or ContactOutcome.WrongParty or ContactOutcome.Failed)
        && (past.Outcome == ContactOutcome.NoAnswer && past.DebtIds.Count > 0 ? past.DebtIds[0] == request.DebtId : IsAbout(past))
        && !zones.All(z => Asked(past.At, z, past));

    // A phone consent not yet used up by a conversation, on its first seven local days; one for a number only for calls to that number.
    private bool Asked(DateTimeOffset t, TimeZoneInfo zone, PastContact? itself = null) => profile.Consents.Any(c =>
        c.Channel == Channel.Phone && c.At <= t && (c.Address is null || c.Address == (itself is null ? request.Address : itself.Address))
        && zones.All(z => Date(t, z) - Date(c.At, z) <= TimeSpan.FromDays(6)) && Date(t, zone) >= Date(c.At, zone)
        && !history.Any(h => h is { Channel: Channel.Phone, Outcome: ContactOutcome.Conversation } && h.At > c.At && (itself is null ? h.At <= t : h.At < t)));

    // With no debt named it was about each.
    private bool IsAbout(PastContact past) => past.DebtIds.Count == 0 || past.DebtIds.Contains(request.DebtId);

    private static DateTime Week(DateTimeOffset t, TimeZoneInfo zone, DayOfWeek start)
    {
        var day = Date(t, zone);
        while (day.DayOfWeek != start)
            day = day.AddDays(-1);
        return day;
    }
}

using System.Globalization;
using CollectionsFlows.Core.Contact.LocalTime;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Contact;

/// <summary>What rules on the time of day allow, in words.</summary>
internal static class HoursWords
{
    private const string Answer = " What the borrower begins at a blocked time may be answered once, in the same medium. Letters are not bound. Counts nothing.";

    public static string Of(LocalHoursRule rule)
    {
        var zones = rule.Zones == ZonesBound.Every ? "in every zone the borrower may be in" : "in one of the zones the borrower may be in";
        var days = rule.Calendars is null
            ? $"Monday to Friday {Hours(rule.Weekdays)}, Saturday and Sunday {Hours(rule.Weekends)}"
            : $"working days and make-up workdays {Hours(rule.Weekdays)}, weekends {Hours(rule.Weekends)}, public holidays {Hours(rule.Holidays)}";
        var calendars = rule.Calendars is not { Count: > 0 } named ? "" : $" Calendars: {string.Join(", ", named.Select(pair => $"{pair.Value} for {pair.Key}"))};"
            + $" a year without one is blocked and cited as {rule.CalendarMissingId}.";
        var agreed = rule.AgreedFlag is null ? "" : $" The borrower may agree to other hours (flag {rule.AgreedFlag}).";
        return $"Contact by {Bound(rule)} {zones}: {days}.{calendars}{agreed}{Answered(rule)}";
    }

    public static string Of(ConflictingZonesRule rule) =>
        $"Where the borrower may be in several zones, contact by {Bound(rule)} only at times that are {Hours(rule.Hours)} in all of them.{Answered(rule)}";

    public static string Of(PreferencesRule rule)
    {
        var left = rule.LeavesTo.Count == 0 ? "" : $" Left to another pack's rule in {RuleWords.Join([.. rule.LeavesTo.Select(other => other.Jurisdiction)], "and")}.";
        return $"Times, media and places the borrower asked to be spared are blocked for {Bound(rule)}, in every zone the borrower may be in. Letters only by a wish that names letters.{left}"
            + (rule.NeverAnswer ? " Counts nothing." : " What the borrower begins at a blocked time may be answered once, in the same medium. Counts nothing.");
    }

    private static string Answered(HoursRule rule) => rule.NeverAnswer ? " Letters are not bound. Counts nothing." : Answer;

    private static string Bound(HoursRule rule) => RuleWords.List(rule.Channels, "any medium") + (rule.Places is null ? "" : $" at {RuleWords.List(rule.Places, "")}");

    private static string Hours(LocalWindow? hours) => hours is null ? "never" : $"{Time(hours.From)} to {Time(hours.To)}{(hours.ToInside ? "" : " (that instant blocked)")}";

    private static string Time(TimeOnly time) => time.ToString(time.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
}

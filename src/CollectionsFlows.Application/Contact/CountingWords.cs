using System.Globalization;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Contact;

/// <summary>What counting rules count, in words.</summary>
internal static class CountingWords
{
    public static string Of(CallsPerDebtRule rule) =>
        $"At most {Words.Count(rule.Limit, "call")} about one debt {Window(rule.Window)}, the one about to be made included. Counts outbound calls placed to the borrower, unanswered ones and voicemails too; "
        + "not busy, not in service, wrong party or certainly not made; never texts or e-mails. An unanswered call about several debts counts to the first it names, any other to each."
        + Requested(rule.RequestedDays);

    public static string Of(ContactLimitRule rule) =>
        $"At most {Words.Count(rule.Limit, "contact")} {Per(rule.Per)} {Window(rule.Window)}, the one about to be made included. Counts outbound contacts by {RuleWords.List(rule.Channels, "any medium")}"
        + $"{(rule.Places is null ? "" : $" at {RuleWords.List(rule.Places, "")}{(rule.BindsUnknownPlace ? " or an unknown place" : "")}")} that ended in {RuleWords.List(rule.Outcomes, "anything")}, by whomever they were made."
        + (rule.Spares.Count == 0 ? "" : $" Not bound: {RuleWords.Join([.. rule.Spares.Select(purpose => $"{Words.Name(purpose)} messages")], "and")}.");

    public static string Of(RestAfterPhoneDaysRule rule) =>
        $"After {Words.Days(rule.RunDays)} in a row with phone contact, {Words.Days(rule.RestDays)} without. Counts calendar days in the borrower's zone with an outbound call over all debts, answered or not; "
        + "not busy, not in service, wrong party or certainly not made.";

    public static string Of(QuietAfterConversationRule rule) =>
        $"After a telephone conversation about the debt, whoever began it, no call about it for {Words.Days(rule.Days)} in the borrower's zone, the day of the conversation the first. Counts conversations per debt."
        + Requested(rule.RequestedDays);

    private static string Requested(int days) => days <= 0 ? "" : $" A call the borrower asked for is neither counted nor bound, for {Words.Days(days)} from asking or until the next conversation.";

    private static string Per(CountedPer per) => per switch
    {
        CountedPer.Debt => "about one debt",
        CountedPer.Address => "to one number or address",
        _ => "to one borrower over all debts",
    };

    private static string Window(CountingWindow window) => window.Unit switch
    {
        WindowUnit.CalendarWeek => $"in a calendar week of the borrower's zone (begun on {CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(window.WeekStart)})",
        WindowUnit.RollingDays => $"in any {Words.Days(window.Length)} of 24 hours back from the contact",
        _ when window.Length == 1 => "in a calendar day of the borrower's zone",
        _ => $"in any {Words.Days(window.Length)} in a row of the borrower's zone",
    };
}

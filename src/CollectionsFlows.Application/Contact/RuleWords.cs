using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Rules;

namespace CollectionsFlows.Application.Contact;

/// <summary>Says in plain English what a rule does with its parameters: what it binds, what it counts, what it lets pass.</summary>
public static class RuleWords
{
    /// <summary>One or more sentences.</summary>
    public static string Describe(ContactRule rule) => rule switch
    {
        LocalHoursRule hours => HoursWords.Of(hours),
        ConflictingZonesRule zones => HoursWords.Of(zones),
        PreferencesRule wishes => HoursWords.Of(wishes),
        CallsPerDebtRule calls => CountingWords.Of(calls),
        ContactLimitRule limit => CountingWords.Of(limit),
        RestAfterPhoneDaysRule rest => CountingWords.Of(rest),
        QuietAfterConversationRule quiet => CountingWords.Of(quiet),
        VariedTextRule => "Counts the newest SMS text sent to the borrower, over all loans: the same text is not sent again right after it. Waiting does not help, another wording does.",
        StopFlagRule stop => Of(stop),
        OptOutRule optOut => "Nothing goes to an address or medium the borrower opted out of, from that instant on, until a later consent takes it back. "
            + $"{Words.Count(optOut.Confirmations, "pure confirmation")} may follow an opt-out.",
        WorkEmailRule => "No e-mail to an address the employer provides, unless the borrower consented to that address or wrote from it. Counts nothing.",
        VisitRule visit => $"A visit is made by {Words.Count(visit.MinPersons, "person")} or more; while their number is not known the visit may be planned. Counts nothing.",
        TextPermissionRule text => $"A text only where the borrower texted from the number or consented to texts, and within the past {Words.Days(text.FreshDays)} (of 24 hours) texted again, "
            + $"renewed the consent, or the number was checked clean (flag {text.CheckedFlag}). Counts nothing.",
        EmailPermissionRule email => "An e-mail only to an address the borrower used or consented to; or, outside work, "
            + $"{Words.Days(email.NoticeDays)} after the creditor announced it (flag {email.NoticeFlag}), or where the prior collector used it (flag {email.PriorCollectorFlag}). Counts nothing.",
        ThirdPartyRule third => Of(third),
        DutyRule duty => $"A duty, not a block; the gate does not enforce it: {duty.Duty}",
        _ => $"A rule of the kind {RuleFault.NameOf(rule)}.", // A test asks for the words of every kind.
    };

    /// <summary>Whom a rule binds.</summary>
    public static string Bound(BoundRole role) => role switch
    {
        BoundRole.Creditor => "who collects its own debt",
        BoundRole.Collector => "who collects for others",
        _ => "creditors and collectors",
    };

    /// <summary>What the numbers rest on.</summary>
    public static string Status(RuleStatus status) => status == RuleStatus.Primary ? "T, the primary text was read" : "S, a secondary source: have the number checked";

    internal static string List<T>(IReadOnlyList<T>? values, string all)
        where T : struct, Enum => values is null ? all : Join([.. values.Select(Name)], "or");

    internal static string Join(IReadOnlyList<string> items, string last) =>
        items.Count < 2 ? string.Concat(items) : $"{string.Join(", ", items.SkipLast(1))} {last} {items[^1]}";

    private static string Name<T>(T value)
        where T : struct, Enum => value is Channel channel ? Words.Name(channel) : Words.Name(value);

    private static string Of(StopFlagRule stop)
    {
        var lasting = stop.Days is { } days ? $", for {Words.Days(days)} where it names no end" : "";
        var spared = stop.Spares.Count + stop.SparesRecipients.Count == 0
            ? "Nothing is spared."
            : $"Spared: {Join([.. stop.Spares.Select(purpose => $"{Words.Name(purpose)} messages"), .. stop.SparesRecipients.Select(who => $"the {Words.Name(who)}")], "and")}.";
        return $"While the flag {stop.Flag} holds{lasting}, contact by {List(stop.Channels, "any medium")}{(stop.Places is null ? "" : $" at {List(stop.Places, "")}")} stops. {spared} Counts nothing.";
    }

    private static string Of(ThirdPartyRule third)
    {
        var where = third.Inquiries.Select(inquiry => $"in {inquiry.Jurisdiction}"
            + (inquiry.OnlyIf is { } flags ? $" only if {Join(flags, "or")}" : "") + (inquiry.TimesPerPerson is { } times ? $", {Words.Count(times, "time")} a person" : "")).ToList();
        return "Nobody but the debtor, a guarantor, the attorney or the estate is spoken to; a third party is asked for contact details only, with no word of the debt, "
            + $"{(where.Count == 0 ? "nowhere" : string.Join("; ", where))}, and never again after a refusal. Counts contacts per third party's address, over all time.";
    }
}

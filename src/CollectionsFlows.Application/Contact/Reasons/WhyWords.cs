using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>Says in plain English why a contact was made or not, or could be; times are the borrower's. Carries no personal data (S25).</summary>
internal static class WhyWords
{
    private const int MostContacts = 5;

    /// <summary>Says again and again, because it matters: asking does nothing.</summary>
    public const string Note = "Hypothetical: judged with what is known now. Nothing was sent and nothing was reserved; other contacts made before may change it.";

    /// <summary>A contact on record.</summary>
    public static string Recorded(RecordedContact contact, BorrowerTimes times)
    {
        var at = times.Say(contact.At);
        if (contact.Result is "reported" or "received")
        {
            var who = contact.Result == "received" ? "The borrower made contact" : "A contact by people was reported:";
            return $"{who} by {Name(contact.Channel)} at {at}{(contact.Outcome is { } outcome ? $": {Words.Name(outcome)}" : "")}.";
        }

        var message = $"The message {contact.Template}{(contact.Purpose is { } purpose ? $" ({Words.Name(purpose)})" : "")}";
        var way = contact.Channel is null ? "" : $" by {Name(contact.Channel)}{Words.Also(contact.AddressLabel, " to ")}";
        return contact.Result switch
        {
            "sent" => $"{message} went out{way} at {at}; no rule stood in the way{Delivery(contact)}.",
            "deferred" => $"{message} was tried{way} at {at} and deferred until {times.Say(contact.Until ?? contact.At)} by {Say(contact.Rule)}{Others(contact)}.",
            "forbidden" => $"{message} was tried{way} at {at} and forbidden by {Say(contact.Rule)}{Others(contact)}.",
            "failed" => $"{message} was allowed{way} at {at}, but the carrier refused it.",
            "unknown" => $"{message} may have gone out{way} at {at}: the carrier's answer was lost. It counts as sent and is not sent again{Delivery(contact)}.",
            _ => $"{message} was dropped at {at} before it was sent.",
        };
    }

    /// <summary>A way to reach the borrower, judged.</summary>
    public static string Hypothetical(HypotheticalContact contact, BorrowerTimes times) => $"{Capital(Way(contact))}: {Verdict(contact, times)}";

    private static string Way(HypotheticalContact contact) => $"{(contact.Channel == Channel.Phone ? "call" : Name(contact.Channel))}{Words.Also(contact.AddressLabel, " to ")}";

    private static string Verdict(HypotheticalContact contact, BorrowerTimes times)
    {
        var others = contact.Citations.Where(block => block.Rule.Id != contact.Rule?.Id).Select(block => block.Rule.Id).ToList();
        var also = others.Count == 0 ? "" : $"; also in the way: {string.Join(", ", others)}";
        return contact.Verdict switch
        {
            VerdictKind.Allow => "allowed.",
            VerdictKind.Defer when contact.Until is null => $"not before somebody supplies the calendar that {Say(contact.Rule)} needs{also}.",
            VerdictKind.Defer => $"not before {times.Say(contact.Until.Value)}, by {Say(contact.Rule)}{also}.",
            _ => $"forbidden by {Say(contact.Rule)}{also}.",
        };
    }

    /// <summary>The case's own plans.</summary>
    public static string Intention(IntendedMessage? message, CaseStanding standing, DateTimeOffset at, BorrowerTimes times)
    {
        if (message is null)
            return $"The case itself would send nothing: {string.Join(" ", standing.WhyNot)}";
        var what = $"The case itself would send {message.Template} (step {message.Step})";
        if (message.NotBefore is { } from && from > at)
            return $"{what}, but only from {times.Say(from)}.";
        return message.Result switch
        {
            ContactResult.Sent => $"{what} by {Name(message.Channel)}.",
            ContactResult.Deferred => $"{what}, but {message.Rule} would defer it until {times.Say(message.Until ?? at)}.",
            _ => $"{what}, but {message.Rule} forbids it.",
        };
    }

    /// <summary>The answer, sentence by sentence.</summary>
    public static IReadOnlyList<string> Answer(WhyAnswer answer, DateTimeOffset openedAt, bool isOver, BorrowerTimes times)
    {
        var sentences = new List<string>();
        if (answer.Standing is null)
            sentences.Add($"There was no case yet: the loan was enrolled at {times.Say(openedAt)}.");
        else if (answer.Record is { } record)
            sentences.AddRange(OfRecord(answer, record, isOver, times));
        if (answer.Hypothesis is { } hypothesis)
        {
            sentences.Add($"If the borrower were contacted at {times.Say(answer.At)}:");
            // Ways with one verdict are told together.
            sentences.AddRange(hypothesis.Contacts.GroupBy(contact => Verdict(contact, times)).Select(same => $"{Capital(string.Join(", ", same.Select(Way)))}: {same.Key}"));
            sentences.Add(hypothesis.Intention.Words);
            sentences.Add(hypothesis.Note);
        }

        return [.. sentences.Select(sentence => sentence.ReplaceLineEndings(" "))]; // Reasons are typed by people.
    }

    private static IEnumerable<string> OfRecord(WhyAnswer answer, ContactRecord record, bool isOver, BorrowerTimes times)
    {
        var day = Words.Date(times.Clock.DateAt(record.From));
        if (record.Contacts.Count == 0)
            yield return $"No contact {(isOver ? "was" : "has been")} tried on {day}, the borrower's day{(isOver ? "" : ", so far")}.";
        foreach (var contact in record.Contacts.OrderBy(contact => (contact.At - answer.At).Duration()).Take(MostContacts).OrderBy(contact => contact.Seq))
            yield return contact.Words;
        if (record.Contacts.Count > MostContacts)
            yield return $"{Words.Count(record.Contacts.Count - MostContacts, "further contact")} on that day {(record.Contacts.Count == MostContacts + 1 ? "is" : "are")} in the record.";
        // Today's reasons are told with what the case would do.
        if (!isOver || (record.Contacts.Count > 0 && answer.On is not null))
            yield break;
        if (record.Contacts.Count > 0)
            yield return $"At {times.Say(answer.At)}:";
        foreach (var reason in answer.Standing!.WhyNot)
            yield return reason;
    }

    private static string Say(RuleText? rule) =>
        rule is null ? "a rule" : rule.Title is null ? rule.Id : $"{rule.Id}: {rule.Title}{(rule.Source is null ? "" : $" ({rule.Source})")}";

    private static string Others(RecordedContact contact)
    {
        var others = contact.Citations.Where(rule => rule.Id != contact.Rule?.Id).Select(rule => rule.Id).ToList();
        return others.Count == 0 ? "" : $"; also in the way: {string.Join(", ", others)}";
    }

    private static string Delivery(RecordedContact contact) => contact.Delivery switch
    {
        "delivered" => "; the carrier delivered it",
        "not-delivered" => "; the carrier could not deliver it",
        _ => "",
    };

    private static string Name(Channel? channel) => channel is { } known ? Words.Name(known) : "any channel";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

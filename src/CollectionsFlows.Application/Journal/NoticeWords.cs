using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact.Notices;

namespace CollectionsFlows.Application.Journal;

/// <summary>Words for the notices that the law wants.</summary>
internal static class NoticeWords
{
    /// <summary>Null: the fact is about something else.</summary>
    public static string? Of(CaseFact fact) => fact switch
    {
        CaseFact.NotificationRequested { Rule: { } rule } asked =>
            $"{ContactWords.Again(asked)}{rule} wants the notice {asked.Template}{Words.Also(asked.Reference, " about ")} to go out by {string.Join(" or ", asked.Channels.Select(channel => Words.Name(channel)))}"
            + $"{(asked is { RetryOf: not null, NotBefore: { } from } ? $", not before {Words.Instant(from)}" : "")}"
            + $"{(asked.DueOn is { } dueOn ? $", on {Words.Date(dueOn)} at the latest" : "")}.",
        CaseFact.NoticeSent sent => Sent(sent),
        CaseFact.NoticeMissed missed =>
            $"The notice of {missed.Rule}{Words.Also(missed.Reference, " about ")} is missing: its last day was {Words.Date(missed.DueOn)}. {Stopped(missed)}",
        CaseFact.NoticeReturned returned =>
            $"The notice of {returned.Rule}{Words.Also(returned.Reference, " about ")} of {Words.Date(returned.SentOn)} (command {returned.CommandId}) counts as not sent: {returned.Why}.",
        CaseFact.NoticeLapsed lapsed => $"The notice of {lapsed.Rule}{Words.Also(lapsed.Reference, " about ")} is over since {Words.Date(lapsed.On)}: {lapsed.Why}.",
        _ => null,
    };

    private static string Sent(CaseFact.NoticeSent sent)
    {
        var receipt = sent.ReceivedOn is { } receivedOn ? $" Its receipt is assumed on {Words.Date(receivedOn)}." : "";
        var period = sent.PeriodEndsOn is { } end ? $" The period ends on {Words.Date(end)}." : "";
        var suit = sent.EnforceableFrom is { } from ? $" A suit may be asked for from {Words.Date(from)}." : "";
        return $"The notice of {sent.Rule}{Words.Also(sent.Reference, " about ")} went out on {Words.Date(sent.SentOn)} ({sent.By}).{receipt}{period}{suit}";
    }

    private static string Stopped(CaseFact.NoticeMissed missed)
    {
        var stopped = missed.Stops.Select(stop => stop switch
        {
            NoticeStop.Collection => "nothing asks for money",
            NoticeStop.Enforcement => "nobody is referred to court",
            _ => $"no penalty interest runs from {(missed.InterestStopsFrom is { } from ? Words.Date(from) : "then")}",
        }).ToList();
        return stopped.Count == 0 ? "People are asked to send it." : $"Until it goes out, {string.Join(", ", stopped)}.";
    }
}

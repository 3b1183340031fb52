using System.Globalization;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Evidence;

/// <summary>The sections about contacts and words.</summary>
internal static class ContactSections
{
    public static void Write(HtmlWriter html, Dossier dossier) => html
        .Section("contacts", "Every contact", section => Contacts(section, dossier))
        .Section("texts", "Words that came with events", section => Texts(section, dossier));

    private static void Contacts(HtmlWriter html, Dossier dossier)
    {
        if (dossier.Contacts.Count == 0)
        {
            html.Element("p", "No contact was made or tried.");
            return;
        }

        html.Element("p", "By time, tries that were deferred or forbidden included. The verdict is the contact rules' at that instant; messages are shown as they were sent.", "note");
        foreach (var contact in dossier.Contacts)
        {
            html.Open("article", contact.Result is "sent" or "unknown" || contact.Kind != DossierContactKind.Message ? "made" : null)
                .Markup("<h3>").Text($"{DossierPage.Time(contact.At)} UTC").Markup(" <small>").Text(string.Join(" or ", contact.Local.Select(Local))).Markup("</small>").Close("h3")
                .Element("p", Headline(contact));
            foreach (var line in Details(contact))
            {
                html.Element("p", line, "detail");
            }

            Message(html, contact);
            html.Close("article");
        }
    }

    private static string Headline(DossierContact contact)
    {
        var channel = contact.Channel is { } known ? Capital(Words.Name(known)) : "No channel";
        return contact.Kind switch
        {
            DossierContactKind.Reply => $"{channel} from the borrower: {contact.Result}.",
            DossierContactKind.Reported => $"{channel} {(contact.Direction == Direction.Inbound ? "from the borrower" : "by a person")}: {contact.Result.Replace('-', ' ')}"
                + $"{(contact.Persons is { } persons ? $", {Words.Count(persons, "person")} present" : "")}.",
            _ => $"{channel} to the borrower: {contact.Result}{Verdict(contact)}.",
        };
    }

    private static string Verdict(DossierContact contact) =>
        Words.Also(contact.Rule, " by rule ") + (contact.Until is { } until ? $", until {Words.Instant(until)}" : "") + Words.Also(contact.Code, ", code ");

    private static IEnumerable<string> Details(DossierContact contact)
    {
        if (contact.Kind == DossierContactKind.Message)
        {
            yield return $"Template {contact.Template}{Words.Also(contact.Language, ", ")}{Words.Also(contact.Step, ", step ")}{(contact.Purpose is { } purpose ? $", purpose {Words.Name(purpose)}" : "")}; "
                + $"command {contact.CommandId}, attempt {contact.Attempt?.ToString(CultureInfo.InvariantCulture)}; fact {contact.Seq}.";
            var others = contact.Citations.Where(rule => rule != contact.Rule).ToList();
            if (others.Count > 0) yield return $"Also blocked by {string.Join(", ", others)}.";
            if (contact.Overrides is { Count: > 0 } loosened) yield return $"Loosened by the lender: {string.Join(", ", loosened)}.";
            if (contact.Packs.Count > 0) yield return $"Rules asked: {string.Join(", ", contact.Packs)}.";
        }
        else
        {
            yield return $"Fact {contact.Seq}.";
        }

        foreach (var delivery in contact.Deliveries)
        {
            yield return $"The carrier reported it {(delivery.Delivered ? "delivered" : "not delivered")} ({Words.Instant(delivery.At)}{Words.Also(delivery.Code, ", code ")}).";
        }
    }

    private static void Message(HtmlWriter html, DossierContact contact)
    {
        if (contact.TextSha256 is null && contact.Text is null)
        {
            return;
        }

        if (contact.Address is { } address)
        {
            html.Element("p", $"To {address}", "detail");
        }

        html.Open("blockquote");
        if (contact.Subject is { } subject)
        {
            html.Element("p", subject, "title");
        }

        html.Element("p", contact.Text ?? "The text is not kept any more.", "words").Close("blockquote");
        var match = contact.TextMatches switch
        {
            true => "This is the text whose hash the journal holds: ",
            false => "WARNING: the text above is not the one whose hash the journal holds: ",
            null => "Hash of the text in the journal: ",
        };
        html.Open("p", contact.TextMatches == false ? "detail warning" : "detail").Text($"{match}SHA-256 {contact.TextSha256 ?? "none"}").Close("p");
    }

    private static void Texts(HtmlWriter html, Dossier dossier)
    {
        if (dossier.Texts.Count == 0)
        {
            html.Element("p", "Nothing.");
            return;
        }

        foreach (var text in dossier.Texts)
        {
            html.Open("article", "made").Element("h3", $"{DossierPage.Time(text.At)} UTC").Element("p", $"{Capital(text.Kind)}, event {text.EventId}", "detail")
                .Open("blockquote").Element("p", text.Text ?? "The text is not kept any more.", "words").Close("blockquote").Close("article");
        }
    }

    private static string Local(LocalInstant local) => $"{local.Time.ToString("ddd yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)} {local.Zone}";

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}

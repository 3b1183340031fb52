using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Evidence;

/// <summary>The contacts of a dossier: what the journal says, with the words and numbers that only the borrower store has.</summary>
internal static class ContactComposition
{
    public static IReadOnlyList<DossierContact> Of(DossierSources sources)
    {
        var contacts = Messages(sources).Concat(Reported(sources)).Concat(Replies(sources));
        return [.. contacts.OrderBy(contact => contact.At).ThenBy(contact => contact.Seq)];
    }

    private static IEnumerable<DossierContact> Messages(DossierSources sources)
    {
        var messages = sources.Messages.ToDictionary(message => message.CommandId, StringComparer.Ordinal);
        var requests = sources.FactsOf<CaseFact.NotificationRequested>()
            .ToDictionary(request => $"{sources.State.Terms.LoanId}:{request.Recorded.Seq}", request => request.Fact, StringComparer.Ordinal);
        var reports = sources.FactsOf<CaseFact.DeliveryReported>().ToLookup(
            report => report.Fact.CommandId,
            report => new DossierDelivery(report.Recorded.Seq, report.Recorded.At, report.Fact.Delivered, report.Fact.Code), StringComparer.Ordinal);
        foreach (var (recorded, fact) in sources.FactsOf<CaseFact.ContactAttempted>())
        {
            var attempt = fact.Attempt;
            var request = requests.GetValueOrDefault(attempt.CommandId);
            var at = (attempt.Judged?.Now ?? recorded.At).ToUniversalTime();
            var contact = new DossierContact
            {
                Seq = recorded.Seq,
                Kind = DossierContactKind.Message,
                At = at,
                Local = sources.Local(at),
                Channel = attempt.Channel,
                Direction = Direction.Outbound,
                Result = Name(attempt.Result),
                Purpose = attempt.Judged?.Request.Purpose ?? request?.Purpose,
                Step = request?.Step,
                CommandId = attempt.CommandId,
                Attempt = attempt.Number,
                Template = attempt.Template,
                Language = attempt.Language,
                Rule = attempt.Rule,
                Until = attempt.Until?.ToUniversalTime(),
                Citations = attempt.Citations,
                Packs = attempt.Judged?.Packs ?? [],
                Overrides = attempt.Overrides,
                TextSha256 = attempt.TextSha256,
                Code = attempt.Code,
            };
            // A command has one message: only the try that sent it carries it.
            yield return attempt.TextSha256 is null ? contact : WithMessage(contact, messages.GetValueOrDefault(attempt.CommandId), [.. reports[attempt.CommandId]]);
        }
    }

    private static DossierContact WithMessage(DossierContact contact, StoredMessage? message, IReadOnlyList<DossierDelivery> deliveries) => contact with
    {
        Address = message is { Address.Length: > 0 } ? message.Address : null,
        Subject = message?.Subject,
        Text = message is { Text.Length: > 0 } ? message.Text : null,
        TextMatches = message is { Text.Length: > 0 } ? Sha256(message.Text) == contact.TextSha256 : null,
        Deliveries = deliveries,
    };

    /// <summary>The journal knows when a report was recorded; the ledger knows when the contact was made.</summary>
    private static IEnumerable<DossierContact> Reported(DossierSources sources)
    {
        var loanId = sources.State.Terms.LoanId;
        // Entries with a text are messages and replies.
        var ledger = (sources.Borrower?.Ledger ?? []).Select(entry => entry.Contact).Where(past => past.TextSha256 is null && past.DebtIds.Contains(loanId)).ToList();
        foreach (var (recorded, fact) in sources.FactsOf<CaseFact.ContactReported>())
        {
            var index = ledger.FindIndex(past => past.Channel == fact.Channel && past.Direction == fact.Direction && past.Outcome == fact.Outcome && past.At <= recorded.At);
            var at = (index < 0 ? recorded.At : ledger[index].At).ToUniversalTime();
            if (index >= 0)
            {
                ledger.RemoveAt(index);
            }

            yield return new DossierContact
            {
                Seq = recorded.Seq, Kind = DossierContactKind.Reported, At = at, Local = sources.Local(at), Channel = fact.Channel,
                Direction = fact.Direction, Result = Name(fact.Outcome), Persons = fact.Persons,
            };
        }
    }

    private static IEnumerable<DossierContact> Replies(DossierSources sources)
    {
        var byHash = sources.Texts.Where(text => text.Text.Length > 0).GroupBy(text => Sha256(text.Text)).ToDictionary(same => same.Key, same => same.ToList(), StringComparer.Ordinal);
        foreach (var (recorded, fact) in sources.FactsOf<CaseFact.ReplyReceived>())
        {
            StoredText? text = null;
            if (fact.TextSha256 is { } hash && byHash.GetValueOrDefault(hash) is [var first, ..] same)
            {
                text = first;
                same.RemoveAt(0); // The same words twice are two replies.
            }

            var at = (text?.At ?? recorded.At).ToUniversalTime();
            yield return new DossierContact
            {
                Seq = recorded.Seq, Kind = DossierContactKind.Reply, At = at, Local = sources.Local(at), Channel = fact.Channel, Direction = Direction.Inbound,
                Result = fact.OptOut ? "received, opt-out" : "received", Text = text?.Text, TextSha256 = fact.TextSha256, TextMatches = text is null ? null : true,
            };
        }
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

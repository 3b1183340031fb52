using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Commands;

/// <summary>Drafts a notification: picks channel, address and wording, and asks the gate about each way to reach the borrower.</summary>
public sealed class NotificationDraft(IPolicySource policies, TemplateCatalogue templates, LenderProfile lender, IReadOnlyList<JurisdictionPack> packs)
{
    /// <summary>What the gate judges with.</summary>
    public IReadOnlyList<JurisdictionPack> Packs => packs;

    /// <summary>The attempt with the gate's verdict, and the message where it may go out.</summary>
    public (ContactAttempt Attempt, StoredMessage? Message) Of(
        CaseState state, PendingCommand pending, BorrowerRecord? borrower, IReadOnlyList<IMessageChannel> channels, DateTimeOffset now)
    {
        var command = (CaseCommand.SendNotification)pending.Command;
        ContactAttempt? best = null;
        foreach (var (attempt, message) in Each(state, pending, borrower, channels, now))
        {
            if (message is not null)
            {
                return (attempt, message);
            }

            best = best is null || IsBetter(attempt, best) ? attempt : best;
        }

        return (best ?? NoWay(command, pending.Attempt), null);
    }

    /// <summary>The attempt by each way to reach the borrower, in the step's order of channels; each is judged only when it is asked for.</summary>
    public IEnumerable<(ContactAttempt Attempt, StoredMessage? Message)> Each(
        CaseState state, PendingCommand pending, BorrowerRecord? borrower, IReadOnlyList<IMessageChannel> channels, DateTimeOffset now) =>
        WayToReach.Of(borrower, ((CaseCommand.SendNotification)pending.Command).Channels.Where(channel => channels.Any(known => known.Channel == channel)))
            .Where(way => way.Address is null || IsAnswered((CaseCommand.SendNotification)pending.Command, borrower!, way.Address))
            .Select(way => Judge(state, pending, borrower!, way, now));

    /// <summary>A confirmation goes to the address that the borrower's last words came from, and to no other; where that is not known, to any.</summary>
    private static bool IsAnswered(CaseCommand.SendNotification command, BorrowerRecord borrower, BorrowerAddress address) =>
        command.Purpose != Purpose.Confirmation
        || borrower.Ledger.Select(entry => entry.Contact).Where(past => past.Direction == Direction.Inbound && past.Channel == address.Channel).MaxBy(past => past.At)
            is not { Address: { } from } || from == address.Key;

    private (ContactAttempt Attempt, StoredMessage? Message) Judge(
        CaseState state, PendingCommand pending, BorrowerRecord borrower, WayToReach way, DateTimeOffset now)
    {
        var command = (CaseCommand.SendNotification)pending.Command;
        var rendered = Render(state, command, borrower, way.Channel, now);
        var sha256 = Sha256(rendered.Text);
        var question = ContactQuestion.Of(state, policies.Find(state.Policy), borrower, way, command.Purpose, sha256, now);
        var verdict = question.Judge(packs, now);
        var attempt = new ContactAttempt
        {
            CommandId = command.Id,
            Number = pending.Attempt,
            Template = command.Template,
            Result = verdict.Kind switch { VerdictKind.Allow => ContactResult.Sent, VerdictKind.Defer => ContactResult.Deferred, _ => ContactResult.Forbidden },
            Channel = way.Channel,
            Rule = verdict.Rule,
            Until = verdict.Until,
            Citations = verdict.Citations,
            Overrides = verdict.Overrides.Count > 0 ? verdict.Overrides : null,
            Judged = question.Recorded(packs, now),
        };
        if (verdict.Kind != VerdictKind.Allow)
        {
            return (attempt, null);
        }

        attempt = attempt with { Language = rendered.Language, Wording = rendered.Wording, Segments = rendered.Segments, TextSha256 = sha256 };
        return (attempt, new StoredMessage(
            command.Id, state.Terms.LoanId, borrower.BorrowerId, now, way.Channel, way.Address?.Value ?? "", rendered.Subject, rendered.Text,
            sha256, rendered.Template, rendered.Language, rendered.Wording, rendered.Segments, MessageStatus.Reserved) { Attempt = attempt });
    }

    /// <summary>The next wording after the borrower's last message, and another one should the text come out as the last one, or the last one by that channel, did (S14).</summary>
    private RenderedMessage Render(CaseState state, CaseCommand.SendNotification command, BorrowerRecord borrower, Channel channel, DateTimeOffset now)
    {
        var policy = policies.Find(state.Policy);
        var template = templates.Find(command.Template, borrower.Details!.Language, policy.Language)
            ?? throw new InvalidOperationException($"{state.Policy} names the template '{command.Template}', which does not exist in {policy.Language}");
        var today = new BorrowerClock(state.Terms.TimeZones).DateAt(now);
        var values = MessageValues.For(
            template.Language, lender, borrower.Details.Name, state.Terms, policy.Account,
            CaseAccount.Position(state, policy, today), CaseAccount.Payoff(state, policy, today));
        // Replies are in the ledger too; only what was written to the borrower counts.
        var written = borrower.Ledger.Select(entry => entry.Contact).Where(past => past.Direction == Direction.Outbound && past.TextSha256 is not null).ToList();
        string?[] latest = [written.LastOrDefault()?.TextSha256, written.LastOrDefault(past => past.Channel == channel)?.TextSha256];
        var rendered = MessageRenderer.Render(template, written.Count, channel, values);
        for (var next = 1; next < template.Wordings.Count && latest.Contains(Sha256(rendered.Text)); next++)
        {
            rendered = MessageRenderer.Render(template, written.Count + next, channel, values);
        }

        return rendered;
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Later is better than never, sooner is better than later.</summary>
    private static bool IsBetter(ContactAttempt attempt, ContactAttempt than) =>
        attempt.Until is { } until && (than.Until is not { } other || until < other);

    private static ContactAttempt NoWay(CaseCommand.SendNotification command, int number) => new()
    {
        CommandId = command.Id, Number = number, Template = command.Template, Result = ContactResult.Forbidden,
        Rule = ContactDecisions.NoAddress, Citations = [ContactDecisions.NoAddress],
    };
}

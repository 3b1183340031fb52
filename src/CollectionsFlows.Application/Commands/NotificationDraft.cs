using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Commands;

/// <summary>Drafts a notification: picks channel, address and wording, and asks the gate about each way to reach the borrower.</summary>
public sealed class NotificationDraft(IPolicySource policies, TemplateCatalogue templates, LenderProfile lender, IReadOnlyList<JurisdictionPack> packs)
{
    /// <summary>No rule looks further back; what the journal keeps of the ledger is bounded by it.</summary>
    private static readonly TimeSpan FarthestLook = TimeSpan.FromDays(400);

    /// <summary>The attempt with the gate's verdict, and the message where it may go out.</summary>
    public (ContactAttempt Attempt, StoredMessage? Message) Of(
        CaseState state, PendingCommand pending, BorrowerRecord? borrower, IReadOnlyList<IMessageChannel> channels, DateTimeOffset now)
    {
        var command = (CaseCommand.SendNotification)pending.Command;
        ContactAttempt? best = null;
        foreach (var (channel, address) in WaysToReach(command, borrower, channels))
        {
            var (attempt, message) = Judge(state, pending, borrower!, channel, address, now);
            if (message is not null)
            {
                return (attempt, message);
            }

            best = best is null || IsBetter(attempt, best) ? attempt : best;
        }

        return (best ?? NoWay(command, pending.Attempt), null);
    }

    /// <summary>The step's channels in its order, each with every address of the borrower; a letter needs none that we know: the lender's own post does.</summary>
    private static IEnumerable<(Channel Channel, BorrowerAddress? Address)> WaysToReach(
        CaseCommand.SendNotification command, BorrowerRecord? borrower, IReadOnlyList<IMessageChannel> channels)
    {
        if (borrower?.Details is not { } details)
        {
            yield break;
        }

        foreach (var channel in command.Channels.Where(channel => channels.Any(known => known.Channel == channel)))
        {
            var addresses = details.Addresses.Where(address => address.Channel == channel && IsAnswered(command, borrower, address)).ToList();
            foreach (var address in addresses)
            {
                yield return (channel, address);
            }

            if (addresses.Count == 0 && channel == Channel.Letter)
            {
                yield return (channel, null);
            }
        }
    }

    /// <summary>A confirmation goes to the address that the borrower's last words came from, and to no other; where that is not known, to any.</summary>
    private static bool IsAnswered(CaseCommand.SendNotification command, BorrowerRecord borrower, BorrowerAddress address) =>
        command.Purpose != Purpose.Confirmation
        || borrower.Ledger.Select(entry => entry.Contact).Where(past => past.Direction == Direction.Inbound && past.Channel == address.Channel).MaxBy(past => past.At)
            is not { Address: { } from } || from == address.Key;

    private (ContactAttempt Attempt, StoredMessage? Message) Judge(
        CaseState state, PendingCommand pending, BorrowerRecord borrower, Channel channel, BorrowerAddress? address, DateTimeOffset now)
    {
        var command = (CaseCommand.SendNotification)pending.Command;
        var rendered = Render(state, command, borrower, channel, now);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rendered.Text)));
        var policy = policies.Find(state.Policy);
        var request = new ContactRequest
        {
            Channel = channel,
            Purpose = command.Purpose,
            Jurisdiction = state.Terms.Jurisdiction,
            CreditorRole = state.Terms.CreditorRole,
            DebtId = state.Terms.LoanId,
            Address = address?.Key,
            Place = address?.Place,
            TimeZones = state.Terms.TimeZones,
            HouseRules = policy.HouseRules,
            TextSha256 = sha256,
        };
        List<PastContact> history = [.. borrower.Ledger.Select(entry => entry.Contact).Where(contact => now - contact.At <= FarthestLook)];
        var profile = ProfileOf(state, borrower);
        var verdict = ContactGate.Judge(request, history, profile, packs, now);
        var attempt = new ContactAttempt
        {
            CommandId = command.Id,
            Number = pending.Attempt,
            Template = command.Template,
            Result = verdict.Kind switch { VerdictKind.Allow => ContactResult.Sent, VerdictKind.Defer => ContactResult.Deferred, _ => ContactResult.Forbidden },
            Channel = channel,
            Rule = verdict.Rule,
            Until = verdict.Until,
            Citations = verdict.Citations,
            Judged = new JudgedContact(now, request, profile, history, [.. packs.Where(pack => pack.IsBinding(request)).Select(pack => $"{pack.Id}@{pack.Version}")]),
        };
        if (verdict.Kind != VerdictKind.Allow)
        {
            return (attempt, null);
        }

        attempt = attempt with { Language = rendered.Language, Wording = rendered.Wording, Segments = rendered.Segments, TextSha256 = sha256 };
        return (attempt, new StoredMessage(
            command.Id, state.Terms.LoanId, borrower.BorrowerId, now, channel, address?.Value ?? "", rendered.Subject, rendered.Text,
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

    /// <summary>The borrower's profile and what this loan's own case knows better: a plan that is running (<c>CN-CARD-PLAN</c>).</summary>
    private static ContactProfile ProfileOf(CaseState state, BorrowerRecord borrower) => state.Plan is { } plan
        ? borrower.Profile with { Flags = [.. borrower.Profile.Flags, new ProfileFlag("plan-signed", plan.AcceptedAt, DebtId: state.Terms.LoanId)] }
        : borrower.Profile;

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

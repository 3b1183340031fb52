using System.Collections.Concurrent;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Content;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Commands;

/// <summary>Drafts a notification: picks channel, address and wording, asks the gate about each way to reach the borrower, and judges the text.</summary>
/// <param name="policies">The cases' policies.</param>
/// <param name="templates">What messages are rendered from; a policy's own come first.</param>
/// <param name="lender">Who writes.</param>
/// <param name="packs">What the gate judges with.</param>
/// <param name="content">What texts are judged by; null: the shipped lists.</param>
public sealed class NotificationDraft(
    IPolicySource policies, TemplateCatalogue templates, LenderProfile lender, IReadOnlyList<JurisdictionPack> packs, ContentRules? content = null)
{
    /// <summary>The rule id of a notice that cannot say who sends it: the lender's postal address is not set.</summary>
    public const string NoLenderAddress = "NO-LENDER-ADDRESS";

    private const int MostDaysToAskAgain = 7;

    private readonly ConcurrentDictionary<PolicyReference, TemplateCatalogue> ownTemplates = new();
    private readonly OutgoingContent contents = new(lender, content ?? ContentCatalogue.Shipped());

    /// <summary>What the gate judges with.</summary>
    public IReadOnlyList<JurisdictionPack> Packs => packs;

    /// <summary>The attempt with the gate's verdict, and the message where it may go out. <paramref name="composed"/>: the words of the person the command asks to send.</summary>
    public (ContactAttempt Attempt, StoredMessage? Message) Of(
        CaseState state, PendingCommand pending, BorrowerRecord? borrower, IReadOnlyList<IMessageChannel> channels, DateTimeOffset now, ContentDraft? composed = null)
    {
        var command = (CaseCommand.SendNotification)pending.Command;
        if (lender.MailingAddress is null && templates.All.Any(template => template.Name == command.Template && template.Says(Placeholders.LenderAddress)))
        {
            return (Dropped(command, pending.Attempt, NoLenderAddress), null);
        }

        if (command.MessageId is not null && composed is null)
        {
            return (Dropped(command, pending.Attempt, ContactDecisions.TextGone), null);
        }

        ContactAttempt? best = null;
        foreach (var (attempt, message) in Each(state, pending, borrower, channels, now, composed))
        {
            if (message is not null)
            {
                return (attempt, message);
            }

            best = best is null || IsBetter(attempt, best) ? attempt : best;
        }

        return (best ?? Dropped(command, pending.Attempt, ContactDecisions.NoAddress), null);
    }

    /// <summary>The attempt by each way to reach the borrower, in the step's order of channels; each is judged only when it is asked for.</summary>
    public IEnumerable<(ContactAttempt Attempt, StoredMessage? Message)> Each(
        CaseState state, PendingCommand pending, BorrowerRecord? borrower, IReadOnlyList<IMessageChannel> channels, DateTimeOffset now, ContentDraft? composed = null) =>
        WayToReach.Of(borrower, ((CaseCommand.SendNotification)pending.Command).Channels.Where(channel => channels.Any(known => known.Channel == channel)))
            .Where(way => way.Address is null || IsAnswered((CaseCommand.SendNotification)pending.Command, borrower!, way.Address))
            .Select(way => Judge(state, pending, borrower!, way, now, composed));

    /// <summary>A confirmation goes to the address that the borrower's last words came from, and to no other; where that is not known, to any.</summary>
    private static bool IsAnswered(CaseCommand.SendNotification command, BorrowerRecord borrower, BorrowerAddress address) =>
        command.Purpose != Purpose.Confirmation
        || borrower.Ledger.Select(entry => entry.Contact).Where(past => past.Direction == Direction.Inbound && past.Channel == address.Channel).MaxBy(past => past.At)
            is not { Address: { } from } || from == address.Key;

    private (ContactAttempt Attempt, StoredMessage? Message) Judge(
        CaseState state, PendingCommand pending, BorrowerRecord borrower, WayToReach way, DateTimeOffset now, ContentDraft? composed)
    {
        var command = (CaseCommand.SendNotification)pending.Command;
        var (rendered, written) = composed is null ? Render(state, command, borrower, way.Channel, now) : Compose(state, command, borrower, way.Channel, composed, now);
        var sha256 = written.TextSha256!;
        bool? isAnswer = composed is null && command.Purpose != Purpose.Confirmation ? false : null; // A step of the ladder replies to nobody.
        var question = ContactQuestion.Of(state, policies.Find(state.Policy), borrower, way, command.Purpose, sha256, now, isAnswer: isAnswer);
        var verdict = question.Judge(packs, now);
        var attempt = new ContactAttempt
        {
            CommandId = command.Id,
            Number = pending.Attempt,
            Template = command.Template,
            Result = verdict.Kind switch { VerdictKind.Allow => ContactResult.Sent, VerdictKind.Defer => ContactResult.Deferred, _ => ContactResult.Forbidden },
            Channel = way.Channel,
            Rule = verdict.Rule,
            Until = verdict.Until ?? AskedAgain(verdict, pending.Attempt, now),
            Citations = verdict.Citations,
            Overrides = verdict.Overrides.Count > 0 ? verdict.Overrides : null,
            Judged = question.Recorded(packs, now),
        };
        if (verdict.Kind != VerdictKind.Allow)
        {
            return (attempt, null);
        }

        attempt = attempt with { Language = rendered.Language, Wording = rendered.Wording, Segments = rendered.Segments, TextSha256 = sha256 };
        if (contents.Check(written) is { Count: > 0 } findings)
        {
            // What the gate allows the text may still forbid. The journal keeps which rules and which text; the words themselves were not sent.
            List<string> rules = [.. findings.Select(finding => finding.Rule).Distinct()];
            return (attempt with { Result = ContactResult.Forbidden, Rule = rules[0], Citations = rules, Content = rules }, null);
        }

        return (attempt, new StoredMessage(
            command.Id, state.Terms.LoanId, borrower.BorrowerId, now, way.Channel, way.Address?.Value ?? "", rendered.Subject, rendered.Text,
            sha256, rendered.Template, rendered.Language, rendered.Wording, rendered.Segments, MessageStatus.Reserved) { Attempt = attempt });
    }

    /// <summary>The next wording after the borrower's last message, and another one should the text come out as the last one, or the last one by that channel, did (S14).</summary>
    private (RenderedMessage Message, MessageContent Written) Render(
        CaseState state, CaseCommand.SendNotification command, BorrowerRecord borrower, Channel channel, DateTimeOffset now)
    {
        var policy = policies.Find(state.Policy);
        var notice = NoticeOf(state, command);
        var own = TemplatesOf(state.Policy, policy);
        var template = own.FindFor(channel, command.Template, borrower.Details!.Language, policy.Language)
            ?? (notice is null ? null : own.All.FirstOrDefault(known => known.Name == command.Template)) // A notice in another language is better than none.
            ?? throw new InvalidOperationException($"{state.Policy} names the template '{command.Template}', which does not exist in {policy.Language}");
        var today = new BorrowerClock(state.Terms.TimeZones).DateAt(now);
        var values = MessageValues.For(
            template.Language, lender, borrower.Details.Name, state.Terms, policy.Account,
            CaseAccount.Position(state, policy, today), CaseAccount.Payoff(state, policy, today));
        if (notice is not null)
        {
            var said = NoticeContents.For(template.Language, lender, notice, state, policy, today, borrower.Details.Attributes);
            values = new Dictionary<string, string>([.. values.Where(value => !said.ContainsKey(value.Key)), .. said], StringComparer.Ordinal);
        }

        // Replies are in the ledger too; only what was written to the borrower counts, and what never arrived was not (HOUSE-VARY counts the same).
        var written = borrower.Ledger.Select(entry => entry.Contact)
            .Where(past => past is { Direction: Direction.Outbound, TextSha256: not null, Outcome: not ContactOutcome.Failed }).ToList();
        string?[] latest = [written.LastOrDefault()?.TextSha256, written.LastOrDefault(past => past.Channel == channel)?.TextSha256];
        var finished = Finish(0);
        for (var next = 1; next < template.Wordings.Count && latest.Contains(finished.Written.TextSha256); next++)
        {
            finished = Finish(next);
        }

        return finished;

        (RenderedMessage Message, MessageContent Written) Finish(int next)
        {
            var rendered = MessageRenderer.Render(template, written.Count + next, channel, values);
            var complete = contents.Of(state, policy, borrower, channel, command.Purpose, new ContentDraft(rendered.Text, rendered.Subject), now);
            return (rendered with { Text = complete.Text, Segments = Segments(channel, complete.Text) }, complete);
        }
    }

    /// <summary>The duty a notice is sent for; null: the message is none.</summary>
    private NoticeDuty? NoticeOf(CaseState state, CaseCommand.SendNotification command) => command.Purpose == Purpose.Notice
        ? policies.Find(state.Policy).Notices.FirstOrDefault(duty => duty.Id == command.Step)
        : null;

    private (RenderedMessage Message, MessageContent Written) Compose(
        CaseState state, CaseCommand.SendNotification command, BorrowerRecord borrower, Channel channel, ContentDraft composed, DateTimeOffset now)
    {
        var policy = policies.Find(state.Policy);
        var complete = contents.Of(state, policy, borrower, channel, command.Purpose, composed, now);
        var language = borrower.Details!.Language ?? policy.Language;
        var subject = channel == Channel.Sms ? null : complete.Subject;
        return (new RenderedMessage(command.Template, language, 0, subject, complete.Text, Segments(channel, complete.Text)), complete);
    }

    private TemplateCatalogue TemplatesOf(PolicyReference reference, Policy policy) =>
        policy.Templates is null ? templates : ownTemplates.GetOrAdd(reference, _ => policy.TemplatesOver(templates));

    private static int Segments(Channel channel, string text) => channel == Channel.Sms ? SmsSegments.Count(text) : 1;

    /// <summary>Later is better than never, sooner is better than later.</summary>
    private static bool IsBetter(ContactAttempt attempt, ContactAttempt than) =>
        attempt.Result == ContactResult.Deferred
        && (than.Result != ContactResult.Deferred || (attempt.Until is { } until && (than.Until is not { } other || until < other)));

    /// <summary>A contact deferred until somebody adds a year to a calendar is asked about again, less often with every try.</summary>
    private static DateTimeOffset? AskedAgain(Verdict verdict, int attempt, DateTimeOffset now) =>
        verdict.Kind == VerdictKind.Defer ? now.AddDays(Math.Min(attempt, MostDaysToAskAgain)) : null;

    private static ContactAttempt Dropped(CaseCommand.SendNotification command, int number, string why) => new()
    {
        CommandId = command.Id, Number = number, Template = command.Template, Result = ContactResult.Forbidden, Rule = why, Citations = [why],
    };
}

using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>Asks the gate what it would say to a contact, with the questions and drafts dispatch itself would use. Changes nothing.</summary>
internal sealed class Hypotheses(
    NotificationDraft drafts, IReadOnlyList<IMessageChannel> channels, CaseState state, Policy policy, BorrowerRecord? borrower, RuleBook rules, AddressLabels labels, BorrowerTimes times)
{
    /// <summary>The gate's answers at an instant, now or to come.</summary>
    /// <param name="asked">What was asked.</param>
    /// <param name="at">The instant.</param>
    /// <param name="isNow">Whether it is now: then what is due by now is taken first, as the engine would.</param>
    /// <param name="standing">Where the case stands now.</param>
    public Hypothesis At(WhyRequest asked, DateTimeOffset at, bool isNow, CaseStanding standing)
    {
        var ready = isNow ? CaseDecider.Wake(state, policy, at).State! : state;
        var first = First(ready, at);
        var message = first is null || (asked.Purpose is { } purpose && purpose != ((CaseCommand.SendNotification)first.Command).Purpose) ? null : first;
        var contacts = Channels(asked).SelectMany(channel => By(channel, ready, message, asked, at)).ToList();
        var intended = first is null ? null : Intended(ready, first, at);
        return new(WhyWords.Note, contacts, new(WhyWords.Intention(intended, standing, at, times), intended, standing.NextAction));
    }

    /// <summary>The message dispatch would take first: of those that may go by then the first asked for, else the next to come.</summary>
    private static PendingCommand? First(CaseState ready, DateTimeOffset at)
    {
        var messages = ready.Commands.Where(pending => pending.Command is CaseCommand.SendNotification).ToList();
        return messages.Find(pending => !(pending.NotBefore > at)) ?? messages.MinBy(pending => pending.NotBefore);
    }

    private IEnumerable<Channel> Channels(WhyRequest asked) => asked.Channel is { } channel
        ? [channel]
        : Enum.GetValues<Channel>().Where(each => each is Channel.Phone or Channel.Letter || borrower?.Details?.Addresses.Any(address => address.Channel == each) == true).Where(each => each != Channel.Visit);

    private IEnumerable<HypotheticalContact> By(Channel channel, CaseState ready, PendingCommand? message, WhyRequest asked, DateTimeOffset at)
    {
        var contacts = message?.Command is CaseCommand.SendNotification send && send.Channels.Contains(channel) && channels.Any(known => known.Channel == channel)
            ? WithMessage(channel, ready, message, send, at)
            : Alone(channel, ready, asked.Purpose ?? (message?.Command as CaseCommand.SendNotification)?.Purpose ?? Purpose.Collect, asked.Persons, at);
        var any = false;
        foreach (var contact in contacts)
        {
            any = true;
            yield return contact with { Words = WhyWords.Hypothetical(contact, times) };
        }

        if (!any)
        {
            var none = NoWay(channel, asked.Purpose ?? Purpose.Collect);
            yield return none with { Words = WhyWords.Hypothetical(none, times) };
        }
    }

    /// <summary>As dispatch would draft it.</summary>
    private IEnumerable<HypotheticalContact> WithMessage(Channel channel, CaseState ready, PendingCommand message, CaseCommand.SendNotification send, DateTimeOffset at) =>
        drafts.Each(ready, message with { Command = send with { Channels = [channel] } }, borrower, channels, at).Select(draft =>
        {
            var judged = draft.Attempt.Judged!;
            var kind = draft.Attempt.Result switch { ContactResult.Sent => VerdictKind.Allow, ContactResult.Deferred => VerdictKind.Defer, _ => VerdictKind.Forbid };
            return Contact(
                new ContactQuestion(judged.Request, judged.History, judged.Profile), at, send.Template,
                new Verdict(kind, draft.Attempt.Rule, draft.Attempt.Until, draft.Attempt.Citations));
        });

    /// <summary>The contact as such: what the message would be is not known.</summary>
    private IEnumerable<HypotheticalContact> Alone(Channel channel, CaseState ready, Purpose purpose, int? persons, DateTimeOffset at) =>
        Ways(channel).Select(way =>
        {
            var question = ContactQuestion.Of(ready, policy, borrower!, way, purpose, textSha256: null, at, persons);
            return Contact(question, at, null, question.Judge(drafts.Packs, at));
        });

    /// <summary>Calls go to the numbers messages go to; a visit needs no address that is kept here.</summary>
    private IEnumerable<WayToReach> Ways(Channel channel) => channel switch
    {
        Channel.Phone => WayToReach.Of(borrower, [Channel.Phone, Channel.Sms], evenUndeliverable: true).Select(way => way with { Channel = Channel.Phone }).DistinctBy(way => way.Address?.Key),
        Channel.Visit => borrower?.Details is null ? [] : [new WayToReach(Channel.Visit, borrower.Details.Addresses.FirstOrDefault(address => address.Channel == Channel.Visit))],
        _ => WayToReach.Of(borrower, [channel]),
    };

    private HypotheticalContact Contact(ContactQuestion question, DateTimeOffset at, string? template, Verdict verdict)
    {
        var blocks = VerdictReading.Blocks(question, drafts.Packs, at);
        var cited = verdict.Citations.Select(id => blocks.Find(block => block.Id == id) is { Id: not null } block ? block : (id, rules.Of(id).Pack is null ? verdict.Kind : VerdictKind.Allow, null));
        return new()
        {
            Channel = question.Request.Channel,
            Address = question.Request.Address,
            AddressLabel = labels.Of(question.Request.Address),
            Template = template,
            Purpose = question.Request.Purpose,
            Verdict = verdict.Kind,
            Rule = verdict.Rule is { } rule ? rules.Of(rule) : null,
            Until = times.Local(verdict.Until),
            Citations = [.. cited.Select(block => new RuleBlock(rules.Of(block.Id), block.Kind, times.Local(block.Until)))],
            Inputs = VerdictReading.Inputs(question, drafts.Packs, at, times),
            Packs = question.Recorded(drafts.Packs, at).Packs,
            Words = "",
        };
    }

    private HypotheticalContact NoWay(Channel channel, Purpose purpose) => new()
    {
        Channel = channel, Address = null, AddressLabel = null, Template = null, Purpose = purpose, Verdict = VerdictKind.Forbid,
        Rule = rules.Of(ContactDecisions.NoAddress), Until = null, Citations = [new(rules.Of(ContactDecisions.NoAddress), VerdictKind.Forbid, null)],
        Inputs = null, Packs = [], Words = "",
    };

    private IntendedMessage Intended(CaseState ready, PendingCommand pending, DateTimeOffset at)
    {
        var send = (CaseCommand.SendNotification)pending.Command;
        var (attempt, _) = drafts.Of(ready, pending, borrower, channels, at);
        return new(send.Id, send.Step, send.Template, attempt.Result, attempt.Channel, attempt.Rule, times.Local(attempt.Until), times.Local(pending.NotBefore));
    }
}

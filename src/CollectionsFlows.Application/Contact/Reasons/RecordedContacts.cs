using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>Reads contacts off the journal, with the rules' words. What the gate was given is on record; only what rules say is looked up.</summary>
internal sealed class RecordedContacts(
    IReadOnlyList<RecordedFact> facts, IReadOnlyList<JurisdictionPack> packs, RuleBook rules, AddressLabels labels, BorrowerTimes times)
{
    private const int MostFacts = 100;

    /// <summary>What is on record of a local day.</summary>
    public ContactRecord Of(WhySpan span, WhyRequest asked, Currency currency)
    {
        var about = facts.Where(fact => IsContact(fact, asked)).ToList();
        var within = facts.Where(fact => span.Holds(fact.At) && !IsContact(fact)).ToList();
        return new(
            times.Local(span.From), times.Local(span.To),
            [.. about.Where(fact => span.Holds(fact.At)).Select(Contact)],
            [.. within.TakeLast(MostFacts).Select(fact => new FactInWords(fact.Seq, times.Local(fact.At), FactWords.Describe(fact, currency)))],
            about.LastOrDefault(fact => fact.At < span.From) is { } before ? Contact(before) : null,
            about.FirstOrDefault(fact => span.IsAfter(fact.At)) is { } after ? Contact(after) : null);
    }

    /// <summary>The last try of each command up to an instant.</summary>
    public IReadOnlyDictionary<string, ContactAttempt> LastTries(DateTimeOffset at)
    {
        var tries = new Dictionary<string, ContactAttempt>(StringComparer.Ordinal);
        foreach (var fact in facts)
        {
            if (fact.At <= at && fact.Fact is CaseFact.ContactAttempted { Attempt: var attempt })
                tries[attempt.CommandId] = attempt;
        }

        return tries;
    }

    private static bool IsContact(RecordedFact recorded) =>
        recorded.Fact is CaseFact.ContactAttempted or CaseFact.ContactReported or CaseFact.ReplyReceived;

    private bool IsContact(RecordedFact recorded, WhyRequest asked) => recorded.Fact switch
    {
        CaseFact.ContactAttempted { Attempt: var attempt } =>
            Fits(attempt.Channel, asked) && (asked.Purpose is null || Request(attempt.CommandId)?.Purpose is not { } purpose || purpose == asked.Purpose),
        CaseFact.ContactReported made => Fits(made.Channel, asked),
        CaseFact.ReplyReceived reply => Fits(reply.Channel, asked),
        _ => false,
    };

    // A contact by no channel at all (no address) is about each.
    private static bool Fits(Channel? channel, WhyRequest asked) => asked.Channel is null || channel is null || channel == asked.Channel;

    private RecordedContact Contact(RecordedFact recorded)
    {
        var contact = recorded.Fact switch
        {
            CaseFact.ContactAttempted { Attempt: var attempt } => Attempted(recorded, attempt),
            CaseFact.ContactReported made => new RecordedContact
            {
                Seq = recorded.Seq, At = times.Local(recorded.At), Channel = made.Channel, Outcome = made.Outcome, Words = "",
                Result = made.Direction == Direction.Inbound ? "received" : "reported",
            },
            _ => new RecordedContact
            {
                Seq = recorded.Seq, At = times.Local(recorded.At), Channel = ((CaseFact.ReplyReceived)recorded.Fact).Channel, Words = "", Result = "received",
            },
        };
        return contact with { Words = WhyWords.Recorded(contact, times) };
    }

    private RecordedContact Attempted(RecordedFact recorded, ContactAttempt attempt)
    {
        var asked = Request(attempt.CommandId);
        var judged = attempt.Judged;
        return new RecordedContact
        {
            Seq = recorded.Seq,
            At = times.Local(recorded.At),
            Result = attempt.Result.ToString().ToLowerInvariant(),
            Channel = attempt.Channel,
            CommandId = attempt.CommandId,
            Attempt = attempt.Number,
            Step = asked?.Step,
            Template = attempt.Template,
            Purpose = judged?.Request.Purpose ?? asked?.Purpose,
            Address = judged?.Request.Address,
            AddressLabel = labels.Of(judged?.Request.Address),
            Rule = attempt.Rule is { } rule ? rules.Of(rule) : null,
            Until = times.Local(attempt.Until),
            Citations = [.. attempt.Citations.Select(rules.Of)],
            Inputs = judged is null ? null : Inputs(judged),
            Packs = judged?.Packs ?? [],
            Delivery = Delivery(attempt.CommandId),
            Words = "",
        };
    }

    /// <summary>Windows are counted by the packs that judged, or not at all.</summary>
    private VerdictInputs Inputs(JudgedContact judged)
    {
        var question = new ContactQuestion(judged.Request, judged.History, judged.Profile);
        var isSame = question.Recorded(packs, judged.Now).Packs.SequenceEqual(judged.Packs);
        return VerdictReading.Inputs(question, isSame ? packs : [], judged.Now, new BorrowerTimes(judged.Request.TimeZones));
    }

    /// <summary>Command ids are <c>{loanId}:{seq}</c> of the fact that asked.</summary>
    private CaseFact.NotificationRequested? Request(string commandId) =>
        int.TryParse(commandId.AsSpan(commandId.LastIndexOf(':') + 1), System.Globalization.CultureInfo.InvariantCulture, out var seq) && seq >= 1 && seq <= facts.Count
            ? facts[seq - 1].Fact as CaseFact.NotificationRequested
            : null;

    private string? Delivery(string commandId) => facts.LastOrDefault(fact => fact.Fact is CaseFact.DeliveryReported report && report.CommandId == commandId)?.Fact switch
    {
        CaseFact.DeliveryReported { Delivered: true } => "delivered",
        CaseFact.DeliveryReported => "not-delivered",
        _ => null,
    };
}

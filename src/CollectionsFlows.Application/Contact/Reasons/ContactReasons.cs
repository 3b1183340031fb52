using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Contact.Reasons;

/// <summary>
/// Answers why a borrower was contacted or not: for what is over from the journal, folded up to the instant; for what is to come from the gate,
/// asked with the questions dispatch uses. Reads only.
/// </summary>
/// <param name="cases">Journals.</param>
/// <param name="borrowers">Profiles and ledgers.</param>
/// <param name="policies">The cases' policies.</param>
/// <param name="drafts">What dispatch drafts with.</param>
/// <param name="channels">What dispatch can send by.</param>
/// <param name="time">Now.</param>
public sealed class ContactReasons(
    ICaseStore cases, IBorrowerStore borrowers, IPolicySource policies, NotificationDraft drafts, IReadOnlyList<IMessageChannel> channels, TimeProvider time)
{
    private const int PageSize = 500;

    /// <summary>The answer; null when the loan is unknown.</summary>
    public async ValueTask<WhyAnswer?> WhyAsync(string loanId, WhyRequest asked, CancellationToken cancellation = default)
    {
        if ((await cases.LoadAsync(loanId, cancellation)).State is null)
            return null;
        var facts = await FactsAsync(loanId, cancellation);
        var state = CaseEvolution.Fold(facts) ?? throw new InvalidOperationException($"loan {loanId} has no journal");
        var borrower = await borrowers.LoadBorrowerAsync(state.Terms.BorrowerId, cancellation);
        // Beside a running host the case may have moved on since the clock was read.
        var now = time.GetUtcNow() is var read && read > state.UpdatedAt ? read : state.UpdatedAt;
        return Answer(asked, facts, state, borrower, now);
    }

    private async ValueTask<List<RecordedFact>> FactsAsync(string loanId, CancellationToken cancellation)
    {
        var facts = new List<RecordedFact>();
        while (await cases.JournalAsync(loanId, facts.Count, PageSize, cancellation) is { Count: > 0 } page)
        {
            foreach (var entry in page)
                facts.Add(JournalLine.Read(entry.Line).Fact);
        }

        return facts;
    }

    private WhyAnswer Answer(WhyRequest asked, List<RecordedFact> facts, CaseState current, BorrowerRecord? borrower, DateTimeOffset now)
    {
        var times = new BorrowerTimes(current.Terms.TimeZones);
        var span = WhySpan.Of(asked, times.Clock, now);
        var rules = new RuleBook(drafts.Packs);
        var labels = new AddressLabels(borrower);
        var record = new RecordedContacts(facts, drafts.Packs, rules, labels, times);
        var then = span.IsOver ? CaseEvolution.Fold(facts.TakeWhile(fact => fact.At <= span.At)) : current;
        var standingAt = span.At < now ? span.At : now;
        var standing = then is null ? null : Standings.Of(then, policies.Find(then.Policy), standingAt, span.IsOver, record.LastTries(standingAt), rules, times);
        var answer = new WhyAnswer
        {
            LoanId = current.Terms.LoanId,
            AsOf = times.Local(now),
            At = times.Local(span.At),
            On = asked.On,
            Hypothetical = !span.IsOver,
            Standing = standing,
            Record = span.IsToCome ? null : record.Of(span, asked, current.Terms.Currency),
            Hypothesis = span.IsOver
                ? null
                : new Hypotheses(drafts, channels, current, policies.Find(current.Policy), borrower, rules, labels, times).At(asked, span.At, !span.IsToCome, standing!),
        };
        return answer with { Lines = WhyWords.Answer(answer, current.OpenedAt, span.IsOver, times) };
    }
}

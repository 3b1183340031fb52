using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Application.Evidence;

/// <summary>The whole journal of a loan, read and checked, with the case folded from it.</summary>
internal sealed record CaseHistory(CaseState State, IReadOnlyList<RecordedFact> Facts, string HeadHash)
{
    private const int PageSize = 500;

    /// <exception cref="InvalidOperationException">The journal is not as it was written: no evidence is made of it.</exception>
    public static async ValueTask<CaseHistory> LoadAsync(ICaseStore store, string loanId, CancellationToken cancellation)
    {
        var facts = new List<RecordedFact>();
        CaseState? state = null;
        var head = JournalLine.NoPredecessor;
        IReadOnlyList<JournalEntry> page;
        do
        {
            page = await store.JournalAsync(loanId, facts.Count, PageSize, cancellation);
            foreach (var entry in page)
            {
                var fact = Checked(entry, loanId, head);
                state = CaseEvolution.Evolve(state, fact);
                facts.Add(fact);
                head = entry.Hash;
            }
        }
        while (page.Count > 0);

        return new CaseHistory(state ?? throw new InvalidOperationException($"loan {loanId} has no journal"), facts, head);
    }

    /// <summary>A fact is genuine when writing it again behind its predecessor gives the same line, to the byte.</summary>
    private static RecordedFact Checked(JournalEntry entry, string loanId, string previous)
    {
        var (_, fact, _, _) = JournalLine.Read(entry.Line);
        var again = JournalLine.Write(loanId, fact, previous);
        return again.Hash == entry.Hash && again.Line.AsSpan().SequenceEqual(entry.Line)
            ? fact
            : throw new InvalidOperationException($"fact {entry.Seq} of {loanId} is not as it was written");
    }
}

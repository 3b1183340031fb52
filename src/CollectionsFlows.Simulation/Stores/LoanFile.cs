using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Simulation.Stores;

/// <summary>Everything kept of one loan.</summary>
internal sealed class LoanFile(string loanId)
{
    public string LoanId { get; } = loanId;

    public int Version { get; set; }

    public CaseState? State { get; set; }

    public string LastHash { get; set; } = "";

    public CaseIndex? Index { get; set; }

    public DateTimeOffset? NextWake { get; set; }

    /// <summary>When the earliest undrained item was received; null when nothing waits, or the loan is not known.</summary>
    public DateTimeOffset? WaitingSince { get; set; }

    /// <summary>Whether the loan has a case, or its enrolment in the inbox.</summary>
    public bool Matched { get; set; }

    public List<JournalEntry> Facts { get; } = [];

    /// <summary>Undrained items in the order of their arrival.</summary>
    public List<(long Arrival, InboxItem Item)> Inbox { get; } = [];

    /// <summary>Refuses a step that would break the journal or drain what is not there: a bug, never data.</summary>
    public void Check(CaseStep step)
    {
        for (var i = 0; i < step.Facts.Count; i++)
        {
            if (step.Facts[i].Seq != Facts.Count + i + 1)
                throw new InvalidOperationException($"fact {step.Facts[i].Seq} of loan {LoanId} does not follow fact {Facts.Count + i}");
        }

        foreach (var id in step.Drained)
        {
            if (!Inbox.Exists(entry => string.Equals(entry.Item.Input.Id, id, StringComparison.Ordinal)))
                throw new InvalidOperationException($"event {id} is not in the inbox of loan {LoanId}");
        }
    }

    public void Drain(IReadOnlyList<string> ids)
    {
        if (ids.Count == 0) return;
        var drained = ids.ToHashSet(StringComparer.Ordinal);
        Inbox.RemoveAll(entry => drained.Contains(entry.Item.Input.Id));
    }

    public DateTimeOffset? EarliestReceived() => Inbox.Count == 0 ? null : Inbox.Min(entry => entry.Item.ReceivedAt);
}

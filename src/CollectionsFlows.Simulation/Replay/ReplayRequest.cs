using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Content;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Simulation.Replay;

/// <summary>A recorded history to run through the whole system in virtual time.</summary>
public sealed record ReplayRequest
{
    /// <summary>The portfolio, enrolled at the start of <see cref="From"/>.</summary>
    public required IReadOnlyList<ImportedLoan> Loans { get; init; }

    /// <summary>What happened, by loan.</summary>
    public required IReplayEvents Events { get; init; }

    /// <summary>The policy of a loan.</summary>
    public required Func<LoanTerms, Policy> PolicyOf { get; init; }

    /// <summary>The first day, local to each borrower.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, local to each borrower: it is run to its end, and days past due are as of it.</summary>
    public required DateOnly Until { get; init; }

    public required TemplateCatalogue Templates { get; init; }

    public required LenderProfile Lender { get; init; }

    public required IReadOnlyList<JurisdictionPack> Packs { get; init; }

    /// <summary>What messages are judged by; null: the shipped lists.</summary>
    public ContentRules? Content { get; init; }

    /// <summary>Makes address keys; derived from the inputs, so that the same inputs give the same bytes.</summary>
    public required byte[] AddressSecret { get; init; }

    /// <summary>Makes the store; null: in memory, many small ones on all cores. A store that is given holds the whole portfolio.</summary>
    public Func<TimeProvider, ValueTask<ReplayStore>>? OpenStore { get; init; }

    /// <summary>At least so many loans share a store in memory, a borrower's all one: few enough that a finished one's memory is soon free.</summary>
    public int ShardSize { get; init; } = 100;

    /// <summary>How many stores in memory are run at once.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;
}

/// <summary>The ports a replay runs on.</summary>
public sealed record ReplayStore(ICaseStore Cases, IBorrowerStore Borrowers, IEnrolmentStore Enrolment, IEvidenceArchive Evidence, IAsyncDisposable? Owner);

/// <summary>The recorded events. They are fetched loan by loan, so that a large history need not be in memory.</summary>
public interface IReplayEvents
{
    /// <summary>The loans that have events.</summary>
    IEnumerable<string> LoanIds { get; }

    /// <summary>The events of a loan, by time, ties in the order of the file.</summary>
    IReadOnlyList<OutsideEvent> Of(string loanId);
}

/// <summary>How far a replay is.</summary>
/// <param name="LoansDone">Loans whose history is complete.</param>
/// <param name="Loans">All loans.</param>
/// <param name="CaseDays">Days of open cases that were run.</param>
public sealed record ReplayProgress(int LoansDone, int Loans, long CaseDays);

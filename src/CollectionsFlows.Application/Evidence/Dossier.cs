using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Application.Evidence;

/// <summary>Everything known of a loan on the day it was referred to court or written off (S15, S19, S20): the content of <c>dossier.json</c>.</summary>
/// <remarks>
/// Holds personal data. Amounts are in <see cref="Currency"/>, dates are the borrower's local dates, instants are UTC unless they say otherwise.
/// The order of the members is the order in the file; members are only ever added.
/// </remarks>
public sealed record Dossier
{
    public int SchemaVersion { get; init; } = 1;

    public required string DossierId { get; init; }

    public required DossierKind Kind { get; init; }

    /// <summary>The approval that ordered it, one of <see cref="Approvals"/>.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>When it was first assembled: nothing later is in it.</summary>
    public required DateTimeOffset AssembledAt { get; init; }

    /// <summary>What the reader must know before reading.</summary>
    public required string Notice { get; init; }

    public required Currency Currency { get; init; }

    public required LenderProfile Lender { get; init; }

    public required DossierBorrower Borrower { get; init; }

    public required DossierLoan Loan { get; init; }

    public required DossierPolicy Policy { get; init; }

    public required DossierStanding Standing { get; init; }

    public required IReadOnlyList<DossierInstalment> Schedule { get; init; }

    /// <summary>The overdue amount by age, empty ranges included.</summary>
    public required IReadOnlyList<BucketAmount> Buckets { get; init; }

    /// <summary>What settles the loan on the day.</summary>
    public required Payoff Payoff { get; init; }

    public required DossierPenalty Penalty { get; init; }

    /// <summary>By arrival; reversed ones included.</summary>
    public required IReadOnlyList<DossierPayment> Payments { get; init; }

    /// <summary>Every contact and every try of one, by time.</summary>
    public required IReadOnlyList<DossierContact> Contacts { get; init; }

    /// <summary>What the borrower wrote, or was written about the borrower, by time.</summary>
    public required IReadOnlyList<DossierText> Texts { get; init; }

    public required IReadOnlyList<DossierPromise> Promises { get; init; }

    public required IReadOnlyList<DossierPlan> Plans { get; init; }

    public required IReadOnlyList<DossierTrack> Tracks { get; init; }

    public required IReadOnlyList<DossierApproval> Approvals { get; init; }

    /// <summary>Null when the risk was never assessed.</summary>
    public RiskAssessment? Risk { get; init; }

    /// <summary>Every fact of the journal in plain words.</summary>
    public required IReadOnlyList<DossierDecision> Decisions { get; init; }

    public required DossierChain Chain { get; init; }
}

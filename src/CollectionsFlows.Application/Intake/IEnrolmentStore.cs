using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;

namespace CollectionsFlows.Application.Intake;

/// <summary>Takes a portfolio in, whole or not at all.</summary>
public interface IEnrolmentStore
{
    /// <summary>
    /// Stores the enrolments' inbox items and creates or completes their borrowers in one transaction. An enrolment whose inbox item is a
    /// duplicate changes nothing; one that conflicts (the loan is enrolled with other terms) is reported and, unless <paramref name="partial"/>,
    /// makes the whole call store nothing.
    /// </summary>
    ValueTask<EnrolmentResult> EnrolAsync(IReadOnlyList<Enrolment> enrolments, bool partial, CancellationToken cancellation = default);
}

/// <summary>A loan to enrol and who owes it. A borrower of several loans appears in several enrolments: details and addresses are united.</summary>
/// <param name="Item">The inbox item that opens the case.</param>
/// <param name="Borrower">Who owes it.</param>
public sealed record Enrolment(InboxItem Item, BorrowerDetails Borrower)
{
    /// <summary>The lender's id of the borrower.</summary>
    public required string BorrowerId { get; init; }
}

/// <summary>What an enrolment did.</summary>
/// <param name="Enrolled">Loans that are new.</param>
/// <param name="Unchanged">Loans that were enrolled before with the same terms.</param>
/// <param name="Conflicts">Loans that are enrolled with other terms; nothing was changed for them.</param>
public sealed record EnrolmentResult(int Enrolled, int Unchanged, IReadOnlyList<string> Conflicts);

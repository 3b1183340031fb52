using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Simulation.Time;

namespace CollectionsFlows.Simulation.Replay;

/// <summary>
/// Runs some borrowers with all their loans through the window, in the order of time. Borrowers do not influence one another, so
/// it does not matter which of them share a shard; loans of one borrower share the contact ledger, so they must.
/// </summary>
internal sealed class ReplayShard : IDoorbell
{
    private readonly ReplayRequest request;
    private readonly ReplayStore store;
    private readonly VirtualTime time;
    private readonly EventIntake intake;
    private readonly PortfolioImport import;
    private readonly CaseRunner runner;
    private readonly Dictionary<string, ReplayLoan> loans;
    private readonly PriorityQueue<ReplayLoan, (long Ticks, string LoanId)> queue;

    public ReplayShard(ReplayRequest request, IReadOnlyList<ImportedLoan> portfolio, ReplayStore store, VirtualTime time)
    {
        (this.request, this.store, this.time) = (request, store, time);
        var keys = new AddressKeys(request.AddressSecret);
        var policies = new AssignedPolicies(portfolio.Select(loan => request.PolicyOf(loan.Terms)));
        intake = new EventIntake(store.Cases, store.Borrowers, this, keys, time);
        import = new PortfolioImport(store.Cases, store.Enrolment, intake, this, keys, time);
        var engine = new CaseEngine(store.Cases, policies, time);
        var drafts = new NotificationDraft(policies, request.Templates, request.Lender, request.Packs, request.Content);
        var sender = new NotificationSender(store.Borrowers, drafts, Outbox.All, time);
        var dossiers = new DossierAssembler(store.Cases, store.Borrowers, store.Evidence, policies, request.Lender, time);
        runner = new CaseRunner(engine, new CommandRunner(sender, dossiers, time), store.Cases, time);
        loans = portfolio.ToDictionary(loan => loan.Terms.LoanId, loan => new ReplayLoan(loan, request), StringComparer.Ordinal);
        queue = new(loans.Count, Comparer<(long Ticks, string LoanId)>.Create(static (left, right) =>
            left.Ticks != right.Ticks ? left.Ticks.CompareTo(right.Ticks) : string.CompareOrdinal(left.LoanId, right.LoanId)));
    }

    /// <summary>Runs everything and yields each loan, complete.</summary>
    public async ValueTask<IReadOnlyList<ReplayLoan>> RunAsync(CancellationToken cancellation)
    {
        foreach (var loan in loans.Values)
        {
            Schedule(loan);
        }

        while (queue.TryDequeue(out var loan, out var due))
        {
            // A loan stands in the queue again whenever its next instant changes; what is out of date is passed over.
            if (loan.NextAt?.UtcTicks != due.Ticks)
            {
                continue;
            }

            cancellation.ThrowIfCancellationRequested();
            time.MoveTo(loan.NextAt.Value);
            await ActAsync(loan, cancellation);
            Schedule(loan);
        }

        return [.. loans.Values];
    }

    /// <summary>Everything is run in turn here; nobody has to be woken.</summary>
    ValueTask IDoorbell.RingAsync(string loanId, CancellationToken cancellation) => ValueTask.CompletedTask;

    private async ValueTask ActAsync(ReplayLoan loan, CancellationToken cancellation)
    {
        if (!loan.IsEnrolled)
        {
            var policy = new PolicyReference(loan.Policy.Name, loan.Policy.Version);
            var result = await store.Enrolment.EnrolAsync([import.EnrolmentOf(loan.Imported, policy, time.GetUtcNow())], partial: false, cancellation);
            if (result.Conflicts.Count > 0)
            {
                throw new InvalidOperationException($"loan {loan.LoanId} is in this store already with other terms");
            }

            loan.Enrolled();
        }

        while (loan.TakeEvent(time.GetUtcNow()) is { } received)
        {
            loan.CountEvent(await intake.AcceptAsync(received, by: null, reason: null, cancellation));
        }

        var quiet = await runner.RunAsync(loan.LoanId, loan.Observe, cancellation);
        loan.Wake = quiet?.NextWake;
    }

    private void Schedule(ReplayLoan loan)
    {
        if (loan.NextAt is { } next)
        {
            queue.Enqueue(loan, (next.UtcTicks, loan.LoanId));
        }
    }

    /// <summary>The policies of the shard's loans, by reference.</summary>
    private sealed class AssignedPolicies(IEnumerable<Policy> policies) : IPolicySource
    {
        private readonly Dictionary<PolicyReference, Policy> known = policies.Distinct().ToDictionary(policy => new PolicyReference(policy.Name, policy.Version));

        public Policy Find(PolicyReference reference) =>
            known.TryGetValue(reference, out var policy) ? policy : throw new InvalidOperationException($"policy {reference} is not part of this replay");
    }
}

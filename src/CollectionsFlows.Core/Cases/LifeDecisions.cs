using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Core.Cases;

/// <summary>The great turns of a case: closing, reopening, legal, write-off, changed terms.</summary>
internal static class LifeDecisions
{
    /// <summary>Closes a case that is paid off, reopens one whose paying payment did not hold.</summary>
    public static void CloseOrReopen(Decision decision)
    {
        var paidOff = decision.Position.IsPaidOff;
        if (paidOff && decision.State.ClosedReason is null)
        {
            Close(decision, ClosedReason.PaidOff, SettledAt(decision));
        }
        else if (!paidOff && decision.State.ClosedReason == ClosedReason.PaidOff)
        {
            decision.Record(new CaseFact.CaseReopened("the loan is not paid off any more"));
        }
    }

    /// <summary>When the payment was made that paid the last of the debt; what came after it is credit and settles nothing.</summary>
    private static DateTimeOffset SettledAt(Decision decision)
    {
        var last = decision.Position.Allocations.LastOrDefault(used => used.Allocated.Total > 0m)?.PaymentId;
        return decision.State.Payments.FirstOrDefault(posted => posted.Payment.PaymentId == last)?.Payment.At ?? decision.Now;
    }

    public static void Withdrawn(Decision decision, CaseInput input, CaseEvent.LoanWithdrawn withdrawn)
    {
        if (decision.State.ClosedReason is not null)
        {
            CaseDecider.Ignore(decision, input, "the case is closed");
            return;
        }

        // The lender's reason tells how the debt ended; whatever else it says, the loan is out of our hands.
        var reason = withdrawn.WithdrawalReason switch
        {
            "settled" => ClosedReason.Settled,
            "sold" => ClosedReason.Sold,
            "deceased" => ClosedReason.Deceased,
            _ => ClosedReason.Withdrawn,
        };
        Close(decision, reason, decision.NotAfterNow(input.At));
    }

    public static void Updated(Decision decision, CaseInput input, CaseEvent.LoanUpdated updated)
    {
        var terms = decision.State.Terms;
        if (updated.Terms.LoanId != terms.LoanId || updated.Terms.BorrowerId != terms.BorrowerId || updated.Terms.Currency != terms.Currency)
        {
            CaseDecider.Ignore(decision, input, "a loan keeps its id, borrower and currency");
            return;
        }

        decision.Record(new CaseFact.TermsUpdated(updated.Terms));
        PaymentDecisions.Consequences(decision);
    }

    /// <summary>An agency gave the case back, or had to (S18): its work ends, ours goes on.</summary>
    public static void PlacementRecalled(Decision decision, CaseInput input)
    {
        foreach (var task in decision.State.Tasks.Where(task => task.Kind == "place-with-agency").ToList())
        {
            decision.Record(new CaseFact.TaskCancelled(task.Id, "the placement was recalled"));
        }

        if (decision.State.Tasks.Any(task => task.Kind == "confirm-recall"))
        {
            CaseDecider.Ignore(decision, input, "a recall is being confirmed already");
            return;
        }

        WorkDecisions.Open(decision, "confirm-recall", WorkOrigin.Case, 3, "the placement was recalled: confirm that the agency has stopped");
    }

    /// <summary>A dossier is in the archive: what it was made for takes effect.</summary>
    public static void DossierArchived(Decision decision, CaseInput input, CaseEvent.DossierArchived archived)
    {
        switch (decision.State.Commands.FirstOrDefault(pending => pending.Command.Id == archived.CommandId)?.Command)
        {
            case CaseCommand.ReferToLegal:
                decision.Record(new CaseFact.ReferredToLegal(archived.CommandId, archived.DossierId, archived.Sha256));
                break;
            case CaseCommand.WriteOff:
                WriteOff(decision, archived);
                break;
            default:
                CaseDecider.Ignore(decision, input, $"no command {archived.CommandId} waits for a dossier");
                break;
        }
    }

    private static void WriteOff(Decision decision, CaseEvent.DossierArchived archived)
    {
        decision.Record(new CaseFact.WrittenOff(archived.CommandId, archived.DossierId, archived.Sha256, decision.Today, decision.Position.Balance));
        DelinquencyDecisions.WithdrawNotifications(decision, purpose: null, "the loan was written off");
        WorkDecisions.EndLadderWork(decision, "the loan was written off");
        PaymentDecisions.Consequences(decision);
    }

    private static void EndAgreements(Decision decision, bool paidOff)
    {
        PlanDecisions.End(decision, paidOff);
        if (paidOff)
        {
            PromiseDecisions.KeepAll(decision);
        }
        else
        {
            PromiseDecisions.CancelAll(decision);
        }
    }

    private static void Close(Decision decision, ClosedReason reason, DateTimeOffset effectiveAt)
    {
        decision.Record(new CaseFact.CaseClosed(reason, effectiveAt));
        EndAgreements(decision, paidOff: reason == ClosedReason.PaidOff);
        DelinquencyDecisions.WithdrawNotifications(decision, purpose: null, "the case is closed");
        WorkDecisions.EndAllWork(decision, "the case is closed");
    }
}

using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Journal;

/// <summary>Words for the ladder, human work, legal and write-off.</summary>
internal static class LadderWords
{
    /// <summary>Null: the fact is about something else.</summary>
    public static string? Of(CaseFact fact, Currency currency) => fact switch
    {
        CaseFact.StageEntered entered => $"The case entered the stage {entered.Stage} at {Words.Days(entered.DaysPastDue)} past due.",
        CaseFact.StepTaken taken => $"Step {taken.Step}{Occurrence(taken.Occurrence, taken.Instalment)}, due on {Words.Date(taken.DueOn)}, was taken at {Words.Days(taken.DaysPastDue)} past due.",
        CaseFact.StepSkipped skipped => $"Step {skipped.Step}{Occurrence(skipped.Occurrence, skipped.Instalment)}, due on {Words.Date(skipped.DueOn)}, was skipped: {skipped.Why}.",
        CaseFact.TaskOpened opened =>
            $"A task for people was opened: {opened.Kind.Replace('-', ' ')}, team {opened.Team}, due {Words.Instant(opened.DueAt)}; {opened.Why}{(opened.Amount is { } amount ? $", {Words.Amount(amount, currency)}" : "")}.",
        CaseFact.TaskCompleted completed => $"Task {completed.TaskId} ({completed.Kind.Replace('-', ' ')}) was completed{Words.Also(completed.By, " by ")}: {completed.Outcome}.",
        CaseFact.TaskCancelled cancelled => $"Task {cancelled.TaskId} was cancelled: {cancelled.Why}.",
        CaseFact.ApprovalRequested requested => Requested(requested, currency),
        CaseFact.ApprovalDecided decided =>
            $"{decided.DecidedBy} {(decided.Approved ? "approved" : "refused")} the {Subject(decided.Subject)} (approval {decided.ApprovalId}): {decided.Reason.TrimEnd('.')}.",
        CaseFact.ApprovalWithdrawn withdrawn => $"The approval {withdrawn.ApprovalId} is not needed any more: {withdrawn.Why}.",
        CaseFact.LegalReferralRequested requested => $"The referral to court begins, on approval {requested.ApprovalId}: the dossier is being assembled.",
        CaseFact.ReferredToLegal referred => $"The loan was referred to court with dossier {referred.DossierId}, SHA-256 {referred.DossierSha256}.",
        CaseFact.WriteOffRequested requested => $"The write-off begins, on approval {requested.ApprovalId}: the dossier is being assembled.",
        CaseFact.WrittenOff off =>
            $"{Words.Amount(off.Balance.Total, currency)} was written off on {Words.Date(off.On)} ({Words.Parts(off.Balance, currency)}) with dossier {off.DossierId}, SHA-256 {off.DossierSha256}.",
        _ => null,
    };

    /// <summary>What an approval is for, as it is said.</summary>
    public static string Subject(ApprovalSubject subject) => subject == ApprovalSubject.Legal ? "referral to court" : "write-off";

    private static string Occurrence(int occurrence, int? instalment) =>
        (occurrence > 1 ? $" (time {occurrence})" : "") + (instalment is { } number ? $" for instalment {number}" : "");

    private static string Requested(CaseFact.ApprovalRequested requested, Currency currency) =>
        $"Approval of the {Subject(requested.Subject)} was asked of team {requested.Team} at {Words.Days(requested.DaysPastDue)} past due: balance {Words.Amount(requested.Balance, currency)}, "
        + $"cost of suit {Words.Amount(requested.CostOfSuit, currency)}, expected recovery {Words.Amount(requested.ExpectedRecovery, currency)}.";
}

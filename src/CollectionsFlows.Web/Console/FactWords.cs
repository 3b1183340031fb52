using System.Text.Json;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Web.Api;

namespace CollectionsFlows.Web.Console;

/// <summary>Says facts in plain words. The journal itself stays the record; this is how people read it.</summary>
internal static class FactWords
{
    /// <summary>A journal line in words; a type this version does not know is shown by its name.</summary>
    public static SpokenFact Of(JournalEntry entry, string currency)
    {
        using var json = JsonDocument.Parse(entry.Line);
        var type = json.RootElement.GetProperty("type").GetString()!;
        var at = json.RootElement.GetProperty("at").GetDateTimeOffset();
        var fact = FactTypes.ShapeOf(type) is { } shape ? json.RootElement.GetProperty("data").Deserialize(shape) as CaseFact : null;
        return new(entry.Seq, at, fact is null ? type : Of(fact, currency));
    }

    /// <summary>A fact in words.</summary>
    public static string Of(CaseFact fact, string currency) => Loan(fact, currency) ?? Contact(fact) ?? Agreement(fact, currency) ?? Work(fact, currency) ?? FactTypes.NameOf(fact);

    private static string? Loan(CaseFact fact, string currency) => fact switch
    {
        CaseFact.CaseOpened opened => $"The case opened with {Show.Count(opened.Terms.Instalments.Count, "instalment")}, under the policy {opened.Policy}.",
        CaseFact.TermsUpdated => "The lender changed the loan's terms.",
        CaseFact.InputIgnored ignored => $"An event of type {ignored.Type} changed nothing: {ignored.Why}.",
        CaseFact.PaymentPosted paid => $"{Show.Amount(paid.Amount, paid.Currency.Code)} paid; {Show.Amount(paid.OverdueAfter, currency)} still overdue.",
        CaseFact.PaymentReversed reversed => $"Payment {reversed.PaymentId} did not hold ({reversed.Reason}); {Show.Amount(reversed.OverdueAfter, currency)} overdue.",
        CaseFact.DelinquencyBegan began => $"Collection began, {Show.Count(began.DaysPastDue, "day")} after {Show.Date(began.DueOn)}: {Show.Amount(began.Overdue, currency)} overdue.",
        CaseFact.DelinquencyMoved eased => $"The oldest unpaid instalment is now the one of {Show.Date(eased.DueOn)}, {Show.Count(eased.DaysPastDue, "day")} past due.",
        CaseFact.DelinquencyCured cured => $"Nothing is overdue any more since {Show.Date(cured.On)} (at most {Show.Count(cured.MaxDaysPastDue, "day")} past due).",
        CaseFact.StageEntered stage => $"Entered the stage {stage.Stage} at {Show.Count(stage.DaysPastDue, "day")} past due.",
        CaseFact.StepTaken step => $"Took the step {step.Step}{(step.Occurrence > 1 ? $" for the {step.Occurrence}. time" : "")}, due on {Show.Date(step.DueOn)}.",
        CaseFact.StepSkipped skipped => $"Skipped the step {skipped.Step}: {skipped.Why}.",
        CaseFact.RiskAssessed risk => $"Risk assessed as {Words.Spoken(risk.Band)} ({risk.Score}).",
        CaseFact.Reviewed review => $"Looked at the case: {Show.Count(review.DaysPastDue, "day")} past due, {Show.Amount(review.Overdue, currency)} overdue.",
        CaseFact.StatusChanged status => $"Status: {Words.Spoken(status.From)} → {Words.Spoken(status.To)}.",
        CaseFact.CaseClosed closed => $"The case closed: {Words.Spoken(closed.Reason)}.",
        CaseFact.CaseReopened reopened => $"The case opened again: {reopened.Why}.",
        _ => null,
    };

    private static string? Contact(CaseFact fact) => fact switch
    {
        CaseFact.NotificationRequested asked => $"A message is to be sent: {asked.Template} by {string.Join(" or ", asked.Channels.Select(Words.Spoken))}.",
        CaseFact.NotificationWithdrawn withdrawn => $"A message was withdrawn before it was sent: {withdrawn.Why}.",
        CaseFact.ContactAttempted { Attempt: var attempt } => Attempt(attempt),
        CaseFact.DeliveryReported report => report.Delivered ? "The carrier delivered the message." : $"The carrier could not deliver the message{(report.Code is null ? "" : $" (code {report.Code})")}.",
        CaseFact.ContactReported reported => $"{(reported.Direction == Core.Contact.Direction.Inbound ? "The borrower got in touch" : "The borrower was contacted")} by {Words.Spoken(reported.Channel)}: {Words.Spoken(reported.Outcome)}.",
        CaseFact.ReplyReceived reply => reply.OptOut ? $"The borrower asked to get no more messages by {Words.Spoken(reply.Channel)}." : $"The borrower wrote by {Words.Spoken(reply.Channel)}.",
        CaseFact.ProfileChanged change => $"The borrower's contact profile changed: {change.Change}.",
        _ => null,
    };

    private static string Attempt(ContactAttempt attempt)
    {
        var channel = attempt.Channel is { } by ? $" by {Words.Spoken(by)}" : "";
        var rule = attempt.Rule is null ? "" : $" (rule {attempt.Rule})";
        return attempt.Result switch
        {
            ContactResult.Sent => $"Sent {attempt.Template}{channel}.",
            ContactResult.Deferred => $"{attempt.Template}{channel} must wait{(attempt.Until is { } until ? $" until {Show.Instant(until)}" : "")}{rule}.",
            ContactResult.Forbidden => $"{attempt.Template}{channel} may not be sent{rule}.",
            ContactResult.Failed => $"{attempt.Template}{channel} failed{(attempt.Code is null ? "" : $" (code {attempt.Code})")}.",
            ContactResult.Unknown => $"{attempt.Template}{channel} may have gone out; it is not sent again before the carrier reports.",
            _ => $"{attempt.Template} was withdrawn before it was sent.",
        };
    }

    private static string? Agreement(CaseFact fact, string currency) => fact switch
    {
        CaseFact.PromiseMade made => $"The borrower promised {Show.Amount(made.Amount, currency)} by {Show.Date(made.DueOn)}.",
        CaseFact.PromiseKept kept => $"The promise was kept: {Show.Amount(kept.Received, currency)} received.",
        CaseFact.PromiseBroken broken => $"The promise was broken: {Show.Amount(broken.Received, currency)} received. Collection goes on from {Show.Date(broken.LadderResumesOn)}.",
        CaseFact.PromiseCancelled cancelled => $"The promise was cancelled. Collection goes on from {Show.Date(cancelled.LadderResumesOn)}.",
        CaseFact.PlanAccepted plan => $"A plan of {Show.Count(plan.Instalments.Count, "instalment")} was accepted ({plan.Confirmation}); collection stops while it is kept.",
        CaseFact.PlanInstalmentMissed missed => $"Instalment {missed.Number} of the plan, due on {Show.Date(missed.DueOn)}, was missed.",
        CaseFact.PlanInstalmentMet met => $"Instalment {met.Number} of the plan, due on {Show.Date(met.DueOn)}, was paid.",
        CaseFact.PlanReviewed review => $"The plan was looked at: {review.Met} met, {review.Missed} missed.",
        CaseFact.PlanBroken broken => $"The plan was broken. Collection goes on from {Show.Date(broken.LadderResumesOn)}.",
        CaseFact.PlanCompleted done => $"The plan was completed: {Show.Amount(done.Received, currency)} received.",
        CaseFact.PlanCancelled cancelled => $"The plan was cancelled ({cancelled.Reason}). Collection goes on from {Show.Date(cancelled.LadderResumesOn)}.",
        _ => null,
    };

    private static string? Work(CaseFact fact, string currency) => fact switch
    {
        CaseFact.TrackStarted track => $"Hold: {Words.Spoken(track.Track)} from {Show.Date(track.From)}{(track.Until is { } until ? $" until {Show.Date(until)}" : "")}.",
        CaseFact.TrackAdvanced track => $"The {Words.Spoken(track.Track)} went on: {track.Step}.",
        CaseFact.TrackEnded track => $"The hold for {Words.Spoken(track.Track)} ended{(track.Outcome is null ? "" : $": {track.Outcome}")}.",
        CaseFact.TaskOpened task => $"A task for {task.Team}: {task.Kind}, due {Show.Instant(task.DueAt)}. {task.Why}",
        CaseFact.TaskCompleted task => $"The task {task.Kind} was done{(task.By is null ? "" : $" by {task.By}")}: {task.Outcome}.",
        CaseFact.TaskCancelled task => $"A task is not needed any more: {task.Why}.",
        CaseFact.ApprovalRequested asked => $"{asked.Team} must decide: {Words.Spoken(asked.Subject)}, {Show.Amount(asked.Balance, currency)} at {Show.Count(asked.DaysPastDue, "day")} past due.",
        CaseFact.ApprovalDecided decided => $"{decided.DecidedBy} {(decided.Approved ? "approved" : "refused")} {Words.Spoken(decided.Subject)}: {decided.Reason}",
        CaseFact.ApprovalWithdrawn withdrawn => $"A decision is not needed any more: {withdrawn.Why}.",
        CaseFact.LegalReferralRequested => "The dossier for the lawyers is being assembled.",
        CaseFact.ReferredToLegal legal => $"Referred to the lawyers with the dossier {legal.DossierId}.",
        CaseFact.WriteOffRequested => "The evidence for the write-off is being assembled.",
        CaseFact.WrittenOff written => $"Written off on {Show.Date(written.On)}: {Show.Amount(written.Balance.Total, currency)}; evidence in the dossier {written.DossierId}.",
        _ => null,
    };
}

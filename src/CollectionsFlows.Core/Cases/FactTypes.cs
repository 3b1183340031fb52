using System.Collections.Frozen;
using System.Text.Json.Serialization.Metadata;

namespace CollectionsFlows.Core.Cases;

/// <summary>The names facts have in the journal, and their JSON shapes. A name, once released, is for ever.</summary>
public static class FactTypes
{
    private static readonly (string Name, JsonTypeInfo Shape)[] All =
    [
        ("case.opened", CaseJson.Default.CaseOpenedFact),
        ("loan.updated", CaseJson.Default.TermsUpdatedFact),
        ("input.ignored", CaseJson.Default.InputIgnoredFact),
        ("input.entered", CaseJson.Default.InputEnteredFact),
        ("payment.posted", CaseJson.Default.PaymentPostedFact),
        ("payment.reversed", CaseJson.Default.PaymentReversedFact),
        ("delinquency.began", CaseJson.Default.DelinquencyBeganFact),
        ("delinquency.moved", CaseJson.Default.DelinquencyMovedFact),
        ("delinquency.cured", CaseJson.Default.DelinquencyCuredFact),
        ("stage.entered", CaseJson.Default.StageEnteredFact),
        ("step.taken", CaseJson.Default.StepTakenFact),
        ("step.skipped", CaseJson.Default.StepSkippedFact),
        ("notification.requested", CaseJson.Default.NotificationRequestedFact),
        ("notification.withdrawn", CaseJson.Default.NotificationWithdrawnFact),
        ("notice.sent", CaseJson.Default.NoticeSentFact),
        ("notice.missed", CaseJson.Default.NoticeMissedFact),
        ("notice.returned", CaseJson.Default.NoticeReturnedFact),
        ("notice.lapsed", CaseJson.Default.NoticeLapsedFact),
        ("contact.attempted", CaseJson.Default.ContactAttemptedFact),
        ("delivery.reported", CaseJson.Default.DeliveryReportedFact),
        ("contact.reported", CaseJson.Default.ContactReportedFact),
        ("reply.received", CaseJson.Default.ReplyReceivedFact),
        ("profile.changed", CaseJson.Default.ProfileChangedFact),
        ("promise.made", CaseJson.Default.PromiseMadeFact),
        ("promise.kept", CaseJson.Default.PromiseKeptFact),
        ("promise.broken", CaseJson.Default.PromiseBrokenFact),
        ("promise.cancelled", CaseJson.Default.PromiseCancelledFact),
        ("plan.accepted", CaseJson.Default.PlanAcceptedFact),
        ("plan.instalment-missed", CaseJson.Default.PlanInstalmentMissedFact),
        ("plan.instalment-met", CaseJson.Default.PlanInstalmentMetFact),
        ("plan.instalment-unmet", CaseJson.Default.PlanInstalmentUnmetFact),
        ("plan.reviewed", CaseJson.Default.PlanReviewedFact),
        ("plan.broken", CaseJson.Default.PlanBrokenFact),
        ("plan.completed", CaseJson.Default.PlanCompletedFact),
        ("plan.cancelled", CaseJson.Default.PlanCancelledFact),
        ("track.started", CaseJson.Default.TrackStartedFact),
        ("track.advanced", CaseJson.Default.TrackAdvancedFact),
        ("track.ended", CaseJson.Default.TrackEndedFact),
        ("track.limited", CaseJson.Default.TrackLimitedFact),
        ("ended.beforehand", CaseJson.Default.EndedBeforehandFact),
        ("task.opened", CaseJson.Default.TaskOpenedFact),
        ("task.completed", CaseJson.Default.TaskCompletedFact),
        ("task.cancelled", CaseJson.Default.TaskCancelledFact),
        ("approval.requested", CaseJson.Default.ApprovalRequestedFact),
        ("approval.decided", CaseJson.Default.ApprovalDecidedFact),
        ("approval.withdrawn", CaseJson.Default.ApprovalWithdrawnFact),
        ("legal.requested", CaseJson.Default.LegalReferralRequestedFact),
        ("legal.referred", CaseJson.Default.ReferredToLegalFact),
        ("write-off.requested", CaseJson.Default.WriteOffRequestedFact),
        ("write-off.executed", CaseJson.Default.WrittenOffFact),
        ("risk.assessed", CaseJson.Default.RiskAssessedFact),
        ("case.reviewed", CaseJson.Default.ReviewedFact),
        ("status.changed", CaseJson.Default.StatusChangedFact),
        ("case.closed", CaseJson.Default.CaseClosedFact),
        ("case.reopened", CaseJson.Default.CaseReopenedFact),
    ];

    private static readonly FrozenDictionary<string, JsonTypeInfo> ShapeByName = All.ToFrozenDictionary(type => type.Name, type => type.Shape);

    private static readonly FrozenDictionary<Type, (string Name, JsonTypeInfo Shape)> ByType = All.ToFrozenDictionary(type => type.Shape.Type);

    /// <summary>Every name, in the order of the list above.</summary>
    public static IEnumerable<string> Names => All.Select(type => type.Name);

    public static string NameOf(CaseFact fact) => ByType[fact.GetType()].Name;

    /// <summary>The shape to write a fact with.</summary>
    public static JsonTypeInfo ShapeOf(CaseFact fact) => ByType[fact.GetType()].Shape;

    /// <summary>The shape to read a fact with; null for a name nobody ever wrote.</summary>
    public static JsonTypeInfo? ShapeOf(string name) => ShapeByName.GetValueOrDefault(name);
}

namespace CollectionsFlows.Core.Cases;

/// <summary>The names events have outside (contract, "Events"): what people and other systems know them by.</summary>
public static class EventNames
{
    /// <summary>The contract's name of an event; results of commands, which the contract does not know, have names of the same kind.</summary>
    public static string Of(CaseEvent happened) => happened switch
    {
        CaseEvent.LoanEnrolled => "loan.enrolled",
        CaseEvent.PaymentPosted => "payment.posted",
        CaseEvent.PaymentReversed => "payment.reversed",
        CaseEvent.PromiseMade => "promise.made",
        CaseEvent.PromiseCancelled => "promise.cancelled",
        CaseEvent.PlanAccepted => "plan.accepted",
        CaseEvent.PlanCancelled => "plan.cancelled",
        CaseEvent.ReplyReceived => "reply.received",
        CaseEvent.ContactReported => "contact.reported",
        CaseEvent.DeliveryReported => "delivery.reported",
        CaseEvent.ProfileChanged changed => changed.Change,
        CaseEvent.TrackStarted started => Began(started.Track),
        CaseEvent.TrackAdvanced => "complaint.advanced",
        CaseEvent.TrackEnded ended => Ended(ended.Track),
        CaseEvent.TaskCompleted => "task.completed",
        CaseEvent.ApprovalDecided => "approval.decided",
        CaseEvent.PlacementRecalled => "placement.recalled",
        CaseEvent.LoanUpdated => "loan.updated",
        CaseEvent.LoanWithdrawn => "loan.withdrawn",
        CaseEvent.ContactAttempted => "contact.attempted",
        CaseEvent.DossierArchived => "dossier.archived",
        CaseEvent.MessageComposed => "message.composed",
        _ => "unknown",
    };

    private static string Began(ExceptionTrack track) => track switch
    {
        ExceptionTrack.Dispute => "dispute.raised",
        ExceptionTrack.Complaint => "complaint.raised",
        ExceptionTrack.Hardship => "hardship.declared",
        ExceptionTrack.Bankruptcy => "bankruptcy.filed",
        ExceptionTrack.Death => "death.reported",
        ExceptionTrack.IdentityTheft => "identity-theft.reported",
        ExceptionTrack.BreathingSpace => "breathing-space.started",
        ExceptionTrack.Attorney => "attorney.appointed",
        ExceptionTrack.Military => "military.started",
        _ => "hold.placed",
    };

    private static string Ended(ExceptionTrack track) => track switch
    {
        ExceptionTrack.Dispute => "dispute.resolved",
        ExceptionTrack.Complaint => "complaint.advanced",
        ExceptionTrack.Hardship => "hardship.ended",
        ExceptionTrack.Bankruptcy => "bankruptcy.ended",
        ExceptionTrack.BreathingSpace => "breathing-space.ended",
        ExceptionTrack.Attorney => "attorney.withdrawn",
        ExceptionTrack.Military => "military.ended",
        _ => "hold.released",
    };
}

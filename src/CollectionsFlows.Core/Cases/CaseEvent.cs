using System.Text.Json.Serialization;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Cases;

/// <summary>What can happen to a case: the contract's event types without their personal data (texts, names and numbers stay with the borrower, S25), and results of commands.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(LoanEnrolled), "loan.enrolled")]
[JsonDerivedType(typeof(PaymentPosted), "payment.posted")]
[JsonDerivedType(typeof(PaymentReversed), "payment.reversed")]
[JsonDerivedType(typeof(PromiseMade), "promise.made")]
[JsonDerivedType(typeof(PromiseCancelled), "promise.cancelled")]
[JsonDerivedType(typeof(PlanAccepted), "plan.accepted")]
[JsonDerivedType(typeof(PlanCancelled), "plan.cancelled")]
[JsonDerivedType(typeof(ReplyReceived), "reply.received")]
[JsonDerivedType(typeof(ContactReported), "contact.reported")]
[JsonDerivedType(typeof(DeliveryReported), "delivery.reported")]
[JsonDerivedType(typeof(ProfileChanged), "profile.changed")]
[JsonDerivedType(typeof(TrackStarted), "track.started")]
[JsonDerivedType(typeof(TrackAdvanced), "track.advanced")]
[JsonDerivedType(typeof(TrackEnded), "track.ended")]
[JsonDerivedType(typeof(TaskCompleted), "task.completed")]
[JsonDerivedType(typeof(ApprovalDecided), "approval.decided")]
[JsonDerivedType(typeof(PlacementRecalled), "placement.recalled")]
[JsonDerivedType(typeof(LoanUpdated), "loan.updated")]
[JsonDerivedType(typeof(LoanWithdrawn), "loan.withdrawn")]
[JsonDerivedType(typeof(ContactAttempted), "contact.attempted")]
[JsonDerivedType(typeof(DossierArchived), "dossier.archived")]
[JsonDerivedType(typeof(MessageComposed), "message.composed")]
public abstract record CaseEvent
{
    private CaseEvent()
    {
    }

    /// <summary>A loan was imported: the case opens.</summary>
    /// <param name="Terms">The loan.</param>
    /// <param name="Policy">The policy it enters with, and keeps.</param>
    /// <param name="Channels">The channels the borrower has an address for.</param>
    public sealed record LoanEnrolled(LoanTerms Terms, PolicyReference Policy, IReadOnlyList<Channel> Channels) : CaseEvent;

    /// <summary>Money arrived. <paramref name="ValueOn"/> null: the local date of the event.</summary>
    public sealed record PaymentPosted(string PaymentId, decimal Amount, Currency Currency, string? Method = null, DateOnly? ValueOn = null) : CaseEvent;

    /// <summary>A payment did not hold: <c>nsf</c>, <c>chargeback</c> or <c>error</c>.</summary>
    public sealed record PaymentReversed(string PaymentId, string Reason) : CaseEvent;

    public sealed record PromiseMade(string PromiseId, decimal Amount, DateOnly DueOn) : CaseEvent;

    public sealed record PromiseCancelled(string PromiseId) : CaseEvent;

    /// <summary>The borrower confirmed a plan in writing or electronically (S13).</summary>
    public sealed record PlanAccepted(string PlanId, IReadOnlyList<PlanInstalment> Instalments, string Confirmation) : CaseEvent;

    public sealed record PlanCancelled(string PlanId, string Reason) : CaseEvent;

    /// <summary>The borrower wrote. The words are with the borrower; here is what they mean.</summary>
    public sealed record ReplyReceived(Channel Channel, bool OptOut, string? TextSha256 = null) : CaseEvent;

    /// <summary>A person (agent, agency, visitor) made or received a contact. <paramref name="Recipient"/> null: with the borrower.</summary>
    public sealed record ContactReported(Channel Channel, Direction Direction, ContactOutcome Outcome, int? Persons = null, Recipient? Recipient = null) : CaseEvent;

    /// <summary>The carrier's word on a message: <c>delivered</c> or <c>failed</c>.</summary>
    public sealed record DeliveryReported(string CommandId, bool Delivered, string? Code = null) : CaseEvent;

    /// <summary>Consents, preferences or contact flags of the borrower changed; the details are in the borrower's profile. <paramref name="Change"/> is the contract's event type.</summary>
    public sealed record ProfileChanged(string Change, Channel? Channel = null) : CaseEvent;

    /// <summary>An exception track begins: dispute, hardship, bankruptcy …</summary>
    /// <param name="Track">Which.</param>
    /// <param name="Reference">Its id, where it has one (a complaint); else null.</param>
    /// <param name="From">First day; null: the local date of the event.</param>
    /// <param name="Until">Day on which it ends by itself; null: when it is ended.</param>
    /// <param name="Detail">A short code of the field, never the borrower's words.</param>
    public sealed record TrackStarted(ExceptionTrack Track, string? Reference = null, DateOnly? From = null, DateOnly? Until = null, string? Detail = null) : CaseEvent;

    /// <summary>A complaint went one step further (S21).</summary>
    public sealed record TrackAdvanced(ExceptionTrack Track, string? Reference, string Step) : CaseEvent;

    /// <param name="Until">The day from which it no longer holds; null: the day of the event.</param>
    public sealed record TrackEnded(ExceptionTrack Track, string? Reference = null, string? Outcome = null, DateOnly? Until = null) : CaseEvent;

    public sealed record TaskCompleted(string TaskId, string Outcome) : CaseEvent;

    public sealed record ApprovalDecided(string ApprovalId, bool Approved, string DecidedBy, string DecisionReason) : CaseEvent;

    /// <summary>An agency placement was taken back (S18).</summary>
    public sealed record PlacementRecalled(string RecallReason) : CaseEvent;

    public sealed record LoanUpdated(LoanTerms Terms) : CaseEvent;

    public sealed record LoanWithdrawn(string WithdrawalReason) : CaseEvent;

    /// <summary>The result of a <see cref="CaseCommand.SendNotification"/>: what the gate said and what became of the message.</summary>
    public sealed record ContactAttempted(ContactAttempt Attempt) : CaseEvent;

    /// <summary>The result of a <see cref="CaseCommand.ReferToLegal"/> or <see cref="CaseCommand.WriteOff"/>: its dossier is in the evidence archive.</summary>
    public sealed record DossierArchived(string CommandId, string DossierId, string Sha256) : CaseEvent;

    /// <summary>An agent wrote to the borrower. The words are with the borrower under the input's id.</summary>
    /// <param name="Channel">The medium.</param>
    /// <param name="Purpose">What it is for: collect, care or confirmation.</param>
    /// <param name="TextSha256">SHA-256 of the text, so that no other is sent in its place.</param>
    public sealed record MessageComposed(Channel Channel, Purpose Purpose, string TextSha256) : CaseEvent;
}

using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Core.Cases;

/// <summary>One thing that became true of a case. Facts are the truth: the state is folded from them and the auditor reads them.</summary>
/// <remarks>Amounts are in the loan's currency, dates are the borrower's local dates. Names of the facts are in <see cref="FactTypes"/>. Shapes only grow.</remarks>
public abstract record CaseFact
{
    private CaseFact()
    {
    }

    public sealed record CaseOpened(LoanTerms Terms, PolicyReference Policy, IReadOnlyList<Channel> Channels) : CaseFact;

    public sealed record TermsUpdated(LoanTerms Terms) : CaseFact;

    /// <summary>A known event that does not fit: kept, with the reason, and otherwise without effect.</summary>
    public sealed record InputIgnored(string InputId, string Type, string Why) : CaseFact;

    /// <summary>A person, not a system, entered the event whose facts follow. The person's reason is kept with the borrower under the event's id.</summary>
    public sealed record InputEntered(string InputId, string Type, string By) : CaseFact;

    /// <summary>Money arrived. The allocation is as of now; a later reversal or back-dated payment replays the schedule.</summary>
    public sealed record PaymentPosted(
        string PaymentId, decimal Amount, Currency Currency, string? Method, DateOnly ValueOn, DateTimeOffset PaidAt,
        Breakdown Allocated, decimal Credit, int DaysPastDue, decimal OverdueAfter) : CaseFact;

    /// <summary>A payment does not count any more. <paramref name="Known"/> false: its posting has not arrived yet, and will not count when it does.</summary>
    public sealed record PaymentReversed(string PaymentId, string Reason, bool Known, int DaysPastDue, decimal OverdueAfter) : CaseFact;

    public sealed record DelinquencyBegan(int Number, DateOnly DueOn, int DaysPastDue, decimal Overdue) : CaseFact;

    /// <summary>The oldest unpaid instalment is another one now. When it is younger, the steps beyond its days past due may be taken again.</summary>
    public sealed record DelinquencyMoved(DateOnly DueOn, int DaysPastDue, string? Stage, IReadOnlyList<string> StepsOpenAgain) : CaseFact;

    public sealed record DelinquencyCured(int Number, DateOnly On, int MaxDaysPastDue) : CaseFact;

    public sealed record StageEntered(string Stage, int DaysPastDue) : CaseFact;

    /// <summary>A step of the ladder was taken; what it does follows as facts of its own.</summary>
    /// <param name="Step">Its id in the policy.</param>
    /// <param name="Occurrence">1, or more for repeats.</param>
    /// <param name="DueOn">The day it fell due.</param>
    /// <param name="Instalment">The instalment a care step is about; null for others.</param>
    public sealed record StepTaken(string Step, int Occurrence, DateOnly DueOn, int DaysPastDue, int? Instalment = null) : CaseFact;

    /// <summary>A step was not taken. <paramref name="Superseded"/>: because another one went further, so what follows it still comes.</summary>
    public sealed record StepSkipped(string Step, int Occurrence, DateOnly DueOn, string Why, int? Instalment = null, bool? Superseded = null) : CaseFact;

    /// <summary>Asks for <see cref="CaseCommand.SendNotification"/>.</summary>
    /// <param name="Step">The step of the ladder, or one of <see cref="NoticeNames"/>.</param>
    /// <param name="PromiseId">The promise it is about; null for others.</param>
    /// <param name="NotBefore">When it may be sent at the earliest; null: at once.</param>
    /// <param name="Rule">The rule that wants this notice, which also has the place of the step; null for others.</param>
    /// <param name="Reference">What the notice is about, where there may be several (a plan).</param>
    /// <param name="DueOn">The last day on which the notice is in time.</param>
    /// <param name="MessageId">The id of the input with the words of a person; null: the template's words.</param>
    /// <param name="TextSha256">SHA-256 of those words; null: the template's.</param>
    /// <param name="RetryOf">The command whose text did not get through for a passing reason, and which this one takes the place of; null: none.</param>
    /// <param name="Retry">1 for the first time it is asked for again; null: it is asked for the first time.</param>
    /// <param name="FirstOf">From the second retry on: the command asked for in the first place.</param>
    /// <param name="Untried">True: the carrier refused all before it at once, so that this is the first try to reach somebody; null: it is not, or no retry.</param>
    public sealed record NotificationRequested(
        string Step, string Template, Purpose Purpose, IReadOnlyList<Channel> Channels, string? PromiseId = null, DateTimeOffset? NotBefore = null,
        string? Rule = null, string? Reference = null, DateOnly? DueOn = null,
        string? MessageId = null, string? TextSha256 = null, string? RetryOf = null, int? Retry = null, string? FirstOf = null, bool? Untried = null) : CaseFact;

    /// <summary>A notice the law wants went out. Dates are the borrower's.</summary>
    /// <param name="Rule">The rule that wanted it.</param>
    /// <param name="Reference">What it is about, where there may be several (a plan).</param>
    /// <param name="By">The command that sent it, or the task of people who did.</param>
    /// <param name="SentOn">The day.</param>
    /// <param name="ReceivedOn">The day of its assumed receipt; null where none follows from it.</param>
    /// <param name="PeriodEndsOn">The last day of the borrower's period that it begins; null: none.</param>
    /// <param name="EnforceableFrom">The first day on which a suit may be asked for; null: it does not prepare one.</param>
    public sealed record NoticeSent(
        string Rule, string? Reference, string By, DateOnly SentOn, DateOnly? ReceivedOn = null, DateOnly? PeriodEndsOn = null, DateOnly? EnforceableFrom = null) : CaseFact;

    /// <summary>The last day for a notice is over and it has not gone out.</summary>
    /// <param name="Rule">The rule that wanted it.</param>
    /// <param name="Reference">What it is about, where there may be several (a plan).</param>
    /// <param name="DueOn">That day.</param>
    /// <param name="Stops">What stands still until it goes out.</param>
    /// <param name="InterestStopsFrom">The first day that bears no penalty interest; null: all do.</param>
    public sealed record NoticeMissed(string Rule, string? Reference, DateOnly DueOn, IReadOnlyList<NoticeStop> Stops, DateOnly? InterestStopsFrom = null) : CaseFact;

    /// <summary>What a notice was about is over: should it come again, a new notice is due.</summary>
    public sealed record NoticeLapsed(string Rule, string? Reference, DateOnly On, string Why) : CaseFact;

    /// <summary>A notice that counted as gone out did not arrive, and nobody tries it again by itself: it counts as not sent.</summary>
    /// <param name="Rule">The rule that wanted it.</param>
    /// <param name="Reference">What it is about, where there may be several (a plan).</param>
    /// <param name="CommandId">The last command that was to send it.</param>
    /// <param name="SentOn">The day that does not count any more.</param>
    /// <param name="Why">What became of it.</param>
    public sealed record NoticeReturned(string Rule, string? Reference, string CommandId, DateOnly SentOn, string Why) : CaseFact;

    public sealed record NotificationWithdrawn(string CommandId, string Why) : CaseFact;

    public sealed record ContactAttempted(ContactAttempt Attempt) : CaseFact;

    public sealed record DeliveryReported(string CommandId, bool Delivered, string? Code) : CaseFact;

    /// <param name="Recipient">With whom; null: with the borrower.</param>
    public sealed record ContactReported(Channel Channel, Direction Direction, ContactOutcome Outcome, int? Persons, Recipient? Recipient = null) : CaseFact;

    public sealed record ReplyReceived(Channel Channel, bool OptOut, string? TextSha256) : CaseFact;

    public sealed record ProfileChanged(string Change, Channel? Channel) : CaseFact;

    /// <param name="MadeAt">When it was given, by the sender: payments made from then on count for it; null: when it was recorded.</param>
    public sealed record PromiseMade(string PromiseId, decimal Amount, DateOnly DueOn, DateTimeOffset? MadeAt = null) : CaseFact;

    /// <summary>Enough has arrived, or nothing is overdue any more. <paramref name="Used"/> is the money it received, which counts for no other promise.</summary>
    public sealed record PromiseKept(string PromiseId, decimal Received, DateOnly On, IReadOnlyList<PaymentShare>? Used = null) : CaseFact;

    public sealed record PromiseBroken(
        string PromiseId, decimal Received, DateOnly On, DateOnly LadderResumesOn, IReadOnlyList<PaymentShare>? Used = null) : CaseFact;

    public sealed record PromiseCancelled(string PromiseId, DateOnly On, DateOnly LadderResumesOn) : CaseFact;

    /// <param name="AcceptedAt">When it was confirmed, by the sender: payments made from then on count for it; null: when it was recorded.</param>
    public sealed record PlanAccepted(
        string PlanId, IReadOnlyList<PlanInstalment> Instalments, string Confirmation, DateOnly On, DateTimeOffset? AcceptedAt = null) : CaseFact;

    public sealed record PlanInstalmentMissed(string PlanId, int Number, DateOnly DueOn, decimal ExpectedSoFar, decimal ReceivedSoFar) : CaseFact;

    public sealed record PlanInstalmentMet(string PlanId, int Number, DateOnly DueOn, decimal ReceivedSoFar) : CaseFact;

    /// <summary>A payment that had met instalments did not hold: <paramref name="Met"/> are met now, from the first.</summary>
    public sealed record PlanInstalmentUnmet(string PlanId, int Met, decimal ReceivedSoFar) : CaseFact;

    public sealed record PlanReviewed(string PlanId, DateOnly On, int Met, int Missed, decimal Received) : CaseFact;

    public sealed record PlanBroken(string PlanId, DateOnly On, int Missed, DateOnly LadderResumesOn) : CaseFact;

    public sealed record PlanCompleted(string PlanId, DateOnly On, decimal Received) : CaseFact;

    public sealed record PlanCancelled(string PlanId, string Reason, DateOnly On, DateOnly LadderResumesOn) : CaseFact;

    /// <param name="Rule">The rule of law that stops collection besides the house's hold (a written dispute within its period); null: none.</param>
    public sealed record TrackStarted(
        ExceptionTrack Track, string? Reference, DateOnly From, DateOnly? Until, string? Detail, bool PausesDaysPastDue, string? Rule = null) : CaseFact;

    /// <param name="Rule">The rule of law that stops collection from now on; null: as before.</param>
    public sealed record TrackAdvanced(ExceptionTrack Track, string? Reference, string Step, string? Rule = null) : CaseFact;

    public sealed record TrackEnded(ExceptionTrack Track, string? Reference, string? Outcome, DateOnly On, DateOnly LadderResumesOn) : CaseFact;

    /// <summary>The end of a running track is known now: it lasts until that day, outside.</summary>
    public sealed record TrackLimited(ExceptionTrack Track, string? Reference, DateOnly Until) : CaseFact;

    /// <summary>The end of something arrived whose beginning has not: should it still come, it counts as over.</summary>
    /// <param name="What"><c>promise</c>, <c>plan</c> or the track's name.</param>
    /// <param name="Reference">Its id; null for tracks that have none.</param>
    /// <param name="EndedAt">When it ended, by the sender.</param>
    public sealed record EndedBeforehand(string What, string? Reference, DateTimeOffset EndedAt) : CaseFact;

    /// <summary>Human work; its id is <c>{loanId}:{seq}</c>.</summary>
    /// <param name="Amount">The money it is about, in the loan's currency (a refund); null for others.</param>
    public sealed record TaskOpened(string Kind, string Team, DateTimeOffset DueAt, WorkOrigin Origin, string Why, decimal? Amount = null) : CaseFact;

    public sealed record TaskCompleted(string TaskId, string Kind, string Outcome, string? By) : CaseFact;

    public sealed record TaskCancelled(string TaskId, string Why) : CaseFact;

    /// <summary>Somebody must say yes before the case goes on; its id is <c>{loanId}:{seq}</c>. The figures are what the decision rests on (S19, S20).</summary>
    public sealed record ApprovalRequested(
        ApprovalSubject Subject, string Team, int DaysPastDue, decimal Balance, decimal CostOfSuit, decimal ExpectedRecovery) : CaseFact;

    public sealed record ApprovalDecided(string ApprovalId, ApprovalSubject Subject, bool Approved, string DecidedBy, string Reason) : CaseFact;

    public sealed record ApprovalWithdrawn(string ApprovalId, string Why) : CaseFact;

    /// <summary>Asks for <see cref="CaseCommand.ReferToLegal"/>.</summary>
    public sealed record LegalReferralRequested(string ApprovalId) : CaseFact;

    public sealed record ReferredToLegal(string CommandId, string DossierId, string DossierSha256) : CaseFact;

    /// <summary>Asks for <see cref="CaseCommand.WriteOff"/>.</summary>
    public sealed record WriteOffRequested(string ApprovalId) : CaseFact;

    public sealed record WrittenOff(string CommandId, string DossierId, string DossierSha256, DateOnly On, Breakdown Balance) : CaseFact;

    public sealed record RiskAssessed(int Score, RiskBand Band, IReadOnlyList<RiskReason> Reasons) : CaseFact;

    /// <summary>An open case was looked at although nothing happened: nothing is ever forgotten.</summary>
    public sealed record Reviewed(DateOnly On, int DaysPastDue, decimal Overdue) : CaseFact;

    public sealed record StatusChanged(CaseStatus From, CaseStatus To, int DaysPastDue, decimal Overdue) : CaseFact;

    public sealed record CaseClosed(ClosedReason Reason, DateTimeOffset EffectiveAt) : CaseFact;

    public sealed record CaseReopened(string Why) : CaseFact;
}

/// <summary>What opened a task: a cure ends the ladder's, not the others.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(Json.KebabCaseEnumConverter<WorkOrigin>))]
public enum WorkOrigin
{
    Ladder,
    Track,
    Case,
}

/// <summary>A fact in its place: the number in the case's stream and when it was recorded.</summary>
/// <param name="Seq">1 for the first, no gaps.</param>
/// <param name="At">The instant of the decision, UTC.</param>
/// <param name="Fact">What became true.</param>
public sealed record RecordedFact(int Seq, DateTimeOffset At, CaseFact Fact);

using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>A fixed example of every fact and every event, with every field filled: what the golden files are written from.</summary>
internal static class Examples
{
    private static readonly DateOnly On = Day("2026-03-01");
    private static readonly DateTimeOffset At = new(2026, 3, 1, 16, 0, 0, TimeSpan.Zero);
    private static readonly Currency Usd = Currency.Parse("USD");
    private static readonly PolicyReference Policy = new("story", 2);
    private static readonly Breakdown Split = new(1.25m, 2m, 3.5m, 93.25m);

    private static readonly LoanTerms Terms = Of(0.18m, "USD", Due(1, "2026-01-10", 100m, 5.5m, 2m), Due(2, "2026-02-10", 100m)) with
    {
        Attributes = new Dictionary<string, string> { ["creditScore"] = "640" },
    };

    private static readonly ContactAttempt Attempt = new()
    {
        CommandId = "L-1:7",
        Number = 2,
        Template = "friendly",
        Result = ContactResult.Deferred,
        Channel = Channel.Sms,
        Rule = "HOUSE-HOURS",
        Until = At.AddDays(1),
        Citations = ["HOUSE-HOURS"],
        Overrides = ["US-REGF-7IN7"],
        Judged = new JudgedContact(
            At,
            new ContactRequest
            {
                Channel = Channel.Sms, Jurisdiction = "US", CreditorRole = CreditorRole.Creditor, DebtId = "L-1", Address = "key-1",
                Place = Place.Mobile, TimeZones = ["America/Chicago"], HouseRules = true, TextSha256 = "00ff",
            },
            new ContactProfile
            {
                Flags = [new ProfileFlag("cease", At, At.AddDays(9), "L-1", "c-1", "key-1")], OptOuts = [new OptOut(Channel.Email, "key-2", At)],
                Consents = [new Consent(Channel.Phone, Address: null, At)],
                Preferences = [new BlockedTime([DayOfWeek.Monday], new TimeOnly(8, 0), new TimeOnly(12, 30), Channel.Sms, Place.Work, On)],
            },
            [new PastContact(At.AddDays(-1), Channel.Phone, Direction.Outbound, ContactOutcome.NoAnswer, ["L-1"], "key-1", Place.Home, "00aa", Purpose.Care, Recipient.Guarantor)],
            ["US@1", "house@1+lender.2", "calendar:us-federal@1"]),
        Language = "en-US",
        Wording = 1,
        Segments = 2,
        TextSha256 = "00ff",
        Code = "30003",
    };

    public static readonly CaseFact[] Facts =
    [
        new CaseFact.CaseOpened(Terms, Policy, [Channel.Sms, Channel.Email]),
        new CaseFact.TermsUpdated(Terms),
        new CaseFact.InputIgnored("evt-9", "promise.made", "the case is closed"),
        new CaseFact.InputEntered("evt-10", "hold.placed", "agent-1"),
        new CaseFact.PaymentPosted("P-1", 100m, Usd, "transfer", On, At, Split, 0.5m, 50, 107.5m),
        new CaseFact.PaymentReversed("P-1", "nsf", Known: true, 50, 207.5m),
        new CaseFact.DelinquencyBegan(1, On, 1, 107.5m),
        new CaseFact.DelinquencyMoved(On, 5, "first-line", ["notice"]),
        new CaseFact.DelinquencyCured(1, On, 50),
        new CaseFact.StageEntered("first-line", 3),
        new CaseFact.StepTaken("friendly", 2, On, 3, 1),
        new CaseFact.StepSkipped("friendly", 2, On, "notice is due as well and goes further", 1, Superseded: true),
        new CaseFact.NotificationRequested("friendly", "friendly", Purpose.Collect, [Channel.Sms], "PTP-1", At),
        new CaseFact.NoticeSent("US-VALIDATION", "PLAN-1", "L-1:7", On, On.AddDays(7), On.AddDays(37), On.AddDays(15)),
        new CaseFact.NoticeMissed("GB-NOSIA", "PLAN-1", On, [NoticeStop.Collection, NoticeStop.Enforcement, NoticeStop.Interest], On.AddDays(1)),
        new CaseFact.NoticeReturned("GB-DEFAULT-14", "PLAN-1", "L-1:7", On, "the notice did not arrive"),
        new CaseFact.NoticeLapsed("GB-NOSIA", "PLAN-1", On, "nothing is overdue any more"),
        new CaseFact.NotificationWithdrawn("L-1:7", "nothing is overdue any more"),
        new CaseFact.ContactAttempted(Attempt),
        new CaseFact.DeliveryReported("L-1:7", Delivered: false, "30003"),
        new CaseFact.ContactReported(Channel.Visit, Direction.Outbound, ContactOutcome.Conversation, 2, Recipient.Guarantor),
        new CaseFact.ReplyReceived(Channel.Sms, OptOut: true, "00ff"),
        new CaseFact.ProfileChanged("consent.granted", Channel.Sms),
        new CaseFact.PromiseMade("PTP-1", 50m, On, At),
        new CaseFact.PromiseKept("PTP-1", 47.5m, On, [new PaymentShare("P-1", 47.5m)]),
        new CaseFact.PromiseBroken("PTP-1", 10m, On, On.AddDays(1), [new PaymentShare("P-1", 10m)]),
        new CaseFact.PromiseCancelled("PTP-1", On, On.AddDays(1)),
        new CaseFact.PlanAccepted("PLAN-1", [new PlanInstalment(On, 50m)], "written", On, At),
        new CaseFact.PlanInstalmentMissed("PLAN-1", 1, On, 50m, 10m),
        new CaseFact.PlanInstalmentMet("PLAN-1", 1, On, 50m),
        new CaseFact.PlanInstalmentUnmet("PLAN-1", 0, 0m),
        new CaseFact.PlanReviewed("PLAN-1", On, 1, 0, 50m),
        new CaseFact.PlanBroken("PLAN-1", On, 2, On.AddDays(1)),
        new CaseFact.PlanCompleted("PLAN-1", On, 50m),
        new CaseFact.PlanCancelled("PLAN-1", "asked", On, On.AddDays(1)),
        new CaseFact.TrackStarted(ExceptionTrack.BreathingSpace, "bs-1", On, On.AddDays(60), "standard", PausesDaysPastDue: true),
        new CaseFact.TrackAdvanced(ExceptionTrack.Complaint, "c-1", "investigated"),
        new CaseFact.TrackEnded(ExceptionTrack.Complaint, "c-1", "answered", On, On.AddDays(1)),
        new CaseFact.TrackLimited(ExceptionTrack.BreathingSpace, "bs-1", On),
        new CaseFact.EndedBeforehand("promise", "PTP-9", At),
        new CaseFact.TaskOpened("refund-credit", "desk-1", At, WorkOrigin.Case, "paid beyond what is owed", 0.5m),
        new CaseFact.TaskCompleted("L-1:9", "call", "no-answer", "agent-1"),
        new CaseFact.TaskCancelled("L-1:9", "the case is closed"),
        new CaseFact.ApprovalRequested(ApprovalSubject.WriteOff, "lawyers", 180, 207.5m, 300m, 103.75m),
        new CaseFact.ApprovalDecided("L-1:9", ApprovalSubject.Legal, Approved: true, "supervisor-1", "worth it"),
        new CaseFact.ApprovalWithdrawn("L-1:9", "nothing is overdue any more"),
        new CaseFact.LegalReferralRequested("L-1:9"),
        new CaseFact.ReferredToLegal("L-1:10", "dossier-1", "00ff"),
        new CaseFact.WriteOffRequested("L-1:9"),
        new CaseFact.WrittenOff("L-1:10", "dossier-1", "00ff", On, Split),
        new CaseFact.RiskAssessed(45, RiskBand.Medium, [new RiskReason("days-past-due", 22)]),
        new CaseFact.Reviewed(On, 50, 207.5m),
        new CaseFact.StatusChanged(CaseStatus.OnPlan, CaseStatus.Collecting, 50, 207.5m),
        new CaseFact.CaseClosed(ClosedReason.PaidOff, At),
        new CaseFact.CaseReopened("the loan is not paid off any more"),
    ];

    public static readonly CaseEvent[] Events =
    [
        new CaseEvent.LoanEnrolled(Terms, Policy, [Channel.Sms]),
        new CaseEvent.PaymentPosted("P-1", 100m, Usd, "transfer", On),
        new CaseEvent.PaymentReversed("P-1", "nsf"),
        new CaseEvent.PromiseMade("PTP-1", 50m, On),
        new CaseEvent.PromiseCancelled("PTP-1"),
        new CaseEvent.PlanAccepted("PLAN-1", [new PlanInstalment(On, 50m)], "written"),
        new CaseEvent.PlanCancelled("PLAN-1", "asked"),
        new CaseEvent.ReplyReceived(Channel.Sms, OptOut: true, "00ff"),
        new CaseEvent.ContactReported(Channel.Visit, Direction.Outbound, ContactOutcome.Conversation, 2, Recipient.Guarantor),
        new CaseEvent.DeliveryReported("L-1:7", Delivered: false, "30003"),
        new CaseEvent.ProfileChanged("consent.granted", Channel.Sms),
        new CaseEvent.TrackStarted(ExceptionTrack.BreathingSpace, "bs-1", On, On.AddDays(60), "standard"),
        new CaseEvent.TrackAdvanced(ExceptionTrack.Complaint, "c-1", "investigated"),
        new CaseEvent.TrackEnded(ExceptionTrack.Complaint, "c-1", "answered", On),
        new CaseEvent.TaskCompleted("L-1:9", "no-answer"),
        new CaseEvent.ApprovalDecided("L-1:9", Approved: true, "supervisor-1", "worth it"),
        new CaseEvent.PlacementRecalled("late"),
        new CaseEvent.LoanUpdated(Terms),
        new CaseEvent.LoanWithdrawn("sold"),
        new CaseEvent.ContactAttempted(Attempt),
        new CaseEvent.DossierArchived("L-1:10", "dossier-1", "00ff"),
        new CaseEvent.MessageComposed(Channel.Sms, Purpose.Care, "00ff"),
    ];

    /// <summary>A state with every field filled.</summary>
    /// <summary>Facts with the members that later versions added, by what the golden file adds to its name.</summary>
    public static IReadOnlyList<(string Name, CaseFact Fact)> Grown =>
    [
        ("notice", new CaseFact.NotificationRequested(
            "US-VALIDATION", "collector-validation-notice", Purpose.Notice, [Channel.Email, Channel.Letter], Rule: "US-VALIDATION", Reference: "PLAN-1", DueOn: On)),
        ("retry", new CaseFact.NotificationRequested("friendly", "friendly", Purpose.Collect, [Channel.Sms], NotBefore: At, RetryOf: "L-1:7", Retry: 1)),
        ("second-retry", new CaseFact.NotificationRequested(
            "friendly", "friendly", Purpose.Collect, [Channel.Sms], NotBefore: At, RetryOf: "L-1:9", Retry: 2, FirstOf: "L-1:7")),
        ("untried", new CaseFact.NotificationRequested("friendly", "friendly", Purpose.Collect, [Channel.Sms], NotBefore: At, RetryOf: "L-1:7", Retry: 1, Untried: true)),
        ("rule", new CaseFact.TrackStarted(ExceptionTrack.Dispute, null, On, null, "written", PausesDaysPastDue: false, "US-VALIDATION")),
        ("rule", new CaseFact.TrackAdvanced(ExceptionTrack.Dispute, null, "written", "US-VALIDATION")),
    ];

    /// <summary>The state with what later versions added.</summary>
    public static CaseState GrownState => State with
    {
        Pauses = [new Pause(On, On.AddDays(60)), new Pause(On, On.AddDays(3), InterestOnly: true)],
        Tracks = [new ActiveTrack(ExceptionTrack.Dispute, null, On, null, null, "US-VALIDATION")],
        Notices =
        [
            new NoticeRecord { Rule = "US-VALIDATION", CommandId = "L-1:7", DueOn = On, SentOn = On, PeriodEndsOn = On.AddDays(37) },
            new NoticeRecord { Rule = "GB-DEFAULT-14", CommandId = "L-1:8", SentOn = On, EnforceableFrom = On.AddDays(15) },
            new NoticeRecord { Rule = "GB-NOSIA", CommandId = "L-1:9", DueOn = On, Missing = [NoticeStop.Collection, NoticeStop.Enforcement, NoticeStop.Interest] },
            new NoticeRecord { Rule = "CN-CARD-PLAN", Reference = "PLAN-1", CommandId = "L-1:10", DueOn = On },
        ],
    };

    /// <summary>The state with a notice that came back.</summary>
    public static CaseState StateWithReturned => State with
    {
        Notices = [new NoticeRecord { Rule = "GB-NOSIA", CommandId = "L-1:9", DueOn = On, Returned = true }],
    };

    /// <summary>The state with texts that may be asked for again.</summary>
    public static CaseState StateWithTexts => State with
    {
        Commands = [new PendingCommand(new CaseCommand.SendNotification("L-1:40", "friendly", "friendly", Purpose.Collect, [Channel.Sms], RetryOf: "L-1:7", Retry: 2), NotBefore: At)],
        Texts =
        [
            new SentText(new CaseCommand.SendNotification("L-1:30", "GB-NOSIA", "notice-of-arrears", Purpose.Notice, [Channel.Sms], RetryOf: "L-1:20", Retry: 1)),
            new SentText(new CaseCommand.SendNotification("L-1:40", "friendly", "friendly", Purpose.Collect, [Channel.Sms], "PTP-1"), new CarrierReport(Delivered: false, "4006")),
        ],
    };

    public static CaseState State => new()
    {
        Terms = Terms,
        Policy = Policy,
        Channels = [Channel.Sms],
        Sequence = 42,
        OpenedAt = At.AddDays(-90),
        UpdatedAt = At,
        ClosedReason = ClosedReason.PaidOff,
        ClosedAt = At,
        Payments = [new PostedPayment(new Payment("P-1", 100m, On, At), Reversed: true)],
        EarlyReversals = ["P-2"],
        EarlyEnds = [new EarlyEnd("promise", "PTP-9", At)],
        CreditRefunded = 0.5m,
        Pauses = [new Pause(On, On.AddDays(60))],
        Delinquencies = 2,
        Delinquency = new Delinquency(2, On, At, new Dictionary<string, StepProgress> { ["friendly"] = new(1, On, At) }),
        MaxDaysPastDue = 50,
        Stage = "first-line",
        CareThrough = new Dictionary<string, int> { ["care-soon"] = 2 },
        LadderResumesOn = On,
        Promises = [new PromiseToPay("PTP-1", 50m, On, At, PromiseStatus.Kept, On, [new PaymentShare("P-1", 47.5m)], IsReminded: true)],
        Plan = new PaymentPlan("PLAN-1", [new PlanInstalment(On, 50m)], "written", At, Met: 0, Missed: 1, CheckedThrough: 1, On),
        Tracks = [new ActiveTrack(ExceptionTrack.Complaint, "c-1", On, On.AddDays(30), "investigated")],
        Commands =
        [
            new PendingCommand(new CaseCommand.SendNotification("L-1:7", "friendly", "friendly", Purpose.Collect, [Channel.Sms], "PTP-1"), Attempt: 2, At),
            new PendingCommand(new CaseCommand.ReferToLegal("L-1:8", "L-1:6")),
            new PendingCommand(new CaseCommand.WriteOff("L-1:9", "L-1:5")),
        ],
        WithdrawnCommands = ["L-1:4"],
        Tasks = [new OpenTask("L-1:9", "refund-credit", "desk-1", At, At.AddDays(5), WorkOrigin.Case, "paid beyond what is owed", 0.5m)],
        Approvals = [new OpenApproval("L-1:6", ApprovalSubject.Legal, "lawyers", At)],
        ReferredToLegalAt = At,
        WrittenOffOn = On,
        Risk = new RiskAssessment(45, RiskBand.Medium, [new RiskReason("days-past-due", 22)]),
        ReviewedOn = On,
        ContactsSent = 3,
        FirstContactAt = At.AddDays(-40),
        LastContactAt = At,
        LastAnswerAt = At,
        TriesWithoutAnswer = 1,
        BrokenPromises = 1,
        AnnouncedStatus = CaseStatus.Closed,
    };
}

using System.Globalization;
using System.Text;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Simulation.Tests.Stores;

/// <summary>Invented things to store.</summary>
internal static class StoreSamples
{
    public static readonly DateTimeOffset Noon = At("2026-03-01T12:00:00+00:00");

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    public static LoanTerms Terms(string loanId, string borrowerId = "B-1") => new()
    {
        LoanId = loanId,
        BorrowerId = borrowerId,
        Product = "card",
        CreditorRole = CreditorRole.Creditor,
        Jurisdiction = "US-MA",
        TimeZones = ["America/New_York"],
        Currency = Currency.Parse("USD"),
        PenaltyAnnualRate = 0.18m,
        Instalments = [new Instalment(1, new DateOnly(2026, 3, 15), 100.10m, 2.50m, 0m)],
        Attributes = new Dictionary<string, string> { ["creditScore"] = "640" },
    };

    public static InboxItem Payment(string loanId, string id, DateTimeOffset? receivedAt = null, string body = "a") => new(
        loanId,
        new CaseInput(id, Noon, new CaseEvent.PaymentPosted($"P-{id}", 12.34m, Currency.Parse("USD"), "card", new DateOnly(2026, 3, 1)), "op-1"),
        receivedAt ?? Noon, body);

    public static InboxItem EnrolmentItem(string loanId, string body = "terms", DateTimeOffset? receivedAt = null) => new(
        loanId,
        new CaseInput($"enrol:{loanId}", Noon, new CaseEvent.LoanEnrolled(Terms(loanId), new PolicyReference("first-days", 1), [Channel.Sms])),
        receivedAt ?? Noon, body);

    public static Enrolment Enrolment(string loanId, string borrowerId, BorrowerDetails? details = null, string body = "terms") =>
        new(EnrolmentItem(loanId, body), details ?? Details("Invented Person")) { BorrowerId = borrowerId };

    public static BorrowerDetails Details(string name, params string[] phones) => new()
    {
        Name = name,
        Language = "en-US",
        Addresses = [.. phones.Select(phone => new BorrowerAddress($"key-{phone}", Channel.Sms, phone, Place.Mobile))],
    };

    public static JournalEntry Fact(string loanId, int seq) =>
        new(loanId, seq, Encoding.UTF8.GetBytes($$"""{"loanId":"{{loanId}}","seq":{{seq}},"text":"逾期 é"}"""), $"hash-{loanId}-{seq}");

    public static CaseState State(string loanId, int sequence = 1) => new()
    {
        Terms = Terms(loanId),
        Policy = new PolicyReference("first-days", 1),
        Sequence = sequence,
        OpenedAt = Noon,
        UpdatedAt = Noon,
    };

    public static CaseIndex Index(string loanId) => new(
        loanId, "B-1", CaseStatus.Watching, null, null, null, 0m, 100m, "USD", null, "first-days@1", Noon, null, null, null, 0, 0);

    /// <summary>A step that appends <paramref name="facts"/> facts after <paramref name="lastSeq"/>.</summary>
    public static CaseStep Step(
        string loanId, int version = 0, int lastSeq = 0, int facts = 1, IReadOnlyList<string>? drained = null, DateTimeOffset? wake = null, CaseIndex? index = null) => new()
    {
        LoanId = loanId,
        ExpectedVersion = version,
        Facts = [.. Enumerable.Range(lastSeq + 1, facts).Select(seq => Fact(loanId, seq))],
        State = State(loanId, lastSeq + facts),
        LastHash = $"hash-{loanId}-{lastSeq + facts}",
        Drained = drained ?? [],
        NextWake = wake,
        Index = (index ?? Index(loanId)) with { NextWake = wake },
    };

    /// <summary>A state with something in every field, instants with offsets and all.</summary>
    public static CaseState FullState(string loanId) => new()
    {
        SchemaVersion = 2,
        Terms = Terms(loanId),
        Policy = new PolicyReference("us-creditor", 3),
        Channels = [Channel.Sms, Channel.Email],
        Sequence = 42,
        OpenedAt = At("2026-01-05T08:00:00.1234567+08:00"),
        UpdatedAt = At("2026-03-05T08:00:00-05:00"),
        ClosedReason = ClosedReason.Settled,
        ClosedAt = At("2026-04-01T23:59:59+05:45"),
        Payments = [new PostedPayment(new Payment("P-1", 10.10m, new DateOnly(2026, 2, 28), Noon), true), new PostedPayment(new Payment("P-2", 0.01m, new DateOnly(2028, 2, 29), Noon), false)],
        EarlyReversals = ["P-9"],
        CreditRefunded = 1.25m,
        Pauses = [new Pause(new DateOnly(2026, 2, 1), DateOnly.MaxValue)],
        Delinquencies = 2,
        Delinquency = new Delinquency(2, new DateOnly(2026, 1, 15), Noon, new Dictionary<string, StepProgress> { ["remind"] = new(3, new DateOnly(2026, 1, 18), Noon), ["call"] = new(0, new DateOnly(2026, 1, 20), null) }),
        MaxDaysPastDue = 91,
        Stage = "late",
        CareThrough = new Dictionary<string, int> { ["care-3-days"] = 4 },
        LadderResumesOn = new DateOnly(2026, 3, 20),
        Promises = [new PromiseToPay("PR-1", 50m, new DateOnly(2026, 3, 10), Noon, PromiseStatus.Broken, new DateOnly(2026, 3, 12))],
        Plan = new PaymentPlan("PL-1", [new PlanInstalment(new DateOnly(2026, 4, 1), 25.25m)], "written", Noon, 1, 0, 1, new DateOnly(2026, 3, 30)),
        Tracks = [new ActiveTrack(ExceptionTrack.Complaint, "C-1", new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31), "registered")],
        Commands =
        [
            new PendingCommand(new CaseCommand.SendNotification($"{loanId}:40", "remind", "overdue-1", Purpose.Collect, [Channel.Sms, Channel.Email]), 2, Noon),
            new PendingCommand(new CaseCommand.ReferToLegal($"{loanId}:41", $"{loanId}:39")),
            new PendingCommand(new CaseCommand.WriteOff($"{loanId}:42", $"{loanId}:38")),
        ],
        Texts = [new SentText(new CaseCommand.SendNotification($"{loanId}:38", "remind", "overdue-1", Purpose.Collect, [Channel.Sms], RetryOf: $"{loanId}:30", Retry: 1), new CarrierReport(Delivered: false, "4006"))],
        WithdrawnCommands = [$"{loanId}:12"],
        Tasks = [new OpenTask($"{loanId}:30", "call", "agents", Noon, Noon.AddDays(2), WorkOrigin.Track, "a complaint", 3.50m)],
        Approvals = [new OpenApproval($"{loanId}:31", ApprovalSubject.WriteOff, "supervisors", Noon)],
        EarlyEnds = [new EarlyEnd(EarlyEnd.Plan, "PL-2", Noon)],
        Notices =
        [
            new NoticeRecord
            {
                Rule = "GB-NOSIA", Reference = "PL-1", CommandId = $"{loanId}:35", DueOn = new DateOnly(2026, 3, 1), SentOn = new DateOnly(2026, 3, 2),
                PeriodEndsOn = new DateOnly(2026, 4, 8), EnforceableFrom = new DateOnly(2026, 3, 17), Missing = [NoticeStop.Collection, NoticeStop.Interest],
            },
        ],
        ReferredToLegalAt = Noon,
        WrittenOffOn = new DateOnly(2026, 6, 30),
        Risk = new RiskAssessment(77, RiskBand.High, [new RiskReason("days-past-due", 30)]),
        ReviewedOn = new DateOnly(2026, 3, 2),
        ContactsSent = 7,
        FirstContactAt = Noon.AddDays(-30),
        LastContactAt = Noon.AddDays(-1),
        LastAnswerAt = Noon.AddDays(-2),
        TriesWithoutAnswer = 1,
        BrokenPromises = 1,
        AnnouncedStatus = CaseStatus.WrittenOff,
    };

    public static StoredMessage Message(string borrowerId, string commandId, string loanId = "L-1", DateTimeOffset? at = null, string text = "Please pay, 您好") => new(
        commandId, loanId, borrowerId, at ?? Noon, Channel.Sms, "+12125550100", "A subject", text, "sha-of-text", "overdue-1", "en-US", 2, 1, MessageStatus.Reserved);

    public static LedgerEntry Entry(string id, DateTimeOffset at, ContactOutcome outcome = ContactOutcome.Unknown) =>
        new(id, new PastContact(at, Channel.Sms, Direction.Outbound, outcome, ["L-1"], "phone-0011", Place.Mobile, "sha", Purpose.Care));
}

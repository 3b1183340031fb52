using System.Text;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Web.Tests.House;

/// <summary>Cases to look at, put straight into the store.</summary>
public static class SampleCases
{
    public static readonly DateTimeOffset Opened = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>Two facts, written with spaces and key order that a serializer would not keep.</summary>
    public static IReadOnlyList<string> Lines(string loanId) =>
    [
        $$"""{"loanId":"{{loanId}}",  "seq":1,"at":"2026-02-02T00:00:00Z","type":"delinquency.began","data":{"number":1,"dueOn":"2026-02-01","daysPastDue":1,"overdue":500.50},"prev":"","hash":"aa"}""",
        $$"""{"seq":2, "loanId":"{{loanId}}","at":"2026-02-03T00:00:00Z","type":"status.changed","data":{"from":"watching","to":"collecting","daysPastDue":2,"overdue":500.50},"prev":"aa","hash":"bb"}""",
    ];

    public static async Task AddCaseAsync(
        this RunningHost host, string loanId, CaseStatus status = CaseStatus.Collecting, DateOnly? countedFrom = null, decimal overdue = 500.50m, int tasks = 0, int approvals = 0)
    {
        var task = new OpenTask($"{loanId}:7", "call", "agents", Opened, Opened.AddDays(2), WorkOrigin.Ladder, "three messages without an answer");
        var approval = new OpenApproval($"{loanId}:8", ApprovalSubject.Legal, "managers", Opened);
        var state = new CaseState
        {
            Terms = Terms(loanId),
            Policy = new("first-days", 1),
            Sequence = 2,
            OpenedAt = Opened,
            UpdatedAt = Opened,
            Tasks = [.. Enumerable.Repeat(task, tasks)],
            Approvals = [.. Enumerable.Repeat(approval, approvals)],
        };
        var facts = Lines(loanId).Select((line, index) => new JournalEntry(loanId, index + 1, Encoding.UTF8.GetBytes(line), index == 0 ? "aa" : "bb")).ToList();
        var wake = host.CaseTime.Now.AddDays(1);
        var index = new CaseIndex(
            loanId, "B-1", status, "reminders", null, countedFrom, overdue, 9000m, "CNY", RiskBand.Medium, "first-days@1", Opened, null, wake, "step", tasks, approvals);
        Assert.True(await host.Store.CommitAsync(new CaseStep
        {
            LoanId = loanId, ExpectedVersion = 0, Facts = facts, State = state, LastHash = "bb", Drained = [], NextWake = wake, Index = index,
        }));
        host.Queries.Details[loanId] = Detail(loanId, status, overdue, wake);
    }

    /// <summary>A message to the borrower of every sample case about L-1, and an answer.</summary>
    public static async Task AddMessageAsync(this RunningHost host) => Assert.True(await host.Store.SaveBorrowerAsync(new BorrowerChange
    {
        BorrowerId = "B-1",
        ExpectedVersion = 0,
        Messages = [new("L-1:3", "L-1", "B-1", Opened, Channel.Sms, "+12025550101", null, "Please pay <500>.", "ab", "friendly-reminder", "en-US", 0, 1, MessageStatus.Delivered)],
        Texts = [new("evt-1", "L-1", Opened, "reply", "I will pay")],
    }));

    private static CaseDetail Detail(string loanId, CaseStatus status, decimal overdue, DateTimeOffset wake) => new()
    {
        LoanId = loanId, BorrowerId = "B-1", Status = status, Stage = "reminders", DaysPastDue = 37, MaxDaysPastDue = 40, Overdue = overdue, Balance = 9000m, Credit = 0m,
        Currency = "CNY", Payoff = new(new(2026, 3, 10), new(1m, 2m, 3m, 4m), 0m, 0m), Buckets = [], Risk = new(40, RiskBand.Medium, [new("days-past-due", 40)]),
        Policy = "first-days@1", NextAction = new("step", wake, "the <second> reminder falls due"), Holds = [], Promise = null, Plan = null, Tasks = [], Approvals = [],
        LastContactAt = null, OpenedAt = Opened, ClosedAt = null, ClosedReason = null,
    };

    public static LoanTerms Terms(string loanId) => new()
    {
        LoanId = loanId, BorrowerId = "B-1", Product = "card", CreditorRole = CreditorRole.Creditor, Jurisdiction = "CN", TimeZones = ["Asia/Shanghai"],
        Currency = Currency.Parse("CNY"), PenaltyAnnualRate = 0.1m, Instalments = [new(1, new(2026, 2, 1), 500m, 0.5m, 0m)],
    };
}

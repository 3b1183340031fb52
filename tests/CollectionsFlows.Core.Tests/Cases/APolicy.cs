using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Small policies and loans for stories.</summary>
internal static class APolicy
{
    /// <summary>Care 7 days before, messages on days 3, 30 and 60, legal on day 90 asked again twice, write-off on day 180.</summary>
    public static readonly Policy Ladder = Of(
        Notify("care-soon", "care", -7),
        Notify("friendly", "first-line", 3),
        Notify("notice", "first-line", 30),
        Notify("serious", "second-line", 60),
        Approval("legal", "legal", 90, ApprovalSubject.Legal) with { Repeat = new StepRepeat(30, 2) },
        Approval("write-off", "legal", 180, ApprovalSubject.WriteOff));

    public static Policy Of(params LadderStep[] steps) => new()
    {
        Name = "story",
        Version = 1,
        Title = "For stories",
        Language = "en-US",
        Stages =
        [
            new Stage("care", "care-team", Care: true), new Stage("first-line", "desk-1"), new Stage("second-line", "desk-2"), new Stage("legal", "lawyers"),
        ],
        Steps = steps,
    };

    public static LadderStep Notify(string id, string stage, int daysPastDue) => new()
    {
        Id = id, Stage = stage, At = new StepTrigger { DaysPastDue = daysPastDue },
        Do = new StepAction { Notify = new NotifyAction { Channels = [Channel.Sms, Channel.Email], Template = id } },
    };

    public static LadderStep NotifyAfter(string id, string stage, string after, int days) =>
        Notify(id, stage, 1) with { At = new StepTrigger { After = after, DelayDays = days } };

    public static LadderStep Work(string id, string stage, int daysPastDue, string kind) => new()
    {
        Id = id, Stage = stage, At = new StepTrigger { DaysPastDue = daysPastDue }, Do = new StepAction { Task = new TaskAction { Kind = kind } },
    };

    public static LadderStep Approval(string id, string stage, int daysPastDue, ApprovalSubject subject) => new()
    {
        Id = id, Stage = stage, At = new StepTrigger { DaysPastDue = daysPastDue }, Do = new StepAction { Approval = new ApprovalAction { Subject = subject } },
    };

    /// <summary>One instalment of 100, due on 10 January 2026.</summary>
    public static LoanTerms OneInstalment => Of(Due(1, "2026-01-10", 100m));

    /// <summary>Three of 100, due on the 10th of January, February and March 2026.</summary>
    public static LoanTerms ThreeInstalments => Of(Due(1, "2026-01-10", 100m), Due(2, "2026-02-10", 100m), Due(3, "2026-03-10", 100m));

    private static LoanTerms Of(params Instalment[] instalments) => Loans.ALoan.Of(instalments);
}

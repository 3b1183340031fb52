using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>GB-NOSIA: CCA 1974 s.86B and 86D. Two payments are short from 11 February 2026, the day after the second due date.</summary>
public class ArrearsNoticeStories
{
    private const string Rule = "GB-NOSIA";

    [Fact]
    public void two_unpaid_payments_bring_the_notice_and_it_comes_again_within_six_months()
    {
        var story = British().Until("2026-09-01");

        var asked = story.All<CaseFact.NotificationRequested>().Where(asked => asked.Rule == Rule).ToList();
        Assert.Equal([Day("2026-02-25"), Day("2026-08-11")], asked.Select(each => each.DueOn!.Value)); // 11 Feb + 14 days; 11 Feb + 6 months.
        Assert.Equal(["2026-02-11", "2026-07-28"], story.DatesOf<CaseFact.NoticeSent>(sent => sent.Rule == Rule)); // The repeat is asked for 14 days before its last day.
        Assert.Empty(story.All<CaseFact.NoticeMissed>());
    }

    [Fact]
    public void six_months_after_the_31st_of_august_is_the_29th_of_february()
    {
        var story = new CaseStory(
            Of(Due(1, "2027-07-30", 100m), Due(2, "2027-08-30", 100m)).InBritain(), APolicy.Of(APolicy.Notify("friendly", "first-line", 3)).UnderTheLaw(), "2027-07-01").Until("2028-03-01");

        Assert.Equal([Day("2027-09-14"), Day("2028-02-29")], story.All<CaseFact.NotificationRequested>().Where(asked => asked.Rule == Rule).Select(asked => asked.DueOn!.Value));
    }

    [Fact]
    public void a_cure_before_the_second_due_date_brings_none_and_a_new_shortfall_counts_anew()
    {
        var story = British().Until("2026-02-05").Pays(100m).Until("2026-03-10");
        Assert.Empty(story.All<CaseFact.NoticeSent>());

        story.Until("2026-04-01");
        Assert.Equal(["2026-03-11"], story.DatesOf<CaseFact.NoticeSent>());
    }

    [Fact]
    public void arrears_that_end_before_it_went_out_withdraw_it()
    {
        var story = British();
        story.Carrier = pending => IsNotice(pending) ? null : ContactResult.Sent;
        story.Until("2026-02-12").Pays(100m);

        Assert.Contains(story.All<CaseFact.NoticeLapsed>(), lapsed => lapsed.Rule == Rule);
        Assert.Empty(story.State.Commands);
        Assert.Empty(story.State.AllNotices());
    }

    [Fact]
    public void a_payment_within_the_same_arrears_does_not_bring_it_again()
    {
        // 100 is paid on 1 March: one payment short, then the third makes it two again on 11 March; the arrears never ended.
        var story = British().Until("2026-03-01").Pays(100m).Until("2026-07-01");

        Assert.Equal(["2026-02-11"], story.DatesOf<CaseFact.NoticeSent>(sent => sent.Rule == Rule));
        Assert.Equal(["2026-02-11", "2026-07-28"], story.Until("2026-08-01").DatesOf<CaseFact.NoticeSent>(sent => sent.Rule == Rule));
    }

    [Fact]
    public void a_promise_a_plan_or_a_hold_does_not_take_the_duty_away()
    {
        Assert.Equal(["2026-02-11"], British().Until("2026-02-09").Promises(200m, "2026-03-01").Until("2026-02-20").DatesOf<CaseFact.NoticeSent>());
        Assert.Equal(["2026-02-11"], British().Until("2026-02-09").AcceptsPlan(("2026-03-01", 50m), ("2026-04-01", 250m)).Until("2026-02-20").DatesOf<CaseFact.NoticeSent>());
        Assert.Equal(["2026-02-11"], British().Until("2026-02-09").Starts(ExceptionTrack.BreathingSpace).Until("2026-02-20").DatesOf<CaseFact.NoticeSent>());
        Assert.Equal(["2026-02-11"], British().Until("2026-02-09").Starts(ExceptionTrack.Manual).Until("2026-02-20").DatesOf<CaseFact.NoticeSent>());
        Assert.Empty(British().Until("2026-02-09").Starts(ExceptionTrack.Death).Until("2026-02-20").All<CaseFact.NoticeSent>());
    }

    [Fact]
    public void while_it_is_missing_no_interest_runs_and_the_days_go_on()
    {
        // 36.5 % a year on 100 is 0.10 a day. Missing from 26 February, sent by hand on 5 March: 8 days bear nothing, the day of sending included.
        var story = new CaseStory(WithPenalty(0.365m), Policy, "2026-01-05");
        story.Carrier = pending => IsNotice(pending) ? ContactResult.Forbidden : ContactResult.Sent;
        story.Until("2026-03-05");
        Assert.Equal(["2026-02-26"], story.DatesOf<CaseFact.NoticeMissed>());
        Assert.Equal(Day("2026-02-26"), story.Last<CaseFact.NoticeMissed>().InterestStopsFrom);
        story.Happens(new CaseEvent.TaskCompleted(Assert.Single(story.State.Tasks, task => task.Kind == "send-notice-of-arrears").Id, "sent")).Until("2026-03-06");

        // First instalment: 11 January to 6 March are 55 days, 47 of them bear interest; second: 24 days, 16 bear it.
        Assert.Equal([4.70m, 1.60m], story.Account.Instalments.Take(2).Select(instalment => instalment.Outstanding.Penalty));
        Assert.Equal(55, story.Account.DaysPastDue);
    }

    [Fact]
    public void while_it_is_missing_nothing_is_demanded_or_enforced_and_the_gate_is_told()
    {
        var story = British();
        story.Carrier = pending => IsNotice(pending) ? ContactResult.Forbidden : ContactResult.Sent;
        story.Until("2026-02-25");
        Assert.Empty(CaseFlags.Joined(ContactProfile.Empty, story.State, story.Policy).Flags);
        story.Until("2026-06-01");

        // The step of 11 March (60 days) and that of 10 April (90 days) wait; the first two were before.
        Assert.Equal(["2026-01-13 friendly", "2026-02-09 notice"], story.Steps());
        var flag = Assert.Single(CaseFlags.Joined(ContactProfile.Empty, story.State, story.Policy).Flags);
        Assert.Equal(("nosia-missing", "L-1", new DateTimeOffset(2026, 2, 26, 0, 0, 0, TimeSpan.Zero)), (flag.Name, flag.DebtId, flag.From));
    }

    [Fact]
    public void an_approval_given_while_it_is_missing_refers_nobody_to_court()
    {
        // The suit is asked for on 27 March with all notices out; the repeat of 11 August is missing when it is approved.
        var story = British();
        story.Carrier = pending => IsNotice(pending) && story.Today > Day("2026-07-01") ? ContactResult.Forbidden : ContactResult.Sent;
        story.Until("2026-08-13");
        var approval = Assert.Single(story.State.Approvals, approval => approval.Subject == Core.Policies.ApprovalSubject.Legal);
        story.Happens(new CaseEvent.ApprovalDecided(approval.Id, Approved: true, "supervisor-1", "weighed"));

        Assert.Contains(Rule, story.Ignored, StringComparison.Ordinal);
        Assert.Empty(story.All<CaseFact.LegalReferralRequested>());
    }

    [Fact]
    public void a_referral_on_its_way_is_taken_back_when_it_is_missing()
    {
        var story = British();
        story.Carrier = pending => IsNotice(pending) && story.Today > Day("2026-07-01") ? ContactResult.Forbidden : ContactResult.Sent;
        story.Until("2026-06-01");
        story.Archives = false;
        var approval = Assert.Single(story.State.Approvals, approval => approval.Subject == Core.Policies.ApprovalSubject.Legal);
        story.Happens(new CaseEvent.ApprovalDecided(approval.Id, Approved: true, "supervisor-1", "weighed"));
        Assert.Single(story.State.Commands);
        story.Sleep("2026-07-28").Wake().Sleep("2026-08-12").Wake();

        Assert.DoesNotContain(story.State.Commands, pending => pending.Command is CaseCommand.ReferToLegal);
    }

    [Fact]
    public void an_old_debt_imported_late_has_its_fourteen_days_from_then()
    {
        var story = new CaseStory(APolicy.ThreeInstalments.InBritain(), Policy, "2026-06-01").Until("2026-06-02");

        Assert.Equal(Day("2026-06-15"), story.All<CaseFact.NotificationRequested>().First(asked => asked.Rule == Rule).DueOn);
        Assert.Empty(story.All<CaseFact.NoticeMissed>());
    }

    [Fact]
    public void a_host_that_slept_over_the_last_day_finds_it_missing_from_that_day()
    {
        var story = British().Until("2026-02-01").Sleep("2026-03-10").Wake();

        // Asked for and sent on the day the host woke, twelve days late; interest stopped from 26 February until the day it went out.
        Assert.Equal(["2026-03-10"], story.DatesOf<CaseFact.NoticeMissed>());
        Assert.Equal(["2026-03-10"], story.DatesOf<CaseFact.NoticeSent>(sent => sent.Rule == Rule));
        Assert.Equal(new Pause(Day("2026-02-26"), Day("2026-03-11"), InterestOnly: true), Assert.Single(story.State.Pauses));
    }

    private static Core.Policies.Policy Policy => APolicy.Ladder.UnderTheLaw();

    private static LoanTerms WithPenalty(decimal rate) => APolicy.ThreeInstalments.InBritain() with { PenaltyAnnualRate = rate };

    private static CaseStory British() => new(APolicy.ThreeInstalments.InBritain(), Policy, "2026-01-05");

    private static bool IsNotice(PendingCommand pending) => pending.Command is CaseCommand.SendNotification { Purpose: Purpose.Notice };
}

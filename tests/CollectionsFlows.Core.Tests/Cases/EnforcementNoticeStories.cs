using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>GB-DEFAULT-14 and EU-FORBEARANCE: a suit waits for its notice. One instalment due on 10 January 2026: the ladder asks for a suit on 10 April, at 90 days.</summary>
public class EnforcementNoticeStories
{
    [Fact]
    public void a_suit_is_asked_for_fourteen_clear_days_after_the_default_notice()
    {
        var story = British().Until("2026-05-01");

        // Sent on 10 April: 11 to 24 April are fourteen clear days.
        Assert.Equal(["2026-04-10"], story.DatesOf<CaseFact.NoticeSent>(sent => sent.Rule == "GB-DEFAULT-14"));
        Assert.Equal(Day("2026-04-25"), story.Last<CaseFact.NoticeSent>().EnforceableFrom);
        Assert.Equal(["2026-04-25"], story.DatesOf<CaseFact.ApprovalRequested>(Suit));
        Assert.Single(story.Decides(approved: true).All<CaseFact.ReferredToLegal>());
    }

    [Fact]
    public void in_the_union_a_suit_waits_thirty_days_for_an_answer_to_the_offer_in_every_member_state()
    {
        var story = new CaseStory(APolicy.OneInstalment.InGermany(), APolicy.Ladder.UnderTheLaw(), "2026-01-05").Until("2026-06-01");

        // 10 April and thirty clear days: 11 April to 10 May.
        Assert.Equal(["EU-FORBEARANCE"], story.All<CaseFact.NoticeSent>().Select(sent => sent.Rule));
        Assert.Equal(["2026-05-11"], story.DatesOf<CaseFact.ApprovalRequested>(Suit));
    }

    [Fact]
    public void where_no_law_asks_for_a_notice_the_ladder_keeps_its_day()
    {
        var story = new CaseStory(APolicy.OneInstalment with { Jurisdiction = "AU" }, APolicy.Ladder.UnderTheLaw(), "2026-01-05").Until("2026-05-01");

        Assert.Equal(["2026-04-10"], story.DatesOf<CaseFact.ApprovalRequested>(Suit));
    }

    [Fact]
    public void a_notice_that_goes_out_late_moves_the_suit()
    {
        var story = British();
        story.Carrier = pending => IsNotice(pending) ? null : ContactResult.Sent;
        story.Until("2026-04-20");
        Assert.DoesNotContain(story.All<CaseFact.ApprovalRequested>(), Suit);
        story.Carrier = _ => ContactResult.Sent;
        story.Wake().Until("2026-05-10");

        Assert.Equal(["2026-05-05"], story.DatesOf<CaseFact.ApprovalRequested>(Suit)); // 20 April + 14 clear days + 1
    }

    [Fact]
    public void a_notice_that_cannot_go_out_is_peoples_work_and_the_suit_waits_for_them()
    {
        var story = British();
        story.Carrier = pending => IsNotice(pending) ? ContactResult.Forbidden : ContactResult.Sent;
        story.Until("2026-07-01");
        Assert.DoesNotContain(story.All<CaseFact.ApprovalRequested>(), Suit);
        story.Happens(new CaseEvent.TaskCompleted(Assert.Single(story.State.Tasks, task => task.Kind == "send-default-notice").Id, "done")).Until("2026-08-01");

        Assert.Equal(["2026-07-16"], story.DatesOf<CaseFact.ApprovalRequested>(Suit));
    }

    [Fact]
    public void a_borrower_the_step_is_not_for_gets_no_default_notice()
    {
        var suit = APolicy.Approval("legal", "legal", 90, ApprovalSubject.Legal) with { When = new StepCondition { MinOverdue = 500m } };
        var story = new CaseStory(APolicy.OneInstalment.InBritain(), APolicy.Of(suit).UnderTheLaw(), "2026-01-05").Until("2026-05-01");

        Assert.Empty(story.All<CaseFact.NoticeSent>());
        Assert.Equal(["2026-04-10"], story.DatesOf<CaseFact.StepSkipped>());
    }

    [Fact]
    public void paying_what_was_overdue_remedies_the_default_and_new_arrears_need_a_new_notice()
    {
        var loan = Of(Due(1, "2026-01-10", 100m), Due(2, "2026-04-15", 100m)).InBritain();
        var story = new CaseStory(loan, APolicy.Ladder.UnderTheLaw(), "2026-01-05").Until("2026-04-20");
        story.Pays(100m); // The second is overdue by now, so that the loan is not cured, yet the default is.

        Assert.Equal(["2026-04-20"], story.DatesOf<CaseFact.NoticeLapsed>(lapsed => lapsed.Rule == "GB-DEFAULT-14"));
        story.Until("2026-09-01");
        Assert.Equal(["2026-04-10", "2026-07-14"], story.DatesOf<CaseFact.NoticeSent>(sent => sent.Rule == "GB-DEFAULT-14")); // 15 April + 90 days
        Assert.Equal(["2026-07-29"], story.DatesOf<CaseFact.ApprovalRequested>(Suit));
    }

    [Fact]
    public void a_part_payment_does_not_remedy_it()
    {
        var story = British().Until("2026-04-20").Pays(60m).Until("2026-05-01");

        Assert.Empty(story.All<CaseFact.NoticeLapsed>());
        Assert.Equal(["2026-04-25"], story.DatesOf<CaseFact.ApprovalRequested>(Suit));
    }

    [Fact]
    public void a_hold_in_the_waiting_time_delays_the_suit_and_needs_no_second_notice()
    {
        var story = British().Until("2026-04-15").Starts(ExceptionTrack.Complaint, reference: "c-1").Until("2026-05-20").Ends(ExceptionTrack.Complaint, "c-1").Until("2026-05-30");

        Assert.Single(story.All<CaseFact.NoticeSent>());
        Assert.Equal(["2026-05-21"], story.DatesOf<CaseFact.ApprovalRequested>(Suit)); // the day after the complaint ended
    }

    [Fact]
    public void an_approval_asked_for_before_the_law_bound_waits_for_the_notice()
    {
        // A case in flight: its policy knew no notices when the suit was asked for.
        var story = new CaseStory(APolicy.OneInstalment.InBritain(), APolicy.Ladder, "2026-01-05").Until("2026-04-11");
        var approval = Assert.Single(story.State.Approvals);
        var approved = new CaseInput("evt-x", story.Now, new CaseEvent.ApprovalDecided(approval.Id, Approved: true, "supervisor-1", "weighed"));
        var decision = CaseDecider.Decide(story.State, approved, APolicy.Ladder.UnderTheLaw(), story.Now);

        Assert.Contains(decision.Facts, fact => fact.Fact is CaseFact.InputIgnored { Why: var why } && why.Contains("GB-DEFAULT-14", StringComparison.Ordinal));
        Assert.Contains(decision.Facts, fact => fact.Fact is CaseFact.NotificationRequested { Rule: "GB-DEFAULT-14" });
        Assert.Single(decision.State!.Approvals);
        Assert.DoesNotContain(decision.Facts, fact => fact.Fact is CaseFact.LegalReferralRequested);
    }

    private static CaseStory British() => new(APolicy.OneInstalment.InBritain(), APolicy.Ladder.UnderTheLaw(), "2026-01-05");

    private static bool Suit(CaseFact.ApprovalRequested asked) => asked.Subject == ApprovalSubject.Legal;

    private static bool IsNotice(PendingCommand pending) => pending.Command is CaseCommand.SendNotification { Purpose: Purpose.Notice };
}

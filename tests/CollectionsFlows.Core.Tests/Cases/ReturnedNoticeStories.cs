using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Policies;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>A notice the law wants that finally did not arrive is not served. GB-DEFAULT-14: sent on 10 April 2026, so that a suit may be asked for from 25 April.</summary>
public class ReturnedNoticeStories
{
    private const string Rule = "GB-DEFAULT-14";
    private const string Work = "send-default-notice";

    [Theory]
    [InlineData("bounced")]
    [InlineData("suppressed")]
    [InlineData("4004")]
    [InlineData(null)]
    public void a_default_notice_that_bounced_opens_no_suit_and_is_peoples_work(string? code)
    {
        var story = Bounced(Noticed(), code);

        Assert.True(story.State.Notice(Rule) is { SentOn: null, EnforceableFrom: null, PeriodEndsOn: null });
        Assert.Equal(Day("2026-04-10"), Assert.Single(story.All<CaseFact.NoticeReturned>()).SentOn);
        Assert.Single(story.State.Tasks, task => task.Kind == Work);
        Assert.Empty(Suits(story.Until("2026-06-01")));
    }

    [Fact]
    public void a_default_notice_that_failed_three_times_opens_no_suit()
    {
        var story = Bounced(Noticed(), "4006");
        Bounced(story.Until("2026-04-10", 17), "4006");
        Assert.Empty(story.All<CaseFact.NoticeReturned>()); // It is still tried.
        Bounced(story.Until("2026-04-11", 18), "4006");

        Assert.Equal(2, story.All<CaseFact.NotificationRequested>().Count(asked => asked.RetryOf is not null));
        Assert.Single(story.State.Tasks, task => task.Kind == Work);
        Assert.Empty(Suits(story.Until("2026-06-01")));
    }

    [Fact]
    public void the_gate_forbids_the_retry_and_the_notice_that_failed_does_not_count()
    {
        var story = Bounced(Noticed(), "4006");
        story.Carrier = _ => ContactResult.Forbidden;
        story.Until("2026-04-10", 20);

        Assert.Single(story.All<CaseFact.NoticeReturned>());
        Assert.Single(story.State.Tasks, task => task.Kind == Work);
        Assert.Empty(Suits(story.Until("2026-06-01")));
    }

    [Fact]
    public void a_retry_withdrawn_by_a_bankruptcy_leaves_no_notice_and_it_is_sent_anew_after_it()
    {
        var story = Bounced(Noticed(), "4006").Starts(ExceptionTrack.Bankruptcy);
        Assert.Null(story.State.Notice(Rule)!.SentOn);
        Assert.DoesNotContain(story.State.Tasks, task => task.Kind == Work); // Nobody writes to a bankrupt.

        story.Until("2026-05-01").Ends(ExceptionTrack.Bankruptcy).Until("2026-06-30");
        Assert.Equal(["2026-04-10", "2026-05-01"], story.DatesOf<CaseFact.NoticeSent>());
        Assert.Equal(["2026-05-16"], Suits(story)); // 1 May + 14 clear days + 1
    }

    [Fact]
    public void what_people_send_then_counts_however_often_the_carrier_says_again_that_it_bounced()
    {
        var story = Noticed();
        var command = story.State.Notice(Rule)!.CommandId;
        Report(story, command, "bounced").Until("2026-04-14");
        story.Happens(new CaseEvent.TaskCompleted(Assert.Single(story.State.Tasks, task => task.Kind == Work).Id, "sent"));
        Report(story, command, "bounced").Until("2026-05-10");

        Assert.Single(story.All<CaseFact.NoticeReturned>());
        Assert.Equal(["2026-04-29"], Suits(story)); // 14 April + 14 clear days + 1
    }

    [Fact]
    public void a_suit_asked_for_before_the_bounce_is_not_approved_after_it()
    {
        var story = Noticed().Until("2026-04-26");
        Bounced(story, "bounced").Decides(approved: true);

        Assert.Contains(Rule, story.Ignored, StringComparison.Ordinal);
        Assert.Empty(story.All<CaseFact.LegalReferralRequested>());
    }

    [Fact]
    public void a_referral_approved_and_not_carried_out_is_held_by_the_bounce()
    {
        var story = Noticed();
        story.Archives = false;
        story.Until("2026-04-26").Decides(approved: true);
        Bounced(story, "bounced");

        Assert.DoesNotContain(story.State.Commands, pending => pending.Command is CaseCommand.ReferToLegal);
        Assert.Single(story.State.Approvals);
    }

    [Fact]
    public void a_notice_that_arrived_after_all_keeps_its_day()
    {
        var story = Bounced(Noticed(), "4006");
        var first = story.All<CaseFact.NotificationRequested>().Single(asked => asked.RetryOf is not null).RetryOf!;
        story.Happens(new CaseEvent.DeliveryReported(first, Delivered: true, Code: null)).Until("2026-05-01");

        Assert.Empty(story.All<CaseFact.NoticeReturned>());
        Assert.Equal(["2026-04-25"], Suits(story));
    }

    [Fact]
    public void a_notice_of_arrears_that_came_back_is_missing_from_the_end_of_its_last_day()
    {
        var story = new CaseStory(APolicy.ThreeInstalments.InBritain(), APolicy.Ladder.UnderTheLaw(), "2026-01-02").Until("2026-02-11");
        var notice = story.State.Notice("GB-NOSIA")!;
        Report(story, notice.CommandId, "bounced").Until("2026-02-24");
        Assert.Empty(story.All<CaseFact.NoticeMissed>());

        story.Until("2026-02-26"); // Two instalments were unpaid from 11 February: fourteen days end on the 25th.
        Assert.Equal(["2026-02-26"], story.DatesOf<CaseFact.NoticeMissed>());
        Assert.NotNull(story.State.Stopping(Core.Contact.Notices.NoticeStop.Collection));
    }

    [Fact]
    public void a_bounce_after_the_case_has_closed_is_on_the_record_and_nobodys_work()
    {
        var story = Bounced(Noticed().Happens(new CaseEvent.LoanWithdrawn("sold")), "bounced");

        Assert.Empty(story.State.Tasks);
        Assert.DoesNotContain(story.State.AllNotices(), notice => notice.SentOn is not null);
    }

    private static CaseStory Noticed() => new CaseStory(APolicy.OneInstalment.InBritain(), APolicy.Ladder.UnderTheLaw(), "2026-01-05").Until("2026-04-10");

    private static CaseStory Bounced(CaseStory story, string? code) => Report(story, story.State.Notice(Rule)!.CommandId, code);

    private static CaseStory Report(CaseStory story, string commandId, string? code) => story.Happens(new CaseEvent.DeliveryReported(commandId, Delivered: false, code));

    private static string[] Suits(CaseStory story) => story.DatesOf<CaseFact.ApprovalRequested>(asked => asked.Subject == ApprovalSubject.Legal);
}

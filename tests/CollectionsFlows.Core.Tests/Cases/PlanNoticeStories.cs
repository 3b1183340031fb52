using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Plans;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>CN-CARD-PLAN: the agreement's contents go to the borrower, and it runs for sixty months at most.</summary>
public class PlanNoticeStories
{
    private const string Rule = "CN-CARD-PLAN";

    [Fact]
    public void an_agreed_plan_is_confirmed_with_its_contents_within_five_days()
    {
        var story = Chinese().Until("2026-01-20").AcceptsPlan(("2026-02-01", 50m), ("2026-03-01", 50m));

        var asked = Assert.Single(story.All<CaseFact.NotificationRequested>(), asked => asked.Rule == Rule);
        Assert.Equal((Purpose.Notice, "PLAN-1", Day("2026-01-25")), (asked.Purpose, asked.Reference, asked.DueOn!.Value));
        Assert.Equal(("PLAN-1", Day("2026-01-20")), (story.Last<CaseFact.NoticeSent>().Reference, story.Last<CaseFact.NoticeSent>().SentOn));
        Assert.Equal(CaseStatus.OnPlan, story.State.Status);
    }

    [Fact]
    public void each_plan_has_its_own_and_elsewhere_there_is_none()
    {
        var story = Chinese().Until("2026-01-20").AcceptsPlan(("2026-02-01", 50m), ("2026-03-01", 50m));
        story.Happens(new CaseEvent.PlanCancelled("PLAN-1", "asked"))
            .Happens(new CaseEvent.PlanAccepted("PLAN-2", [new PlanInstalment(Day("2026-04-01"), 100m)], "electronic"));
        var american = new CaseStory(APolicy.OneInstalment, APolicy.Ladder.UnderTheLaw(), "2026-01-05").Until("2026-01-20").AcceptsPlan(("2026-02-01", 100m));

        Assert.Equal(["PLAN-1", "PLAN-2"], story.All<CaseFact.NoticeSent>().Select(sent => sent.Reference));
        Assert.Empty(american.All<CaseFact.NoticeSent>());
    }

    [Theory]
    [InlineData("2026-01-20", "2031-01-20", true)]
    [InlineData("2026-01-20", "2031-01-21", false)]
    [InlineData("2028-02-29", "2033-02-28", true)] // There is no 29 February 2033.
    [InlineData("2028-02-29", "2033-03-01", false)]
    public void a_plan_runs_for_sixty_months_at_most(string on, string lastDueOn, bool accepted)
    {
        var story = Chinese(on).AcceptsPlan((on, 50m), (lastDueOn, 50m));

        Assert.Equal(accepted, story.State.Plan is not null);
        Assert.Equal(accepted, story.Ignored?.Contains(Rule, StringComparison.Ordinal) != true);
    }

    [Fact]
    public void a_plan_that_ends_before_the_confirmation_went_out_needs_none()
    {
        var story = Chinese().Until("2026-01-20");
        story.Carrier = pending => pending.Command is CaseCommand.SendNotification { Purpose: Purpose.Notice } ? null : ContactResult.Sent;
        story.AcceptsPlan(("2026-02-01", 50m), ("2026-03-01", 50m)).Happens(new CaseEvent.PlanCancelled("PLAN-1", "asked"));

        Assert.Empty(story.State.Commands);
        Assert.Equal("PLAN-1", story.Last<CaseFact.NoticeLapsed>().Reference);
    }

    [Fact]
    public void a_confirmation_that_cannot_be_sent_becomes_work_and_the_plan_goes_on()
    {
        var story = Chinese().Until("2026-01-20");
        story.Carrier = pending => pending.Command is CaseCommand.SendNotification { Purpose: Purpose.Notice } ? ContactResult.Forbidden : ContactResult.Sent;
        story.AcceptsPlan(("2026-02-01", 50m), ("2026-03-01", 50m)).Until("2026-01-27");

        Assert.Contains(story.State.Tasks, task => task.Kind == "send-plan-agreement");
        Assert.Equal(["2026-01-26"], story.DatesOf<CaseFact.NoticeMissed>());
        Assert.Equal(CaseStatus.OnPlan, story.State.Status);
    }

    private static CaseStory Chinese(string enrolledOn = "2026-01-05") => new(APolicy.OneInstalment.InChina(), APolicy.Ladder.UnderTheLaw(), enrolledOn);
}

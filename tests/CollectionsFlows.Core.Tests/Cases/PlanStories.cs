using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Payment plans (S13): confirmed, monitored instalment by instalment, collection stops unless the plan breaks. Three days of grace, the second miss breaks.</summary>
public class PlanStories
{
    private static readonly Policy Warning = APolicy.Ladder with { Plan = new PlanRules { MissedTemplate = "plan-missed" } };

    private static CaseStory OnPlan(Policy? policy = null) => new CaseStory(APolicy.OneInstalment, policy ?? APolicy.Ladder, "2026-01-02").Until("2026-01-14")
        .AcceptsPlan(("2026-01-20", 40m), ("2026-02-20", 40m), ("2026-03-20", 20m));

    [Fact]
    public void a_plan_stops_collection()
    {
        var story = OnPlan().Until("2026-01-23").Pays(40m).Until("2026-02-19");

        Assert.Equal(CaseStatus.OnPlan, story.State.Status);
        Assert.Equal(["2026-01-03 care-soon", "2026-01-13 friendly"], story.Steps());
    }

    [Fact]
    public void it_is_completed_with_the_last_instalment_and_the_loan_with_it()
    {
        var story = OnPlan().Until("2026-01-20").Pays(40m, "P-1").Until("2026-02-20").Pays(40m, "P-2").Until("2026-03-20").Pays(20m, "P-3");

        Assert.Equal(100m, story.Last<CaseFact.PlanCompleted>().Received);
        Assert.Equal([1, 2, 3], story.All<CaseFact.PlanInstalmentMet>().Select(met => met.Number));
        Assert.Empty(story.All<CaseFact.PlanInstalmentMissed>());
        Assert.Equal((CaseStatus.Closed, ClosedReason.PaidOff), (story.State.Status, story.State.ClosedReason));
    }

    [Fact]
    public void a_missed_instalment_warns_after_grace_and_the_plan_goes_on()
    {
        var story = OnPlan(Warning).Until("2026-01-25"); // due on the 20th, grace to the 23rd

        Assert.Equal(["2026-01-24"], story.DatesOf<CaseFact.PlanInstalmentMissed>());
        Assert.Equal(["2026-01-24"], story.DatesOf<CaseFact.NotificationRequested>(asked => asked is { Step: NoticeNames.PlanMissed, Purpose: Purpose.Care }));
        Assert.Contains(story.State.Tasks, task => task.Kind == "plan-missed");
        Assert.Equal(CaseStatus.OnPlan, story.State.Status);
    }

    [Fact]
    public void the_second_missed_instalment_breaks_it_and_the_ladder_resumes_the_day_after()
    {
        var story = OnPlan().Until("2026-02-26"); // second deadline: 23 February

        Assert.Equal(["2026-02-24"], story.DatesOf<CaseFact.PlanBroken>());
        Assert.Contains("2026-02-25 notice", story.Steps());
        Assert.Equal(CaseStatus.Collecting, story.State.Status);
    }

    [Fact]
    public void instalments_paid_early_have_no_deadline()
    {
        var story = OnPlan().Pays(80m).Until("2026-03-23");

        Assert.Equal([1, 2], story.All<CaseFact.PlanInstalmentMet>().Select(met => met.Number));
        Assert.Empty(story.All<CaseFact.PlanInstalmentMissed>());

        story.Until("2026-03-24");
        var missed = Assert.Single(story.All<CaseFact.PlanInstalmentMissed>());
        Assert.Equal((3, 100m, 80m), (missed.Number, missed.ExpectedSoFar, missed.ReceivedSoFar));
        Assert.Single(story.All<CaseFact.PlanBroken>()); // its last deadline passed unmet
    }

    [Fact]
    public void a_bounced_instalment_is_missed_after_all()
    {
        var story = OnPlan().Until("2026-01-20").Pays(40m).Until("2026-02-02").Reverses();

        var unmet = Assert.Single(story.All<CaseFact.PlanInstalmentUnmet>());
        Assert.Equal((0, 0m), (unmet.Met, unmet.ReceivedSoFar));
        Assert.Equal(["2026-02-02"], story.DatesOf<CaseFact.PlanInstalmentMissed>()); // its grace is over already
        Assert.Equal(1, story.State.Plan!.Missed);
    }

    [Fact]
    public void a_bounced_instalment_paid_again_within_grace_is_met_again()
    {
        var story = OnPlan().Pays(40m, "P-1").Until("2026-01-21").Reverses("P-1").Until("2026-01-23").Pays(40m, "P-2").Until("2026-02-01");

        Assert.Equal(1, story.State.Plan!.Met);
        Assert.Empty(story.All<CaseFact.PlanInstalmentMissed>());
    }

    [Fact]
    public void a_plan_accepted_over_a_live_promise_takes_its_place()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-14").Promises(100m, "2026-01-20")
            .AcceptsPlan(("2026-02-01", 50m), ("2026-03-01", 50m)).Until("2026-01-30");

        Assert.Equal(PromiseStatus.Cancelled, Assert.Single(story.State.Promises).Status);
        Assert.Equal(0, story.State.BrokenPromises);
        Assert.Equal(CaseStatus.OnPlan, story.State.Status);
    }

    [Fact]
    public void a_promise_broken_while_a_plan_runs_does_not_wake_the_ladder()
    {
        var policy = APolicy.Ladder with { Promise = new PromiseRules { BrokenTemplate = "promise-broken" } };
        var story = OnPlan(policy).Promises(40m, "2026-01-18").Until("2026-01-22");

        Assert.Equal(PromiseStatus.Broken, Assert.Single(story.State.Promises).Status);
        Assert.Equal(CaseStatus.OnPlan, story.State.Status);
        Assert.DoesNotContain(story.All<CaseFact.NotificationRequested>(), asked => asked.Step == NoticeNames.PromiseBroken);
    }

    [Fact]
    public void accepting_a_plan_ends_what_the_ladder_had_asked_for()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02") { Archives = false }.Until("2026-04-10", 13).Decides(approved: true);
        Assert.IsType<CaseCommand.ReferToLegal>(Assert.Single(story.State.Commands).Command);

        story.AcceptsPlan(("2026-05-01", 100m));
        Assert.Empty(story.State.Commands); // no suit against somebody who has agreed to pay
        Assert.Empty(story.State.Approvals);
    }

    [Fact]
    public void it_is_reviewed_every_month() =>
        Assert.Equal(
            ["2026-02-13", "2026-03-15"], // 14 January + 30, + 60 days
            OnPlan().Until("2026-01-20").Pays(40m, "P-1").Until("2026-02-20").Pays(40m, "P-2").Until("2026-03-19").DatesOf<CaseFact.PlanReviewed>());

    [Fact]
    public void a_cancelled_plan_resumes_the_ladder_the_day_after()
    {
        var story = OnPlan().Until("2026-01-20").Pays(40m).Until("2026-02-15").Happens(new CaseEvent.PlanCancelled("PLAN-1", "asked")).Until("2026-02-17");

        Assert.Contains("2026-02-16 notice", story.Steps());
        Assert.Single(story.Happens(new CaseEvent.PlanCancelled("PLAN-1", "asked")).All<CaseFact.PlanCancelled>());
    }

    [Fact]
    public void a_plan_that_makes_no_sense_is_ignored_with_the_reason()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-14");

        Assert.NotNull(story.AcceptsPlan().Ignored);
        Assert.NotNull(story.AcceptsPlan(("2026-02-01", 50m), ("2026-01-20", 50m)).Ignored);
        Assert.NotNull(story.AcceptsPlan(("2026-02-01", 0m)).Ignored);
        Assert.NotNull(story.AcceptsPlan(("2026-01-13", 100m)).Ignored);
        Assert.NotNull(story.AcceptsPlan([.. Enumerable.Range(0, 61).Select(month => (new DateOnly(2026, 2, 1).AddMonths(month).ToString("yyyy-MM-dd"), 2m))]).Ignored); // CN-CARD-PLAN
        Assert.NotNull(story.Happens(new CaseEvent.PlanAccepted("PLAN-1", [new PlanInstalment(new DateOnly(2026, 2, 1), 100m)], "oral")).Ignored);
        Assert.Null(story.State.Plan);
    }

    [Fact]
    public void a_second_plan_beside_a_running_one_is_ignored() => Assert.NotNull(OnPlan().AcceptsPlan(("2026-02-01", 100m)).Ignored);

    [Fact]
    public void a_plan_of_less_than_the_debt_leaves_the_rest_to_the_ladder()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-14")
            .AcceptsPlan(("2026-01-20", 50m)).Until("2026-02-15").Pays(50m);
        Assert.Single(story.All<CaseFact.PlanBroken>()); // the 15th is after its grace

        var kept = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-14")
            .AcceptsPlan(("2026-02-15", 50m)).Until("2026-02-15").Pays(50m).Until("2026-02-17");
        Assert.Single(kept.All<CaseFact.PlanCompleted>());
        Assert.Contains("2026-02-16 notice", kept.Steps());
    }

    [Fact]
    public void no_warning_goes_to_somebody_whose_case_is_held()
    {
        var story = OnPlan(Warning).Starts(ExceptionTrack.Death).Until("2026-01-26");

        Assert.Single(story.All<CaseFact.PlanInstalmentMissed>());
        Assert.DoesNotContain(story.All<CaseFact.NotificationRequested>(), asked => asked.Step == NoticeNames.PlanMissed);
    }
}

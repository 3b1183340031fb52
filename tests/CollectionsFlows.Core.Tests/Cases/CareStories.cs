using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Before the due date there is care and nothing else (S2).</summary>
public class CareStories
{
    [Fact]
    public void care_is_offered_before_each_due_date_and_never_demands()
    {
        var story = new CaseStory(APolicy.ThreeInstalments, APolicy.Ladder, "2026-01-02").Until("2026-01-09").Pays(100m, "P-1")
            .Until("2026-02-09").Pays(100m, "P-2").Until("2026-03-09").Pays(100m, "P-3");

        Assert.Equal(["2026-01-03 care-soon", "2026-02-03 care-soon", "2026-03-03 care-soon"], story.Steps());
        Assert.All(story.All<CaseFact.NotificationRequested>(), asked => Assert.Equal(Purpose.Care, asked.Purpose));
        Assert.Equal(0, story.State.MaxDaysPastDue);
    }

    [Fact]
    public void there_is_no_care_for_an_instalment_already_paid() =>
        Assert.Empty(new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Pays(100m).Until("2026-01-20").Steps());

    [Fact]
    public void care_that_was_due_before_the_case_opened_is_not_made_up_for() =>
        Assert.Empty(new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-05").Until("2026-01-10").Steps());

    [Fact]
    public void of_two_care_steps_slept_through_only_the_nearer_is_taken_but_another_instalments_stays()
    {
        var policy = APolicy.Of(APolicy.Notify("early", "care", -30), APolicy.Notify("late", "care", -3));
        var story = new CaseStory(APolicy.ThreeInstalments, policy, "2025-12-01").Sleep("2026-01-09", 13).Wake();

        Assert.Equal(["late"], story.All<CaseFact.StepTaken>().Select(taken => taken.Step));
        Assert.Equal(1, story.Last<CaseFact.StepTaken>().Instalment);
        Assert.Equal("2026-01-11 early", story.Pays(100m).Until("2026-01-12").Steps()[^1]); // 10 February - 30 days
    }

    [Fact]
    public void a_care_message_not_sent_by_the_due_date_is_withdrawn()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02") { Carrier = _ => null };
        story.Until("2026-01-03");
        story.Reports(Assert.Single(story.State.Commands), ContactResult.Deferred, story.Now.AddDays(20)).Until("2026-01-11");

        Assert.Empty(story.State.Commands);
    }
}

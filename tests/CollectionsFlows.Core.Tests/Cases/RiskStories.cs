using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>The risk is live and steers intensity (S22); tries are those of this delinquency.</summary>
public class RiskStories
{
    [Fact]
    public void the_band_is_recorded_when_it_changes_and_only_then()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-04-15");
        var bands = story.All<CaseFact.RiskAssessed>().Select(assessed => assessed.Band).ToList();

        Assert.Equal(bands.Count, bands.Zip(bands.Skip(1)).Count(pair => pair.First != pair.Second) + 1);
        Assert.True(story.State.Risk!.Band > RiskBand.Low);
    }

    [Fact]
    public void a_step_for_high_risk_is_skipped_with_the_reason_for_others()
    {
        var policy = APolicy.Of(APolicy.Notify("early-call", "first-line", 3) with { When = new StepCondition { Risk = [RiskBand.High] } });
        var story = new CaseStory(APolicy.OneInstalment, policy, "2026-01-02").Until("2026-01-14");

        Assert.Empty(story.Steps());
        Assert.Contains("risk", story.Last<CaseFact.StepSkipped>().Why, StringComparison.Ordinal);
    }

    [Fact]
    public void tries_count_from_the_beginning_of_the_delinquency_and_begin_anew_with_an_answer()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-04");
        Assert.Equal(1, story.State.TriesWithoutAnswer); // the care message

        Assert.Equal(0, story.Until("2026-01-11").State.TriesWithoutAnswer);
        Assert.Equal(1, story.Until("2026-01-14").State.TriesWithoutAnswer);
        Assert.Equal(0, story.Happens(new CaseEvent.ContactReported(Channel.Phone, Direction.Outbound, ContactOutcome.Conversation)).State.TriesWithoutAnswer);
    }

    [Fact]
    public void somebody_without_an_address_is_somebodys_task_from_the_first_day()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02", channels: []).Until("2026-01-11");

        Assert.Equal("verify-details", Assert.Single(story.State.Tasks).Kind); // S26
    }
}

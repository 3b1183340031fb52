using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Policies;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>The ladder (S3, S4): steps on their days, once, at the borrower's time; of several due at once only the one that goes furthest.</summary>
public class LadderStories
{
    [Fact]
    public void steps_fall_due_on_their_days_at_ten_in_the_morning_of_the_borrower()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-03-12");

        // 10 January + 3, 30, 60 days.
        Assert.Equal(["2026-01-03 care-soon", "2026-01-13 friendly", "2026-02-09 notice", "2026-03-11 serious"], story.Steps());
        var last = story.Facts.Last(recorded => recorded.Fact is CaseFact.StepTaken);
        Assert.Equal(new DateTimeOffset(2026, 3, 11, 15, 0, 0, TimeSpan.Zero), last.At); // summer time began on the 8th: 10:00 is 15:00 UTC
    }

    [Fact]
    public void an_old_debt_imported_at_75_days_takes_only_the_step_that_goes_furthest()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-03-26").Until("2026-03-26", 23);

        Assert.Equal(75, story.Account.DaysPastDue);
        Assert.Equal(["2026-03-26 serious"], story.Steps());
        Assert.Equal(["friendly", "notice"], story.All<CaseFact.StepSkipped>().Select(skipped => skipped.Step));
        Assert.Equal(1, story.State.ContactsSent);
    }

    [Fact]
    public void a_step_whose_conditions_fail_does_not_stand_in_for_a_milder_one()
    {
        var policy = APolicy.Of(
            APolicy.Notify("notice", "first-line", 30),
            APolicy.Notify("big-ones", "second-line", 60) with { When = new StepCondition { MinOverdue = 5000m } });
        var story = new CaseStory(APolicy.OneInstalment, policy, "2026-03-26").Until("2026-03-26", 23);

        Assert.Equal(["2026-03-26 notice"], story.Steps());
        Assert.Contains(story.All<CaseFact.StepSkipped>(), skipped => skipped.Step == "big-ones");
    }

    [Fact]
    public void after_a_hold_over_several_steps_only_the_furthest_is_taken_on_the_day_after()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-12").Starts(ExceptionTrack.Dispute)
            .Until("2026-03-20").Ends(ExceptionTrack.Dispute).Until("2026-03-22");

        Assert.Equal(["2026-01-03 care-soon", "2026-03-21 serious"], story.Steps());
    }

    [Fact]
    public void three_days_without_a_response_bring_the_second_line_and_an_answer_does_not()
    {
        var policy = APolicy.Of(
            APolicy.Notify("first", "first-line", 30),
            APolicy.NotifyAfter("second", "second-line", "first", 3) with { When = new StepCondition { Answered = false } }); // S4
        var silent = new CaseStory(APolicy.OneInstalment, policy, "2026-01-02").Until("2026-02-13");
        var answered = new CaseStory(APolicy.OneInstalment, policy, "2026-01-02").Until("2026-02-10").Happens(new CaseEvent.ReplyReceived(Channel.Sms, OptOut: false))
            .Until("2026-02-13");

        Assert.Equal(["2026-02-09 first", "2026-02-12 second"], silent.Steps());
        Assert.Equal(["2026-02-09 first"], answered.Steps());
        Assert.Equal("the borrower has answered", answered.Last<CaseFact.StepSkipped>().Why);
    }

    [Fact]
    public void a_step_repeats_as_often_as_the_policy_says()
    {
        var policy = APolicy.Of(APolicy.Notify("weekly", "first-line", 5) with { Repeat = new StepRepeat(7, 2) });

        Assert.Equal(
            ["2026-01-15 weekly", "2026-01-22 weekly", "2026-01-29 weekly"],
            new CaseStory(APolicy.OneInstalment, policy, "2026-01-02").Until("2026-03-01").Steps());
    }

    [Fact]
    public void repeats_slept_through_are_skipped_in_one_go()
    {
        var policy = APolicy.Of(APolicy.Notify("weekly", "first-line", 5) with { Repeat = new StepRepeat(1, 100) });
        var story = new CaseStory(APolicy.OneInstalment, policy, "2026-01-02").Sleep("2026-02-01").Wake();

        Assert.Equal(["2026-02-01 weekly"], story.Steps());
        Assert.Equal(18, story.Last<CaseFact.StepTaken>().Occurrence); // 15 January is the first
        Assert.Single(story.All<CaseFact.StepSkipped>());
    }

    [Fact]
    public void a_repeat_of_the_first_line_does_not_take_the_case_back_from_the_second()
    {
        var policy = APolicy.Of(APolicy.Notify("weekly", "first-line", 5) with { Repeat = new StepRepeat(7, 5) }, APolicy.Notify("serious", "second-line", 10));
        var story = new CaseStory(APolicy.OneInstalment, policy, "2026-01-02").Until("2026-02-10");

        Assert.Equal("second-line", story.State.Stage);
        Assert.Equal(["first-line", "second-line"], story.All<CaseFact.StageEntered>().Select(entered => entered.Stage));
    }

    [Theory]
    [InlineData("America/New_York", "2026-03-07", "2026-03-08T05:00:00Z")] // the clocks go forward on the 8th at 02:00
    [InlineData("America/Havana", "2026-03-07", "2026-03-08T05:00:00Z")] // … and here at midnight itself: the 8th begins at 01:00
    [InlineData("Europe/Berlin", "2026-10-24", "2026-10-24T22:00:00Z")]
    [InlineData("Asia/Shanghai", "2028-02-28", "2028-02-28T16:00:00Z")] // 29 February is the next day
    public void a_loan_falls_behind_when_the_due_date_is_over_where_the_borrower_is(string zone, string dueOn, string began)
    {
        var terms = Of(Due(1, dueOn, 100m)) with { TimeZones = [zone] };
        var story = new CaseStory(terms, APolicy.Ladder, dueOn).Until(Day(dueOn).AddDays(2).ToString("yyyy-MM-dd", null));

        Assert.Equal(DateTimeOffset.Parse(began, null), story.Facts.Single(recorded => recorded.Fact is CaseFact.DelinquencyBegan).At);
    }

    [Fact]
    public void a_borrower_who_may_be_in_two_zones_falls_behind_when_the_day_is_over_in_both()
    {
        var terms = APolicy.OneInstalment with { TimeZones = ["America/New_York", "America/Los_Angeles"] };
        var story = new CaseStory(terms, APolicy.Ladder, "2026-01-02").Until("2026-01-12");

        Assert.Equal(new DateTimeOffset(2026, 1, 11, 8, 0, 0, TimeSpan.Zero), story.Facts.Single(recorded => recorded.Fact is CaseFact.DelinquencyBegan).At);
    }

    [Fact]
    public void a_message_deferred_by_the_gate_is_tried_again_with_the_same_command()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-12") { Carrier = _ => null };
        story.Until("2026-01-13");
        var first = Assert.Single(story.State.Commands);
        story.Reports(first, ContactResult.Deferred, story.Now.AddHours(5));

        var second = Assert.Single(story.State.Commands);
        Assert.Equal((first.Command.Id, 2, story.Now.AddHours(5)), (second.Command.Id, second.Attempt, second.NotBefore));
        Assert.Equal(story.Now.AddHours(5), story.NextWake);

        story.Reports(second, ContactResult.Sent);
        Assert.Empty(story.State.Commands);
        Assert.Equal((1, 1), (story.State.ContactsSent, story.State.TriesWithoutAnswer));
    }

    [Fact]
    public void a_deferral_without_an_end_is_tried_again_tomorrow_not_at_once()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-12") { Carrier = _ => null };
        story.Until("2026-01-13").Reports(story.State.Commands[0], ContactResult.Deferred);

        Assert.Equal(new DateTimeOffset(2026, 1, 14, 16, 0, 0, TimeSpan.Zero), Assert.Single(story.State.Commands).NotBefore);
    }

    [Fact]
    public void a_deferral_that_is_over_when_its_result_arrives_stays_as_the_gate_said_it_and_is_tried_at_once()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-12") { Carrier = _ => null };
        story.Until("2026-01-13");
        var (pending, judgedAt) = (story.State.Commands[0], story.Now);
        var request = new ContactRequest { Channel = Channel.Sms, Jurisdiction = "US", CreditorRole = Core.Loans.CreditorRole.Creditor, DebtId = "L-1", TimeZones = ["America/Chicago"] };
        var attempt = CaseStory.Attempt(pending, ContactResult.Deferred, judgedAt.AddHours(2)) with { Judged = new JudgedContact(judgedAt, request, ContactProfile.Empty, [], []) };
        story.Until("2026-01-14").Happens(new CaseEvent.ContactAttempted(attempt)); // The host was down meanwhile.

        Assert.Equal(judgedAt.AddHours(2), story.Facts.Select(recorded => recorded.Fact).OfType<CaseFact.ContactAttempted>().Single().Attempt.Until);
        Assert.Equal((2, judgedAt.AddHours(2)), (story.State.Commands[0].Attempt, story.State.Commands[0].NotBefore));
    }

    [Fact]
    public void a_message_is_withdrawn_when_paid_before_it_was_sent_but_one_that_went_out_is_on_the_record_once()
    {
        var story = new CaseStory(APolicy.ThreeInstalments, APolicy.Ladder, "2026-01-12") { Carrier = _ => null };
        story.Until("2026-01-13");
        var pending = Assert.Single(story.State.Commands);
        story.Pays(100m);
        Assert.Empty(story.State.Commands);

        Assert.Null(story.Reports(pending, ContactResult.Sent).Ignored);
        Assert.Equal(1, story.State.ContactsSent);
        Assert.NotNull(story.Reports(pending, ContactResult.Sent).Ignored);
        Assert.NotNull(story.Reports(pending, ContactResult.Failed).Ignored);
        Assert.Equal(1, story.State.ContactsSent);
    }

    [Fact]
    public void a_message_that_failed_asks_for_the_details_to_be_verified_once()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02") { Carrier = _ => ContactResult.Failed };
        story.Until("2026-03-12");

        Assert.Equal(0, story.State.ContactsSent);
        Assert.Single(story.State.Tasks, task => task.Kind == "verify-details"); // S16, S26
    }

    [Fact]
    public void results_and_reports_of_what_was_never_asked_for_are_ignored()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02");

        Assert.NotNull(story.Happens(new CaseEvent.DeliveryReported("L-2:1", Delivered: true)).Ignored);
        Assert.NotNull(story.Happens(new CaseEvent.DeliveryReported("L-1:999", Delivered: true)).Ignored);
        Assert.NotNull(story.Happens(new CaseEvent.DossierArchived("L-1:1", "d", "00")).Ignored);
        Assert.NotNull(story.Happens(new CaseEvent.TaskCompleted("L-1:1", "done")).Ignored);
        Assert.Equal("task.completed", story.Last<CaseFact.InputIgnored>().Type);
    }
}

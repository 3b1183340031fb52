using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Promise to pay (domain.md): kept from 95 % by the promised day and one day of grace; broken, the ladder resumes the day after.</summary>
public class PromiseStories
{
    private static readonly Policy Reminding = APolicy.Ladder with
    {
        Promise = new PromiseRules { ReminderTemplate = "promise-reminder", BrokenTemplate = "promise-broken" },
    };

    private static CaseStory Overdue(Policy? policy = null) => new CaseStory(APolicy.OneInstalment, policy ?? APolicy.Ladder, "2026-01-02").Until("2026-01-14");

    private static PromiseToPay Promise(CaseStory story, string id = "PTP-1") => story.State.Promises.Single(promise => promise.PromiseId == id);

    [Fact]
    public void when_a_promise_is_broken_the_ladder_resumes_the_day_after()
    {
        // Step friendly was taken on the 13th. Promised for 8 February, grace to the 9th, broken on the 10th; step notice fell due on the 9th.
        var story = Overdue().Promises(100m, "2026-02-08").Until("2026-02-20");

        Assert.Equal(["2026-02-10"], story.DatesOf<CaseFact.PromiseBroken>());
        Assert.Equal(["2026-01-03 care-soon", "2026-01-13 friendly", "2026-02-11 notice"], story.Steps());
        Assert.Equal(CaseStatus.Collecting, story.State.Status);
        Assert.Equal(1, story.State.BrokenPromises);
    }

    [Fact]
    public void a_live_promise_is_promised_and_nothing_collects()
    {
        var story = Overdue().Promises(100m, "2026-02-08").Until("2026-02-09");

        Assert.Equal(CaseStatus.Promised, story.State.Status);
        Assert.DoesNotContain("2026-02-09 notice", story.Steps());
    }

    [Theory]
    [InlineData(95.00, "2026-02-08", true)]
    [InlineData(94.99, "2026-02-08", false)]
    [InlineData(95.00, "2026-02-09", true)] // the day of grace
    public void kept_at_95_percent_within_grace(double amount, string on, bool kept)
    {
        var story = Overdue().Promises(100m, "2026-02-08").Until(on, 23).Pays((decimal)amount);

        Assert.Equal(kept ? PromiseStatus.Kept : PromiseStatus.Active, Promise(story).Status);
    }

    [Fact]
    public void money_on_the_day_after_grace_does_not_keep_it()
    {
        var story = Overdue().Promises(50m, "2026-02-08").Until("2026-02-10").Pays(50m);

        Assert.Equal(PromiseStatus.Broken, Promise(story).Status);
    }

    [Fact]
    public void after_a_kept_promise_of_part_of_the_debt_the_ladder_resumes_the_day_after()
    {
        // Nobody who has just paid what he promised is written to on the same day.
        var story = Overdue().Promises(50m, "2026-02-09").Until("2026-02-09", 15).Pays(50m).Until("2026-02-09", 23);
        Assert.Equal(CaseStatus.Collecting, story.State.Status);
        Assert.DoesNotContain(story.Steps(), step => step.EndsWith("notice", StringComparison.Ordinal));

        Assert.Contains("2026-02-10 notice", story.Until("2026-02-12").Steps());
    }

    [Fact]
    public void two_promises_are_served_first_in_first_out()
    {
        var story = new CaseStory(APolicy.ThreeInstalments, APolicy.Ladder, "2026-01-02").Until("2026-02-12")
            .Promises(80m, "2026-02-20", "PTP-1").Promises(100m, "2026-02-25", "PTP-2");

        story.Pays(100m, "P-1");
        Assert.Equal(80m, story.Last<CaseFact.PromiseKept>().Received);
        Assert.Equal(PromiseStatus.Active, Promise(story, "PTP-2").Status);
        Assert.Equal(20m, CaseAccount.ReceivedForPromises(story.State, story.Policy)["PTP-2"]);

        story.Pays(75m, "P-2"); // 20 + 75 = 95 of 100
        Assert.Equal(PromiseStatus.Kept, Promise(story, "PTP-2").Status);
    }

    [Fact]
    public void a_kept_promise_takes_no_more_money_from_the_next()
    {
        // 95 of 100 keep the first; the next 95 are the second's alone, not 5 to fill up the first.
        var story = new CaseStory(APolicy.ThreeInstalments, APolicy.Ladder, "2026-01-02").Until("2026-03-12")
            .Promises(100m, "2026-03-20", "PTP-1").Promises(100m, "2026-03-25", "PTP-2");

        story.Pays(95m, "P-1").Pays(95m, "P-2");

        Assert.Equal([("PTP-1", 95m), ("PTP-2", 95m)], story.All<CaseFact.PromiseKept>().Select(kept => (kept.PromiseId, kept.Received)));
    }

    [Fact]
    public void what_a_broken_promise_received_does_not_keep_the_next()
    {
        var story = new CaseStory(APolicy.ThreeInstalments, APolicy.Ladder, "2026-01-02").Until("2026-03-12")
            .Promises(100m, "2026-03-14", "PTP-1").Promises(100m, "2026-03-25", "PTP-2").Pays(60m, "P-1");
        story.Until("2026-03-17").Pays(40m, "P-2");

        Assert.Equal(PromiseStatus.Broken, Promise(story, "PTP-1").Status);
        Assert.Equal(PromiseStatus.Active, Promise(story, "PTP-2").Status);
    }

    [Fact]
    public void a_promise_and_its_money_that_arrive_together_late_count_by_when_they_were_made()
    {
        // The agent's note and the payment of the same hour are delivered at noon, the money first.
        var story = Overdue();
        var promised = story.Now.AddHours(-2);
        story.Pays(50m, at: story.Now.AddHours(-1));
        story.Happens(new CaseEvent.PromiseMade("PTP-1", 50m, new DateOnly(2026, 1, 20)), promised);

        Assert.Equal(PromiseStatus.Kept, Promise(story).Status);
    }

    [Fact]
    public void money_paid_before_the_promise_does_not_keep_it()
    {
        var story = Overdue().Pays(50m).Until("2026-01-15").Promises(50m, "2026-01-20");

        Assert.Equal(PromiseStatus.Active, Promise(story).Status);
    }

    [Fact]
    public void a_promise_of_more_than_is_overdue_is_kept_by_paying_what_is_overdue()
    {
        var story = new CaseStory(APolicy.ThreeInstalments, APolicy.Ladder, "2026-01-02").Until("2026-01-14").Promises(250m, "2026-02-01").Pays(100m);

        Assert.Equal(PromiseStatus.Kept, Promise(story).Status);
        Assert.Equal(100m, story.Last<CaseFact.PromiseKept>().Received);
        Assert.Equal(CaseStatus.Watching, story.State.Status); // cured goes back to watching (contract)
        Assert.Equal(0, story.Until("2026-02-09").State.BrokenPromises);
    }

    [Fact]
    public void a_cancelled_promise_resumes_the_ladder_the_day_after()
    {
        var story = Overdue().Promises(100m, "2026-02-12").Until("2026-02-09", 13).Happens(new CaseEvent.PromiseCancelled("PTP-1")).Until("2026-02-12");

        Assert.Contains("2026-02-10 notice", story.Steps());
    }

    [Theory]
    [InlineData("2026-01-13", "is over")]
    [InlineData("2026-02-14", "more than 30 days ahead")]
    public void a_promise_for_a_day_that_makes_no_sense_is_ignored_with_the_reason(string dueOn, string why)
    {
        var story = Overdue().Promises(100m, dueOn);

        Assert.Contains(why, story.Ignored, StringComparison.Ordinal);
        Assert.Equal("promise.made", story.Last<CaseFact.InputIgnored>().Type);
        Assert.Equal(CaseStatus.Collecting, story.State.Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(0.001)]
    public void a_promise_of_no_money_is_ignored(double amount) => Assert.NotNull(Overdue().Promises((decimal)amount, "2026-01-20").Ignored);

    [Fact]
    public void the_same_promise_twice_is_ignored_and_the_cancelling_of_an_unknown_one_changes_nothing()
    {
        var story = Overdue().Promises(100m, "2026-01-20");

        Assert.NotNull(story.Promises(100m, "2026-01-21").Ignored);
        Assert.Equal(PromiseStatus.Active, Assert.Single(story.Happens(new CaseEvent.PromiseCancelled("PTP-9")).State.Promises).Status);
    }

    [Fact]
    public void a_reminder_goes_out_once_the_day_before_at_the_time_of_steps()
    {
        var story = Overdue(Reminding).Promises(100m, "2026-01-20").Until("2026-01-21");

        var reminder = Assert.Single(story.All<CaseFact.NotificationRequested>(), asked => asked.Step == NoticeNames.PromiseReminder);
        Assert.Equal(("promise-reminder", Purpose.Care, "PTP-1"), (reminder.Template, reminder.Purpose, reminder.PromiseId));
        var at = story.Facts.Single(recorded => recorded.Fact == reminder).At;
        Assert.Equal(new DateTimeOffset(2026, 1, 19, 16, 0, 0, TimeSpan.Zero), at); // 10:00 in Chicago
    }

    [Fact]
    public void nobody_is_reminded_of_a_promise_kept_nor_of_one_just_made()
    {
        var kept = Overdue(Reminding).Promises(50m, "2026-01-20").Until("2026-01-15").Pays(50m).Until("2026-01-22");
        var justMade = Overdue(Reminding).Promises(50m, "2026-01-15").Until("2026-01-15"); // the reminder would have been due 2 hours before

        Assert.DoesNotContain(kept.All<CaseFact.NotificationRequested>(), asked => asked.Step == NoticeNames.PromiseReminder);
        Assert.DoesNotContain(justMade.All<CaseFact.NotificationRequested>(), asked => asked.Step == NoticeNames.PromiseReminder);
    }

    [Fact]
    public void a_reminder_not_yet_sent_is_withdrawn_when_the_money_comes()
    {
        var story = Overdue(Reminding);
        story.Carrier = pending => pending.Command is CaseCommand.SendNotification { Step: NoticeNames.PromiseReminder } ? null : ContactResult.Sent;
        story.Promises(50m, "2026-01-20").Until("2026-01-19", 11);
        Assert.Single(story.State.Commands);

        story.Pays(50m);
        Assert.Empty(story.State.Commands);
    }

    [Fact]
    public void a_hold_silences_the_reminder()
    {
        var story = Overdue(Reminding).Promises(50m, "2026-01-20").Starts(ExceptionTrack.Dispute).Until("2026-01-20");

        Assert.DoesNotContain(story.All<CaseFact.NotificationRequested>(), asked => asked.Step == NoticeNames.PromiseReminder);
    }

    [Fact]
    public void the_notice_of_a_broken_promise_goes_out_the_day_after_it_broke()
    {
        var story = Overdue(Reminding).Promises(100m, "2026-01-20").Until("2026-01-22"); // grace 21, broken on the 22nd
        var pending = Assert.Single(story.State.Commands);
        Assert.Equal(new DateTimeOffset(2026, 1, 23, 16, 0, 0, TimeSpan.Zero), pending.NotBefore);

        story.Until("2026-01-24");
        Assert.Empty(story.State.Commands);
        Assert.Equal(["2026-01-23"], story.DatesOf<CaseFact.ContactAttempted>(made => made.Attempt.Template == "promise-broken"));
    }

    [Fact]
    public void money_or_a_new_promise_before_the_notice_withdraws_it()
    {
        var paid = Overdue(Reminding).Promises(100m, "2026-01-20").Until("2026-01-22", 20).Pays(100m).Until("2026-01-25");
        var promised = Overdue(Reminding).Promises(100m, "2026-01-20").Until("2026-01-22", 20).Promises(100m, "2026-01-24", "PTP-2").Until("2026-01-23");

        Assert.Empty(paid.DatesOf<CaseFact.ContactAttempted>(made => made.Attempt.Template == "promise-broken"));
        Assert.Empty(promised.DatesOf<CaseFact.ContactAttempted>(made => made.Attempt.Template == "promise-broken"));
    }

    [Fact]
    public void a_step_due_the_same_morning_takes_the_place_of_the_notice()
    {
        var story = Overdue(Reminding).Promises(100m, "2026-02-08").Until("2026-02-12"); // broken on the 10th, step notice on the 11th

        Assert.Equal(["2026-02-11"], story.DatesOf<CaseFact.ContactAttempted>(made => made.Attempt.Template is "notice" or "promise-broken"));
        Assert.Empty(story.State.Commands);
    }

    [Fact]
    public void a_promise_broken_while_nothing_is_overdue_or_another_is_live_brings_no_notice()
    {
        var early = new CaseStory(APolicy.ThreeInstalments, Reminding, "2026-01-02").Promises(100m, "2026-01-05").Until("2026-01-09");
        var another = Overdue(Reminding).Promises(50m, "2026-01-20").Promises(50m, "2026-02-01", "PTP-2").Until("2026-01-25");

        Assert.Equal(1, early.State.BrokenPromises);
        Assert.DoesNotContain(early.All<CaseFact.NotificationRequested>(), asked => asked.Step == NoticeNames.PromiseBroken);
        Assert.DoesNotContain(another.All<CaseFact.NotificationRequested>(), asked => asked.Step == NoticeNames.PromiseBroken);
    }
}

using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>
/// A demand by text that certainly failed for a passing reason is asked for again by itself, twice at most. The reminder is sent on 13 January 2026 at
/// 10:00 in Chicago, 16:00 UTC; the carrier's report comes at 12:00, so that the first retry is due at 16:00 and, failing at 17:00, the second a day later.
/// </summary>
public class TextRetryStories
{
    private const string Passing = "4006";

    private static CaseStory Reminded() => new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-13");

    [Theory]
    [InlineData("4006")]
    [InlineData("4008")]
    [InlineData("5001")]
    [InlineData("5002")]
    public void a_reminder_the_carrier_could_not_deliver_is_sent_again_four_hours_later_as_a_new_command(string code)
    {
        var story = Fails(Reminded(), code);

        var retry = Assert.Single(Retries(story));
        Assert.Equal(("friendly", Demands(story)[0], 1, new DateTimeOffset(2026, 1, 13, 22, 0, 0, TimeSpan.Zero)), (retry.Step, retry.RetryOf, retry.Retry, retry.NotBefore));
        var next = CaseSchedule.Next(story.State, story.Policy, story.Now)!;
        Assert.Equal(("contact", retry.NotBefore, "send friendly again: the carrier could not deliver it before (retry 1 of 2)"), (next.Kind, next.At, next.Why));
        Assert.Single(Demands(story.Until("2026-01-13", 15)));
        Assert.Equal(2, Demands(story.Until("2026-01-13", 16)).Count);
        Assert.Equal(2, Demands(story).Distinct().Count());
        Assert.Empty(story.State.Tasks); // Nobody has to verify anything because a telephone was off.
    }

    [Fact]
    public void after_two_retries_it_is_over_and_people_verify_the_details()
    {
        var story = Fails(Fails(Reminded()).Until("2026-01-13", 17));
        Assert.Equal(new DateTimeOffset(2026, 1, 14, 23, 0, 0, TimeSpan.Zero), Retries(story)[1].NotBefore);
        Fails(story.Until("2026-01-14", 18));

        Assert.Equal([1, 2], Retries(story).Select(retry => retry.Retry!.Value));
        Assert.Equal("verify-details", Assert.Single(story.State.Tasks).Kind);
        Assert.Equal(3, Demands(story.Until("2026-02-01")).Count);
    }

    [Theory]
    [InlineData("4004")]
    [InlineData("4005")]
    [InlineData("4007")]
    [InlineData("4010")]
    [InlineData("30003")]
    [InlineData(null)]
    public void any_other_failure_is_never_tried_again(string? code)
    {
        var story = Fails(Reminded(), code).Until("2026-02-01");

        Assert.Single(Demands(story));
        Assert.Equal("verify-details", Assert.Single(story.State.Tasks).Kind);
    }

    [Fact]
    public void a_text_refused_at_once_for_a_passing_reason_is_asked_for_again_too()
    {
        var story = Waiting();
        Refused(story);

        Assert.Equal(4, (Assert.Single(Retries(story)).NotBefore - story.Now)!.Value.TotalHours);
        Assert.Empty(story.State.Tasks);
        Refused(story.Sleep("2026-01-14"));
        Refused(story.Sleep("2026-01-16"));
        Assert.Equal(2, Retries(story).Count);
        Assert.Empty(story.State.Commands);
        Assert.Equal("verify-details", Assert.Single(story.State.Tasks).Kind);
    }

    [Fact]
    public void a_text_nobody_knows_the_fate_of_is_not_sent_again_until_the_carrier_says_that_it_failed()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02");
        story.Carrier = pending => pending.Command is CaseCommand.SendNotification { Step: "friendly", Retry: null } ? ContactResult.Unknown : ContactResult.Sent;
        story.Until("2026-01-20");
        Assert.Single(Demands(story));

        Assert.Single(Retries(Fails(story)));
    }

    [Fact]
    public void the_same_report_twice_asks_once()
    {
        var story = Fails(Fails(Reminded()), of: 0);
        Assert.Single(Retries(story));
        Fails(story.Until("2026-01-13", 17), of: 0); // Late as well: the retry has gone out meanwhile.
        Assert.Single(Retries(story));
        Assert.Empty(story.State.Tasks);
    }

    [Fact]
    public void a_delivery_reported_after_the_failure_takes_the_retry_back()
    {
        var story = Delivered(Fails(Reminded()), 0).Until("2026-02-01");

        Assert.Single(Demands(story));
        Assert.Equal("the message arrived after all", Assert.Single(story.All<CaseFact.NotificationWithdrawn>()).Why);
        Assert.Single(Demands(Fails(story, of: 0).Until("2026-02-05"))); // And an old report of failure after that means nothing.
    }

    [Fact]
    public void a_failure_reported_after_the_delivery_is_an_old_report() =>
        Assert.Empty(Retries(Fails(Delivered(Reminded(), 0))));

    [Fact]
    public void a_report_that_overtakes_the_news_that_the_text_was_handed_over_counts_as_soon_as_that_comes()
    {
        var story = Waiting();
        var pending = Assert.Single(story.State.Commands);
        Report(story, pending.Command.Id, delivered: false, Passing);
        Assert.Empty(Retries(story));

        story.Reports(pending, ContactResult.Sent);
        Assert.Equal(pending.Command.Id, Assert.Single(Retries(story)).RetryOf);
        Assert.Null(story.State.Texts);
    }

    [Fact]
    public void of_two_reports_that_overtake_that_news_the_delivery_counts()
    {
        var story = Waiting();
        var pending = Assert.Single(story.State.Commands);
        Report(story, pending.Command.Id, delivered: true);
        Report(story, pending.Command.Id, delivered: false, Passing);
        story.Reports(pending, ContactResult.Sent);
        Report(story, pending.Command.Id, delivered: false, Passing);

        Assert.Empty(Retries(story));
    }

    [Fact]
    public void a_report_after_the_payment_asks_for_nothing_and_a_payment_after_the_report_withdraws_the_retry()
    {
        Assert.Empty(Retries(Fails(Reminded().Pays(100m))));

        var story = Fails(Reminded()).Pays(100m);
        Assert.Empty(story.State.Commands);
        Assert.Single(Demands(story.Until("2026-02-01")));
    }

    [Fact]
    public void a_part_payment_leaves_the_rest_to_be_asked_for() => Assert.Single(Retries(Fails(Reminded().Pays(40m))));

    [Fact]
    public void what_stops_collection_stops_the_retry_and_nothing_of_it_is_left_when_it_ends()
    {
        Func<CaseStory, CaseStory>[] stops =
        [
            story => story.Promises(50m, "2026-01-20"),
            story => story.AcceptsPlan(("2026-02-20", 100m)),
            story => story.Starts(ExceptionTrack.Dispute),
            story => story.Starts(ExceptionTrack.Manual),
            story => story.Starts(ExceptionTrack.Bankruptcy),
            story => story.Happens(new CaseEvent.LoanWithdrawn("sold")),
        ];
        foreach (var stop in stops)
        {
            Assert.Empty(Retries(Fails(stop(Reminded()))));
            var asked = stop(Fails(Reminded()));
            Assert.DoesNotContain(asked.State.Commands, pending => pending.Command is CaseCommand.SendNotification { Retry: not null });
        }

        Assert.Empty(Retries(Fails(Reminded().Starts(ExceptionTrack.Dispute).Ends(ExceptionTrack.Dispute))));
    }

    [Fact]
    public void a_report_of_the_older_of_two_demands_asks_for_nothing() =>
        Assert.Empty(Retries(Fails(Reminded().Until("2026-02-10"), of: 0)));

    [Fact]
    public void the_next_step_takes_the_place_of_a_retry_that_still_waits()
    {
        var story = Fails(Reminded());
        story.Sleep("2026-02-10").Wake(); // Asleep until the notice of day 30 is due: the retry never went out.

        var sent = story.All<CaseFact.ContactAttempted>().Select(fact => fact.Attempt.Template).Where(template => template is not "care-soon");
        Assert.Equal(["friendly", "notice"], sent);
        Assert.Equal("step notice goes further", Assert.Single(story.All<CaseFact.NotificationWithdrawn>()).Why);
    }

    [Fact]
    public void a_stage_people_have_taken_over_is_not_gone_behind()
    {
        var policy = APolicy.Of(APolicy.Notify("friendly", "first-line", 3), APolicy.Work("visit", "second-line", 5, "visit"));
        var story = new CaseStory(APolicy.OneInstalment, policy, "2026-01-02").Until("2026-01-16");

        Assert.Equal("second-line", story.State.Stage);
        Assert.Empty(Retries(Fails(story)));
    }

    [Fact]
    public void a_demand_held_up_until_after_a_later_stage_began_is_not_asked_for_again()
    {
        var story = Waiting();
        var held = Assert.Single(story.State.Commands);
        story.Carrier = pending => pending.Command.Id == held.Command.Id ? null : ContactResult.Sent;
        story.Sleep("2026-03-12").Wake(); // The second line has written meanwhile.

        Assert.Equal("second-line", story.State.Stage);
        story.Happens(new CaseEvent.ContactAttempted(CaseStory.Attempt(held, ContactResult.Failed) with { Code = Passing }));
        Assert.Empty(Retries(story));
    }

    [Fact]
    public void a_care_message_and_what_a_person_wrote_are_not_asked_for_again()
    {
        var care = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-05");
        Report(care, Assert.Single(care.All<CaseFact.ContactAttempted>()).Attempt.CommandId, delivered: false, Passing);
        Assert.Empty(Retries(care));

        var story = Reminded().Happens(new CaseEvent.MessageComposed(Channel.Sms, Purpose.Collect, "00ff"));
        Assert.Empty(Retries(Fails(story)));
        Assert.Single(Retries(Fails(story, of: 0))); // Nor does it take the place of the step's own.
    }

    [Fact]
    public void a_retry_is_no_further_try_to_reach_somebody()
    {
        var story = Fails(Reminded());
        var before = story.State.TriesWithoutAnswer;

        Assert.Equal(before, story.Until("2026-01-13", 16).State.TriesWithoutAnswer);
        Assert.Equal(story.Now, story.State.LastContactAt);
    }

    [Fact]
    public void a_notice_the_law_wants_counts_from_the_day_on_which_it_goes_out_again()
    {
        var story = new CaseStory(APolicy.ThreeInstalments.InBritain(), APolicy.Ladder.UnderTheLaw(), "2026-01-02").Until("2026-02-11");
        var notice = story.All<CaseFact.NotificationRequested>().Single(asked => asked.Rule == "GB-NOSIA");
        Report(story, story.State.Notice("GB-NOSIA")!.CommandId, delivered: false, Passing);

        var retry = Assert.Single(Retries(story));
        Assert.Equal((notice.Rule, notice.DueOn, notice.Template), (retry.Rule, retry.DueOn, retry.Template));
        Assert.Equal(Day("2026-02-11"), story.State.Notice("GB-NOSIA")!.SentOn); // As long as nothing better is known.
        Report(story.Until("2026-02-11", 17), story.State.Notice("GB-NOSIA")!.CommandId, delivered: false, Passing);
        story.Until("2026-02-12", 18);
        Assert.Equal(Day("2026-02-12"), story.State.Notice("GB-NOSIA")!.SentOn);
        Assert.Equal(["2026-02-11", "2026-02-11", "2026-02-12"], story.DatesOf<CaseFact.NoticeSent>());
        Assert.Empty(story.All<CaseFact.NoticeMissed>());
    }

    /// <summary>The reminder waits for its result.</summary>
    private static CaseStory Waiting()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02");
        story.Carrier = pending => pending.Command is CaseCommand.SendNotification { Purpose: Purpose.Collect } ? null : ContactResult.Sent;
        return story.Until("2026-01-13");
    }

    private static void Refused(CaseStory story) => story.Happens(new CaseEvent.ContactAttempted(
        CaseStory.Attempt(Assert.Single(story.State.Commands), ContactResult.Failed) with { Code = Passing }));

    private static CaseStory Fails(CaseStory story, string? code = Passing, int? of = null) =>
        Report(story, of is { } number ? Demands(story)[number] : Demands(story)[^1], delivered: false, code);

    private static CaseStory Delivered(CaseStory story, int of) => Report(story, Demands(story)[of], delivered: true);

    private static CaseStory Report(CaseStory story, string commandId, bool delivered, string? code = null) =>
        story.Happens(new CaseEvent.DeliveryReported(commandId, delivered, code));

    private static List<CaseFact.NotificationRequested> Retries(CaseStory story) => [.. story.All<CaseFact.NotificationRequested>().Where(asked => asked.RetryOf is not null)];

    /// <summary>The commands of demands handed over, in order.</summary>
    private static List<string> Demands(CaseStory story)
    {
        var asked = story.Facts.Where(recorded => recorded.Fact is CaseFact.NotificationRequested { Purpose: Purpose.Collect }).Select(recorded => $"L-1:{recorded.Seq}").ToList();
        return [.. story.All<CaseFact.ContactAttempted>().Select(fact => fact.Attempt.CommandId).Where(asked.Contains)];
    }
}

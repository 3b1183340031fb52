using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>
/// What overtakes a text asked for again, and whose work a text is that nobody asks for again. The reminder is sent on 13 January 2026 at 10:00 in
/// Chicago; the carrier's report comes at 12:00, so that the first retry is due at 16:00 and, failing at 17:00, the second a day later.
/// </summary>
public class OvertakenRetryStories
{
    private const string Passing = "4006";

    [Fact]
    public void a_borrower_who_answered_is_not_sent_the_automatic_repeat()
    {
        Func<CaseStory, CaseStory>[] answers =
        [
            story => story.Happens(new CaseEvent.ReplyReceived(Channel.Sms, OptOut: false)),
            story => story.Happens(new CaseEvent.ReplyReceived(Channel.Email, OptOut: true)),
            story => story.Happens(new CaseEvent.ContactReported(Channel.Phone, Direction.Inbound, ContactOutcome.Conversation)),
            story => story.Happens(new CaseEvent.ContactReported(Channel.Visit, Direction.Outbound, ContactOutcome.Refused)),
        ];
        foreach (var answer in answers)
        {
            Assert.Single(Demands(answer(Fails(Reminded()).Until("2026-01-13", 13)).Until("2026-01-16")));
            Assert.Single(Demands(Fails(answer(Reminded().Until("2026-01-13", 13))).Until("2026-01-16")));
        }
    }

    [Fact]
    public void a_call_nobody_answered_and_a_word_with_somebody_else_are_no_answer()
    {
        var missed = Fails(Reminded()).Happens(new CaseEvent.ContactReported(Channel.Phone, Direction.Outbound, ContactOutcome.NoAnswer));
        var asked = Fails(Reminded()).Happens(new CaseEvent.ContactReported(
            Channel.Phone, Direction.Outbound, ContactOutcome.Conversation, Recipient: Recipient.ThirdParty));

        Assert.Equal(2, Demands(missed.Until("2026-01-14")).Count);
        Assert.Equal(2, Demands(asked.Until("2026-01-14")).Count);
    }

    [Fact]
    public void the_first_text_arrived_after_all_while_its_retry_was_out_and_nothing_is_sent_a_third_time()
    {
        var story = Fails(Reminded()).Until("2026-01-13", 17);
        Report(story, Demands(story)[0], delivered: true);
        Fails(story).Until("2026-01-16");

        Assert.Equal(2, Demands(story).Count);
        Assert.Empty(story.State.Tasks); // It arrived.
    }

    [Fact]
    public void the_first_text_arrived_after_all_while_its_second_retry_waits_and_takes_it_back()
    {
        var story = Fails(Fails(Reminded()).Until("2026-01-13", 17));
        Assert.Equal(Demands(story)[0], story.Last<CaseFact.NotificationRequested>().FirstOf);
        Report(story, Demands(story)[0], delivered: true).Until("2026-01-20");

        Assert.Equal(2, Demands(story).Count);
        Assert.Equal("the message arrived after all", story.Last<CaseFact.NotificationWithdrawn>().Why);
    }

    [Fact]
    public void a_notice_whose_first_text_arrived_stays_served_when_its_retry_fails()
    {
        var story = new CaseStory(APolicy.ThreeInstalments.InBritain(), APolicy.Ladder.UnderTheLaw(), "2026-01-02").Until("2026-02-11");
        var first = story.State.Notice("GB-NOSIA")!.CommandId;
        Report(story, first, delivered: false, Passing).Until("2026-02-11", 17);
        Report(story, first, delivered: true);
        Report(story, story.State.Notice("GB-NOSIA")!.CommandId, delivered: false, Passing);

        Assert.NotNull(story.State.Notice("GB-NOSIA")!.SentOn);
        Assert.DoesNotContain(story.All<CaseFact.NotificationRequested>(), asked => asked.Retry == 2);
        Assert.Empty(story.State.Tasks);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void a_text_refused_at_once_and_sent_on_the_retry_is_one_try(int refusals)
    {
        var story = Waiting();
        for (var refusal = 0; refusal < refusals; refusal++)
        {
            Refused(story.Sleep($"2026-01-{14 + (refusal * 2)}"));
        }

        Assert.Equal(0, story.State.TriesWithoutAnswer); // Nothing has left the house in this delinquency.
        story.Carrier = _ => ContactResult.Sent;
        Assert.Equal(1, story.Until("2026-01-19").State.TriesWithoutAnswer);
    }

    [Fact]
    public void a_text_that_was_out_and_whose_retry_was_refused_at_once_stays_one_try()
    {
        var story = Reminded();
        story.Carrier = _ => null;
        Refused(Fails(story).Sleep("2026-01-14"));
        story.Carrier = _ => ContactResult.Sent;

        Assert.Equal(1, story.Until("2026-01-16").State.TriesWithoutAnswer);
        Assert.Equal(3, Demands(story).Count);
    }

    [Fact]
    public void a_text_sent_before_texts_were_remembered_that_fails_is_somebodys_work()
    {
        var story = Reminded();
        var former = story.State with { Texts = null };
        var report = new CaseInput("evt-x", story.Now, new CaseEvent.DeliveryReported(Demands(story)[^1], Delivered: false, Passing));

        var decided = CaseDecider.Decide(former, report, story.Policy, story.Now);
        Assert.Equal("verify-details", Assert.Single(decided.State!.Tasks).Kind);
    }

    [Fact]
    public void what_a_person_wrote_and_failed_is_somebodys_work()
    {
        var story = Fails(Reminded().Happens(new CaseEvent.MessageComposed(Channel.Sms, Purpose.Collect, "00ff")));

        Assert.Equal("verify-details", Assert.Single(story.State.Tasks).Kind);
    }

    [Fact]
    public void what_a_person_wrote_and_failed_before_the_news_that_it_went_out_is_somebodys_work()
    {
        var story = Reminded();
        story.Carrier = _ => null;
        story.Happens(new CaseEvent.MessageComposed(Channel.Sms, Purpose.Collect, "00ff"));
        var pending = Assert.Single(story.State.Commands);
        Report(story, pending.Command.Id, delivered: false, Passing).Reports(pending, ContactResult.Sent);

        Assert.Equal("verify-details", Assert.Single(story.State.Tasks).Kind);
    }

    [Fact]
    public void a_text_that_fails_under_a_promise_is_somebodys_work_and_not_sent_again()
    {
        var story = Fails(Reminded().Promises(50m, "2026-01-20"));

        Assert.Equal("verify-details", Assert.Single(story.State.Tasks).Kind);
        Assert.Single(Demands(story.Until("2026-01-15")));
    }

    [Fact]
    public void the_older_of_two_demands_that_fails_is_nobodys_work() => Assert.Empty(Fails(Reminded().Until("2026-02-10"), of: 0).State.Tasks);

    [Fact]
    public void a_text_that_fails_after_the_case_has_closed_is_nobodys_work() => Assert.Empty(Fails(Reminded().Pays(100m)).State.Tasks);

    [Fact]
    public void a_run_that_has_lost_the_code_is_understood_by_the_report_that_overtook_it()
    {
        var story = Waiting();
        var pending = Assert.Single(story.State.Commands);
        Report(story, pending.Command.Id, delivered: false, Passing);
        Assert.Empty(story.State.Tasks); // What became of it is not on record yet.
        story.Happens(new CaseEvent.ContactAttempted(CaseStory.Attempt(pending, ContactResult.Failed)));

        Assert.Equal(pending.Command.Id, story.Last<CaseFact.NotificationRequested>().RetryOf);
        Assert.Empty(story.State.Tasks);
    }

    private static CaseStory Reminded() => new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-13");

    /// <summary>The reminder waits for its result.</summary>
    private static CaseStory Waiting()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02");
        story.Carrier = pending => pending.Command is CaseCommand.SendNotification { Purpose: Purpose.Collect } ? null : ContactResult.Sent;
        return story.Until("2026-01-13");
    }

    private static void Refused(CaseStory story) => story.Happens(new CaseEvent.ContactAttempted(
        CaseStory.Attempt(Assert.Single(story.State.Commands), ContactResult.Failed) with { Code = Passing }));

    private static CaseStory Fails(CaseStory story, int? of = null) => Report(story, of is { } number ? Demands(story)[number] : Demands(story)[^1], delivered: false, Passing);

    private static CaseStory Report(CaseStory story, string commandId, bool delivered, string? code = null) =>
        story.Happens(new CaseEvent.DeliveryReported(commandId, delivered, code));

    /// <summary>The commands of demands handed over, in order.</summary>
    private static List<string> Demands(CaseStory story)
    {
        var asked = story.Facts.Where(recorded => recorded.Fact is CaseFact.NotificationRequested { Purpose: Purpose.Collect }).Select(recorded => $"L-1:{recorded.Seq}").ToList();
        return [.. story.All<CaseFact.ContactAttempted>().Select(fact => fact.Attempt.CommandId).Where(asked.Contains)];
    }
}

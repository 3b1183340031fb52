using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Notices;
using CollectionsFlows.Core.Loans;
using static CollectionsFlows.Core.Tests.Loans.ALoan;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>US-VALIDATION: 12 CFR 1006.34 and 1006.38. The loan is due on 28 June 2026, so the first message goes out on Wednesday 1 July.</summary>
public class ValidationNoticeStories
{
    private const string Rule = "US-VALIDATION";

    [Fact]
    public void the_notice_goes_out_with_the_first_communication_and_the_journal_says_when_its_period_ends()
    {
        var story = Placed().Until("2026-07-02");

        var asked = Assert.Single(story.All<CaseFact.NotificationRequested>(), asked => asked.Rule == Rule);
        Assert.Equal((Purpose.Notice, Day("2026-07-06")), (asked.Purpose, asked.DueOn));

        // Thu 2 July is the first business day after sending; Fri 3 July is Independence Day as observed; then Mon 6, Tue 7, Wed 8, Thu 9.
        var sent = story.Last<CaseFact.NoticeSent>();
        Assert.Equal(["2026-07-01"], story.DatesOf<CaseFact.NoticeSent>());
        Assert.Equal((Day("2026-07-01"), Day("2026-07-09"), Day("2026-08-08")), (sent.SentOn, sent.ReceivedOn!.Value, sent.PeriodEndsOn!.Value));
    }

    [Theory]
    [InlineData("2028-02-25", "2028-03-03", "2028-04-02")] // Friday before 29 February: Mon 28, Tue 29, Wed 1, Thu 2, Fri 3 March.
    [InlineData("2026-12-30", "2027-01-07", "2027-02-06")] // Thu 31, New Year and a weekend out, Mon 4, Tue 5, Wed 6, Thu 7 January.
    [InlineData("2022-12-31", "2023-01-09", "2023-02-08")] // Saturday; Sunday's New Year is kept on Mon 2: Tue 3, Wed 4, Thu 5, Fri 6, Mon 9 January.
    [InlineData("2026-01-12", "2026-01-20", "2026-02-19")] // Tue 13, Wed 14, Thu 15, Fri 16; Mon 19 is Martin Luther King's; Tue 20.
    public void receipt_is_assumed_five_business_days_after_sending(string sentOn, string receivedOn, string endsOn) =>
        Assert.Equal((Day(receivedOn), Day(endsOn)), TheLaw.Validation.Period!.From(Day(sentOn)));

    [Fact]
    public void a_creditor_owes_no_validation_notice_and_care_is_no_communication_about_a_debt()
    {
        var creditor = new CaseStory(Loan() with { Jurisdiction = "US" }, APolicy.Ladder.UnderTheLaw(), "2026-06-01").Until("2026-09-01");
        var before = Placed("2026-06-01").Until("2026-06-28");

        Assert.Empty(creditor.All<CaseFact.NoticeSent>());
        Assert.NotEmpty(before.All<CaseFact.NotificationRequested>());
        Assert.DoesNotContain(before.All<CaseFact.NotificationRequested>(), asked => asked.Rule is not null);
    }

    [Fact]
    public void a_conversation_before_the_first_step_is_the_first_communication()
    {
        var story = Placed().Until("2026-06-29", 9).Happens(new CaseEvent.ContactReported(Channel.Phone, Direction.Inbound, ContactOutcome.Conversation));

        Assert.Equal(["2026-06-29"], story.DatesOf<CaseFact.NoticeSent>());
    }

    [Fact]
    public void it_goes_out_once_however_often_the_loan_falls_behind()
    {
        var story = new CaseStory(
            Of(Due(1, "2026-06-28", 100m), Due(2, "2026-09-28", 100m)).PlacedInTheUs(), APolicy.Ladder.UnderTheLaw(), "2026-06-20").Until("2026-07-10");
        story.Pays(100m).Until("2026-12-31");

        Assert.Equal(2, story.All<CaseFact.DelinquencyBegan>().Count());
        Assert.Single(story.All<CaseFact.NoticeSent>());
    }

    [Fact]
    public void a_notice_that_cannot_be_sent_becomes_work_and_collection_stops_when_its_five_days_are_over()
    {
        var story = Placed();
        story.Carrier = pending => IsNotice(pending) ? ContactResult.Forbidden : ContactResult.Sent;
        story.Until("2026-07-02");

        var task = Assert.Single(story.State.Tasks, task => task.Kind == "send-validation-notice");
        Assert.Equal(Day("2026-07-06"), DateOnly.FromDateTime(task.DueAt.AddHours(-5).DateTime));
        Assert.Equal(["2026-07-01 friendly"], story.Steps());

        // 6 July is the last day; the step of 28 July waits until people have sent it on 3 August.
        story.Until("2026-08-03", 9);
        Assert.Equal(["2026-07-07"], story.DatesOf<CaseFact.NoticeMissed>());
        Assert.Equal(["2026-07-01 friendly"], story.Steps());
        story.Until("2026-08-03", 14).Happens(new CaseEvent.TaskCompleted(task.Id, "sent"));
        Assert.Equal(task.Id, story.Last<CaseFact.NoticeSent>().By);
        Assert.Equal(["2026-07-01 friendly", "2026-08-03 notice"], story.Steps());
    }

    [Fact]
    public void work_that_ends_otherwise_leads_to_another_try()
    {
        var story = Placed();
        var reachable = false;
        story.Carrier = pending => IsNotice(pending) && !reachable ? ContactResult.Failed : ContactResult.Sent;
        story.Until("2026-07-02");
        var task = Assert.Single(story.State.Tasks, task => task.Kind == "send-validation-notice");
        reachable = true;
        story.Happens(new CaseEvent.TaskCompleted(task.Id, "details-updated"));

        Assert.Equal(["2026-07-02"], story.DatesOf<CaseFact.NoticeSent>());
        Assert.Equal([Day("2026-07-06"), Day("2026-07-06")], story.All<CaseFact.NotificationRequested>().Where(asked => asked.Rule == Rule).Select(asked => asked.DueOn!.Value));
    }

    [Fact]
    public void a_message_that_waits_is_withdrawn_when_the_notice_is_missing()
    {
        var story = Placed();
        story.Carrier = _ => null; // Nobody reports.
        story.Until("2026-07-01").Sleep("2026-07-07").Wake();

        Assert.Equal(["2026-07-07"], story.DatesOf<CaseFact.NotificationWithdrawn>());
        Assert.Equal(Rule, Assert.IsType<CaseCommand.SendNotification>(Assert.Single(story.State.Commands).Command).Step);
        Assert.Contains(story.State.Tasks, task => task.Kind == "send-validation-notice");
    }

    [Theory]
    [InlineData("2026-07-01", "written", Rule)]
    [InlineData("2026-08-08", "written", Rule)] // The period's last day.
    [InlineData("2026-08-09", "written", null)]
    [InlineData("2026-07-20", "oral", null)]
    public void a_written_dispute_within_the_period_stops_collection_by_law_any_other_by_the_houses_hold(string on, string form, string? rule)
    {
        var story = Placed().Until(on).Happens(new CaseEvent.TrackStarted(ExceptionTrack.Dispute, Detail: form));

        Assert.Equal(rule, story.Last<CaseFact.TrackStarted>().Rule);
        Assert.Equal(CaseStatus.Held, story.State.Status);
        story.Until("2026-12-01");
        Assert.DoesNotContain(story.Steps(), step => string.CompareOrdinal(step, on + " ~") > 0);
        story.Ends(ExceptionTrack.Dispute);
        Assert.Empty(story.State.Tracks);
    }

    [Fact]
    public void a_dispute_counts_from_its_receipt_and_before_the_notice_the_period_has_no_end()
    {
        var late = Placed().Until("2026-08-12").Happens(new CaseEvent.TrackStarted(ExceptionTrack.Dispute, Detail: "written"), new DateTimeOffset(2026, 8, 8, 20, 0, 0, TimeSpan.Zero));
        var early = Placed("2026-06-20").Until("2026-06-25").Happens(new CaseEvent.TrackStarted(ExceptionTrack.Dispute, Detail: "written"));

        Assert.Equal(Rule, late.Last<CaseFact.TrackStarted>().Rule);
        Assert.Equal(Rule, early.Last<CaseFact.TrackStarted>().Rule);
    }

    [Fact]
    public void an_oral_dispute_put_into_writing_in_time_is_protected_from_then_on()
    {
        var story = Placed().Until("2026-07-10");
        story.Happens(new CaseEvent.TrackStarted(ExceptionTrack.Dispute, Detail: "oral"));
        story.Happens(new CaseEvent.TrackStarted(ExceptionTrack.Dispute, Detail: "written"));

        Assert.Null(story.Ignored);
        Assert.Equal(Rule, Assert.Single(story.State.Tracks).Rule);
        story.Happens(new CaseEvent.TrackStarted(ExceptionTrack.Dispute, Detail: "written"));
        Assert.NotNull(story.Ignored);
    }

    [Fact]
    public void only_the_laws_dispute_is_told_to_the_gate()
    {
        var flagged = new ContactProfile { Flags = [new ProfileFlag("disputed", DateTimeOffset.UnixEpoch, DebtId: "L-1"), new ProfileFlag("disputed", DateTimeOffset.UnixEpoch, DebtId: "L-2")] };
        var inTime = Placed().Until("2026-08-08").Happens(new CaseEvent.TrackStarted(ExceptionTrack.Dispute, Detail: "written"));
        var late = Placed().Until("2026-08-09").Happens(new CaseEvent.TrackStarted(ExceptionTrack.Dispute, Detail: "written"));
        var unheard = Placed().Until("2026-08-09");

        Assert.Same(flagged, CaseFlags.Joined(flagged, inTime.State, inTime.Policy));
        Assert.Equal(["L-2"], CaseFlags.Joined(flagged, late.State, late.Policy).Flags.Select(flag => flag.DebtId));
        Assert.Same(flagged, CaseFlags.Joined(flagged, unheard.State, unheard.Policy)); // The case has not heard of it yet: the stricter holds.
    }

    [Fact]
    public void a_cure_before_it_went_out_withdraws_it_and_the_next_arrears_ask_anew()
    {
        var story = new CaseStory(
            Of(Due(1, "2026-06-28", 100m), Due(2, "2026-09-28", 100m)).PlacedInTheUs(), APolicy.Ladder.UnderTheLaw(), "2026-06-20");
        story.Carrier = pending => IsNotice(pending) && story.Today < Day("2026-09-01") ? null : ContactResult.Sent;
        story.Until("2026-07-03").Pays(100m);

        Assert.Equal(["2026-07-03"], story.DatesOf<CaseFact.NoticeLapsed>(lapsed => lapsed.Rule == Rule));
        Assert.Empty(story.State.Commands);
        Assert.Equal(["2026-10-01"], story.Until("2026-10-05").DatesOf<CaseFact.NoticeSent>());
    }

    [Fact]
    public void a_stay_silences_it_a_complaint_or_a_promise_does_not()
    {
        var stayed = Waiting().Until("2026-07-02").Starts(ExceptionTrack.Bankruptcy);
        Assert.Empty(stayed.State.Commands);
        stayed.Until("2026-07-04").Ends(ExceptionTrack.Bankruptcy);
        Assert.Equal(Rule, Assert.IsType<CaseCommand.SendNotification>(Assert.Single(stayed.State.Commands).Command).Step);
        Assert.Equal(Day("2026-07-06"), stayed.State.Notice(Rule)!.DueOn);

        Assert.Single(Waiting().Until("2026-07-02").Starts(ExceptionTrack.Complaint, reference: "c-1").State.Commands);
        Assert.Single(Waiting().Until("2026-07-02").Promises(50m, "2026-07-20").State.Commands);

        static CaseStory Waiting()
        {
            var story = Placed();
            story.Carrier = pending => IsNotice(pending) ? null : ContactResult.Sent;
            return story;
        }
    }

    [Fact]
    public void an_ambiguous_result_counts_as_sent_and_a_repeated_one_changes_nothing()
    {
        var story = Placed();
        story.Carrier = pending => IsNotice(pending) ? null : ContactResult.Sent;
        story.Until("2026-07-02");
        var pending = Assert.Single(story.State.Commands);
        story.Reports(pending, ContactResult.Unknown);
        Assert.Single(story.All<CaseFact.NoticeSent>());

        story.Reports(pending, ContactResult.Sent);
        Assert.NotNull(story.Ignored);
        Assert.Single(story.All<CaseFact.NoticeSent>());
    }

    [Fact]
    public void a_notice_that_went_out_while_it_was_withdrawn_has_gone_out()
    {
        var story = Placed();
        story.Carrier = pending => IsNotice(pending) ? null : ContactResult.Sent;
        story.Until("2026-07-02");
        var pending = Assert.Single(story.State.Commands);
        story.Starts(ExceptionTrack.Bankruptcy).Reports(pending, ContactResult.Sent).Ends(ExceptionTrack.Bankruptcy);

        Assert.Single(story.All<CaseFact.NoticeSent>());
        Assert.Single(story.All<CaseFact.NotificationRequested>(), asked => asked.Rule == Rule);
    }

    [Fact]
    public void a_ladder_that_asks_people_for_it_asks_for_what_the_case_does_itself()
    {
        var story = new CaseStory(
            Loan().PlacedInTheUs(), APolicy.Of(APolicy.Work("validation", "first-line", 3, "send-validation-notice")).UnderTheLaw(), "2026-06-25").Until("2026-07-02");

        Assert.Equal(["2026-07-01 validation"], story.Steps());
        Assert.Empty(story.State.Tasks);
        Assert.Single(story.All<CaseFact.NoticeSent>());
    }

    [Fact]
    public void what_people_have_sent_is_not_sent_again()
    {
        var story = Placed();
        story.Carrier = pending => IsNotice(pending) ? null : ContactResult.Sent;
        story.Until("2026-07-02").Sleep("2026-07-08").Wake(); // Still on its way when it is missing.
        story.Happens(new CaseEvent.TaskCompleted(Assert.Single(story.State.Tasks, task => task.Kind == "send-validation-notice").Id, "sent"));

        Assert.Empty(story.State.Commands);
        Assert.Null(story.State.Notice(Rule)!.Missing);
        Assert.Single(story.All<CaseFact.NoticeSent>());
    }

    [Fact]
    public void the_next_action_says_by_when_it_is_due()
    {
        var story = Placed();
        story.Carrier = pending => IsNotice(pending) ? null : ContactResult.Sent;
        story.Until("2026-07-02");

        Assert.Equal("send template-of-US by email or letter; US-VALIDATION wants it by 2026-07-06", CaseSchedule.Next(story.State, story.Policy, story.Now)!.Why);
    }

    private static LoanTerms Loan() => Of(Due(1, "2026-06-28", 100m));

    private static CaseStory Placed(string enrolledOn = "2026-06-25") => new(Loan().PlacedInTheUs(), APolicy.Ladder.UnderTheLaw(), enrolledOn);

    private static bool IsNotice(PendingCommand pending) => pending.Command is CaseCommand.SendNotification { Purpose: Purpose.Notice };
}

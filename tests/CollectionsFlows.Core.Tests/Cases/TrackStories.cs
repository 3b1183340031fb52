using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Exception tracks: what stops, what goes on counting, and what comes back the day after.</summary>
public class TrackStories
{
    private static CaseStory Overdue() => new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-15"); // 5 days past due

    [Fact]
    public void hardship_pauses_the_days_and_they_go_on_after_it()
    {
        var story = Overdue().Starts(ExceptionTrack.Hardship, until: "2026-02-15").Until("2026-02-14");
        Assert.Equal((4, CaseStatus.Held), (story.Account.DaysPastDue, story.State.Status)); // the 15th is the first paused day

        story.Until("2026-02-15");
        Assert.Equal((5, CaseStatus.Collecting), (story.Account.DaysPastDue, story.State.Status));
        Assert.Equal("2026-03-12 notice", story.Until("2026-03-13").Steps()[^1]); // day 30 = 10 January + 30 + 31 paused days
    }

    [Fact]
    public void hardship_without_an_end_ended_early_counts_only_its_own_days()
    {
        var story = Overdue().Starts(ExceptionTrack.Hardship).Until("2026-01-25").Ends(ExceptionTrack.Hardship);

        Assert.Equal((5, CaseStatus.Collecting), (story.Account.DaysPastDue, story.State.Status)); // ten days paused, today counts
    }

    [Fact]
    public void a_backdated_hardship_takes_days_away_and_holds_the_case_without_curing_it()
    {
        var story = Overdue().Starts(ExceptionTrack.Hardship, from: "2026-01-01", until: "2026-02-01");

        Assert.Equal((0, CaseStatus.Held), (story.Account.DaysPastDue, story.State.Status));
        Assert.Empty(story.All<CaseFact.DelinquencyCured>()); // nothing was paid
        Assert.Equal(CaseStatus.Collecting, story.Until("2026-02-01").State.Status);
        Assert.Equal(1, story.Account.DaysPastDue);
    }

    [Fact]
    public void a_hold_without_an_end_is_reviewed_every_month_and_never_forgotten() =>
        Assert.Equal(["2026-02-14", "2026-03-16"], Overdue().Starts(ExceptionTrack.Bankruptcy).Until("2026-03-20").DatesOf<CaseFact.Reviewed>());

    [Fact]
    public void while_two_tracks_overlap_the_case_is_held_until_both_have_ended()
    {
        var story = Overdue().Starts(ExceptionTrack.Dispute).Starts(ExceptionTrack.Complaint, reference: "c-1").Ends(ExceptionTrack.Dispute);

        Assert.Equal(CaseStatus.Held, story.State.Status);
        Assert.Equal(CaseStatus.Collecting, story.Ends(ExceptionTrack.Complaint, "c-1").State.Status);
    }

    [Fact]
    public void ending_one_of_two_pauses_of_the_same_days_leaves_the_other()
    {
        var story = Overdue().Starts(ExceptionTrack.Hardship).Starts(ExceptionTrack.BreathingSpace).Until("2026-01-25").Ends(ExceptionTrack.Hardship).Until("2026-02-25");

        Assert.Equal((4, CaseStatus.Held), (story.Account.DaysPastDue, story.State.Status));
    }

    [Fact]
    public void a_complaint_lets_the_days_count_but_nobody_is_contacted_or_handed_over()
    {
        var story = Overdue().Starts(ExceptionTrack.Complaint, reference: "c-1").Until("2026-04-20");

        Assert.Equal(100, story.Account.DaysPastDue);
        Assert.Empty(story.State.Approvals);
        Assert.Equal(["2026-01-03 care-soon", "2026-01-13 friendly"], story.Steps()); // S21
        Assert.NotNull(story.Happens(new CaseEvent.TrackAdvanced(ExceptionTrack.Complaint, "c-2", "handled")).Ignored);
    }

    [Fact]
    public void military_service_is_for_the_gate_and_leaves_the_ladder()
    {
        var story = Overdue().Starts(ExceptionTrack.Military).Until("2026-02-10");

        Assert.Equal(CaseStatus.Collecting, story.State.Status);
        Assert.Contains("2026-02-09 notice", story.Steps());
    }

    [Fact]
    public void what_people_were_asked_to_do_about_a_track_ends_with_it()
    {
        var story = Overdue().Starts(ExceptionTrack.Dispute);
        Assert.Equal("investigate-dispute", Assert.Single(story.State.Tasks).Kind);

        Assert.Empty(story.Ends(ExceptionTrack.Dispute).State.Tasks);
    }

    [Theory]
    [InlineData("2026-02-01", "2026-01-20")] // ends before it begins
    [InlineData(null, "2026-01-15")] // over already
    [InlineData("0001-01-01", null)]
    public void a_track_that_makes_no_sense_is_ignored(string? from, string? until) =>
        Assert.NotNull(Overdue().Starts(ExceptionTrack.Hardship, from, until).Ignored);

    [Fact]
    public void the_same_track_twice_is_ignored_and_the_end_of_one_not_running_is_kept()
    {
        Assert.NotNull(Overdue().Starts(ExceptionTrack.Dispute).Starts(ExceptionTrack.Dispute).Ignored);
        var story = Overdue().Ends(ExceptionTrack.Hardship);
        Assert.Equal(("hardship", CaseStatus.Collecting), (story.Last<CaseFact.EndedBeforehand>().What, story.State.Status));
    }

    [Fact]
    public void death_stops_everything_and_without_an_estate_asks_for_the_write_off()
    {
        var story = Overdue().Starts(ExceptionTrack.Death); // S17
        var search = Assert.Single(story.State.Tasks);
        Assert.Equal("find-estate", search.Kind);

        story.Happens(new CaseEvent.TaskCompleted(search.Id, "no-estate"));
        Assert.Equal(ApprovalSubject.WriteOff, Assert.Single(story.State.Approvals).Subject);
        Assert.Equal(CaseStatus.WrittenOff, story.Decides(approved: true).State.Status);
        Assert.Equal(ClosedReason.Deceased, story.Happens(new CaseEvent.LoanWithdrawn("deceased")).State.ClosedReason);
    }

    [Fact]
    public void an_end_that_overtakes_its_beginning_leaves_nothing_held()
    {
        var story = Overdue();
        var resolvedAt = story.Now;
        story.Happens(new CaseEvent.TrackEnded(ExceptionTrack.Dispute, Outcome: "rejected"), resolvedAt)
            .Happens(new CaseEvent.TrackStarted(ExceptionTrack.Dispute), resolvedAt.AddMinutes(-5));

        Assert.Equal(CaseStatus.Collecting, story.State.Status);
        Assert.Equal("it ended on 2026-01-15: the end arrived first", story.Ignored);
    }

    [Fact]
    public void what_begins_after_an_earlier_end_holds()
    {
        var story = Overdue().Ends(ExceptionTrack.Dispute).Until("2026-01-16").Starts(ExceptionTrack.Dispute);

        Assert.Equal(CaseStatus.Held, story.State.Status);
    }

    [Fact]
    public void of_complaints_only_the_one_whose_end_arrived_first_is_over()
    {
        var story = Overdue().Ends(ExceptionTrack.Complaint, "c-1").Starts(ExceptionTrack.Complaint, reference: "c-2");
        Assert.Equal(CaseStatus.Held, story.State.Status);

        story.Ends(ExceptionTrack.Complaint, "c-2").Starts(ExceptionTrack.Complaint, reference: "c-1");
        Assert.Equal(CaseStatus.Collecting, story.State.Status);
    }

    [Fact]
    public void a_promise_or_plan_whose_cancellation_arrived_first_does_not_count()
    {
        var story = Overdue().Happens(new CaseEvent.PromiseCancelled("PTP-1")).Promises(50m, "2026-01-20");
        Assert.Equal(CaseStatus.Collecting, story.State.Status);

        story.Happens(new CaseEvent.PlanCancelled("PLAN-1", "asked")).AcceptsPlan(("2026-01-20", 50m), ("2026-02-20", 50m));
        Assert.Equal(CaseStatus.Collecting, story.State.Status);
        Assert.Equal(2, story.All<CaseFact.EndedBeforehand>().Count());
    }

    [Fact]
    public void breathing_space_in_a_crisis_lasts_thirty_days_beyond_the_treatment()
    {
        // GB-BREATHING: treatment ends on 15 January, 30 days more are held; from 14 February collection may go on.
        var story = Overdue().Starts(ExceptionTrack.BreathingSpace, from: "2026-01-12")
            .Happens(new CaseEvent.TrackEnded(ExceptionTrack.BreathingSpace, Outcome: "treatment-ended", Until: new DateOnly(2026, 2, 14)));
        Assert.Equal(CaseStatus.Held, story.Until("2026-02-13").State.Status);
        Assert.Equal(1, story.Account.DaysPastDue); // due on the 10th, paused from the 12th: only the 11th counts

        Assert.Equal(CaseStatus.Collecting, story.Until("2026-02-14").State.Status);
        Assert.Equal(2, story.Account.DaysPastDue);
    }
}

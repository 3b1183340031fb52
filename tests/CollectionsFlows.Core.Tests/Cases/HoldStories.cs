using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Legal hold (regulation.md, "Records"): kept "unless on legal hold", so a hold is taken by a closed case as well, and does nothing there but keep.</summary>
public class HoldStories
{
    private static CaseStory PaidOff() => new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-15").Pays(100m);

    private static CaseStory Sold() => new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-15").Happens(new CaseEvent.LoanWithdrawn("sold"));

    private static bool IsKept(CaseStory story) => story.State.KeepsRecordsOn(story.Today);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void a_closed_case_takes_a_hold_and_lets_it_go_and_stays_closed(bool paidOff)
    {
        var story = paidOff ? PaidOff() : Sold();
        var closed = story.State;
        Assert.False(IsKept(story));

        story.Until("2026-02-10").Starts(ExceptionTrack.Manual);
        Assert.Null(story.Ignored);
        Assert.True(IsKept(story));
        Assert.True(IsKept(story.Until("2036-02-10")));
        AssertStillClosed(closed, story);

        story.Ends(ExceptionTrack.Manual);
        Assert.Null(story.Ignored);
        Assert.False(IsKept(story));
        AssertStillClosed(closed, story);
        Assert.Equal(["track.started", "track.ended"], story.Facts.Skip(closed.Sequence).Select(recorded => FactTypes.NameOf(recorded.Fact)));
    }

    [Fact]
    public void a_hold_with_an_end_holds_until_that_day_begins_where_the_borrower_is()
    {
        var story = PaidOff().Until("2026-02-10").Starts(ExceptionTrack.Manual, until: "2026-03-01");
        var clock = new BorrowerClock(story.State.Terms.TimeZones);
        var end = clock.StartOf(new DateOnly(2026, 3, 1));

        Assert.True(story.State.KeepsRecordsOn(clock.DateAt(end.AddTicks(-1))));
        Assert.False(story.State.KeepsRecordsOn(clock.DateAt(end)));
        Assert.Null(story.Until("2026-04-01").NextWake); // nobody wakes a closed case for it
        Assert.False(IsKept(story));
    }

    [Fact]
    public void a_hold_that_is_over_before_it_begins_holds_nothing()
    {
        var story = PaidOff().Until("2026-02-10").Starts(ExceptionTrack.Manual, until: "2026-02-10");

        Assert.Equal("it ended on 2026-02-10", story.Ignored);
        Assert.False(IsKept(story));
    }

    [Fact]
    public void the_same_hold_twice_is_ignored_and_a_second_release_ends_nothing_that_begins_later()
    {
        var story = PaidOff().Until("2026-02-10").Starts(ExceptionTrack.Manual).Starts(ExceptionTrack.Manual);
        Assert.Equal("manual is running already", story.Ignored);

        story.Ends(ExceptionTrack.Manual).Ends(ExceptionTrack.Manual);
        Assert.Single(story.All<CaseFact.TrackEnded>());
        Assert.False(IsKept(story));
        Assert.True(IsKept(story.Until("2026-02-11").Starts(ExceptionTrack.Manual))); // what begins later holds
    }

    [Fact]
    public void a_release_that_overtakes_its_hold_leaves_nothing_held()
    {
        var story = PaidOff().Until("2026-02-10");
        var releasedAt = story.Now;
        story.Happens(new CaseEvent.TrackEnded(ExceptionTrack.Manual), releasedAt)
            .Happens(new CaseEvent.TrackStarted(ExceptionTrack.Manual), releasedAt.AddMinutes(-5));

        Assert.Equal("it ended on 2026-02-10: the end arrived first", story.Ignored);
        Assert.False(IsKept(story));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void of_two_holds_the_one_that_lasts_longer_counts_in_either_order(bool isOpen)
    {
        string?[] ends = ["2026-03-01", "2026-06-01", null];
        foreach (var first in ends)
        {
            foreach (var second in ends)
            {
                var story = isOpen ? new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02") : PaidOff();
                story.Until("2026-02-10").Starts(ExceptionTrack.Manual, until: first).Starts(ExceptionTrack.Manual, until: second);

                var held = Assert.Single(story.State.Tracks);
                var longest = first is null || second is null ? null : string.CompareOrdinal(first, second) > 0 ? first : second;
                Assert.Equal(longest, held.Until?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    [Fact]
    public void a_new_hold_after_one_that_ran_out_on_a_closed_case_holds()
    {
        var story = PaidOff().Until("2026-02-10").Starts(ExceptionTrack.Manual, until: "2026-03-01").Until("2026-04-01").Starts(ExceptionTrack.Manual, until: "2026-05-01");

        Assert.True(IsKept(story));
        Assert.Equal(new DateOnly(2026, 5, 1), Assert.Single(story.State.Tracks).Until);
        Assert.Equal("time is over", story.Last<CaseFact.TrackEnded>().Outcome);
    }

    [Fact]
    public void a_hold_of_an_open_case_goes_on_keeping_when_the_case_closes()
    {
        var story = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Until("2026-01-15").Starts(ExceptionTrack.Manual).Pays(100m);

        Assert.Equal(CaseStatus.Closed, story.State.Status);
        Assert.True(IsKept(story.Until("2032-01-15")));
        Assert.False(IsKept(story.Ends(ExceptionTrack.Manual)));
    }

    [Fact]
    public void a_case_that_reopens_under_hold_is_held_and_contacts_nobody()
    {
        var story = PaidOff().Until("2026-02-10").Starts(ExceptionTrack.Manual);
        var sent = story.State.ContactsSent;

        story.Reverses();
        Assert.Equal((CaseStatus.Held, sent), (story.State.Status, story.Until("2026-03-20").State.ContactsSent));
        Assert.Equal(CaseStatus.Collecting, story.Ends(ExceptionTrack.Manual).State.Status);
    }

    [Fact]
    public void a_case_that_reopens_after_its_hold_ran_out_is_collected()
    {
        var story = PaidOff().Until("2026-02-10").Starts(ExceptionTrack.Manual, until: "2026-03-01").Until("2026-03-10").Reverses();

        Assert.Equal(CaseStatus.Collecting, story.State.Status);
        Assert.Empty(story.State.Tracks);
    }

    [Fact]
    public void nothing_else_begins_on_a_closed_case_and_no_other_track_keeps_records()
    {
        foreach (var track in Enum.GetValues<ExceptionTrack>().Where(track => track != ExceptionTrack.Manual))
        {
            var closed = PaidOff().Starts(track);
            Assert.Equal("the case is closed", closed.Ignored);
            Assert.False(IsKept(closed));

            var open = new CaseStory(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02").Starts(track);
            Assert.False(IsKept(open));
        }
    }

    private static void AssertStillClosed(CaseState closed, CaseStory story)
    {
        Assert.Equal((CaseStatus.Closed, closed.ClosedReason, closed.ClosedAt), (story.State.Status, story.State.ClosedReason, story.State.ClosedAt));
        Assert.Equal((0, 0, 0), (story.State.Commands.Count, story.State.Tasks.Count, story.State.Approvals.Count));
        Assert.Null(story.NextWake);
        Assert.Empty(story.All<CaseFact.CaseReopened>());
        Assert.Equal(closed.ContactsSent, story.State.ContactsSent);
    }
}

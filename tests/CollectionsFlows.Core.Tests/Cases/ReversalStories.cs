using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Payments that did not hold: the schedule is replayed, whatever came first.</summary>
public class ReversalStories
{
    private static CaseStory Opened() => new(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02");

    [Fact]
    public void a_reversal_after_pay_off_reopens_the_case()
    {
        var story = Opened().Until("2026-01-09").Pays(100m).Until("2026-01-14").Reverses();

        Assert.Single(story.All<CaseFact.CaseReopened>());
        Assert.Equal((CaseStatus.Collecting, 4), (story.State.Status, story.Account.DaysPastDue));
        Assert.Null(story.State.ClosedAt);
        Assert.NotNull(story.NextWake);
    }

    [Fact]
    public void a_reversal_before_its_payment_keeps_it_from_counting()
    {
        var story = Opened().Reverses().Pays(100m);

        Assert.False(story.Last<CaseFact.PaymentReversed>().Known);
        Assert.Equal((0m, CaseStatus.Watching), (story.Account.Paid, story.State.Status));
    }

    [Fact]
    public void a_reversal_twice_is_one()
    {
        Assert.NotNull(Opened().Pays(100m).Reverses().Reverses().Ignored);
        Assert.NotNull(Opened().Reverses().Reverses().Ignored);
    }

    [Fact]
    public void a_reversed_payment_does_not_come_back_by_being_posted_again() =>
        Assert.Equal(0m, Opened().Pays(100m).Reverses().Pays(100m).Account.Paid);

    [Fact]
    public void a_reversal_takes_back_what_a_live_promise_had()
    {
        var story = Opened().Until("2026-01-14").Promises(100m, "2026-01-20").Pays(60m).Reverses();

        Assert.Equal(0m, CaseAccount.ReceivedForPromises(story.State, story.Policy)["PTP-1"]);
        Assert.Equal(PromiseStatus.Active, Assert.Single(story.State.Promises).Status);
    }

    [Fact]
    public void a_kept_promise_stays_kept_and_somebody_looks_at_it()
    {
        var story = Opened().Until("2026-01-14").Promises(60m, "2026-01-20").Pays(60m).Reverses();

        Assert.Equal(PromiseStatus.Kept, Assert.Single(story.State.Promises).Status);
        Assert.Equal("review-reversal", Assert.Single(story.State.Tasks).Kind);
        Assert.Equal(CaseStatus.Collecting, story.State.Status);
    }

    [Fact]
    public void a_reversal_of_other_money_than_the_promises_is_nobodys_task()
    {
        var story = Opened().Until("2026-01-14").Promises(60m, "2026-01-20").Pays(60m, "P-1").Until("2026-01-15").Pays(10m, "P-2").Reverses("P-2");

        Assert.DoesNotContain(story.State.Tasks, task => task.Kind == "review-reversal");
    }

    [Fact]
    public void money_after_the_reversal_of_a_kept_promise_goes_to_the_next_promise()
    {
        var story = new CaseStory(APolicy.ThreeInstalments, APolicy.Ladder, "2026-01-02").Until("2026-03-14").Promises(60m, "2026-03-20").Pays(60m).Reverses()
            .Promises(60m, "2026-03-25", "PTP-2").Pays(60m, "P-2");

        Assert.Equal(["PTP-1", "PTP-2"], story.All<CaseFact.PromiseKept>().Select(kept => kept.PromiseId));
    }

    [Fact]
    public void days_past_due_are_those_of_the_instalment_that_is_unpaid_again()
    {
        var story = new CaseStory(APolicy.ThreeInstalments, APolicy.Ladder, "2026-01-02").Until("2026-01-10").Pays(100m, "P-1")
            .Until("2026-02-20").Reverses("P-1");

        // Due on 10 January, unpaid after all: 41 days.
        Assert.Equal(41, story.Account.DaysPastDue);
        Assert.Equal(41, story.State.MaxDaysPastDue);
        Assert.Equal(new DateOnly(2026, 1, 10), story.Last<CaseFact.DelinquencyMoved>().DueOn);

        // Steps 3 and 30 are behind; only the furthest is made up for, step 3 was taken for the February instalment.
        Assert.Equal(["2026-02-13 friendly", "2026-02-20 notice"], story.Steps()[^2..]);
    }

    [Fact]
    public void a_withdrawn_loan_is_not_reopened_by_a_reversal()
    {
        var story = Opened().Pays(40m).Happens(new CaseEvent.LoanWithdrawn("recalled")).Reverses();

        Assert.Equal((CaseStatus.Closed, ClosedReason.Withdrawn), (story.State.Status, story.State.ClosedReason));
        Assert.Null(story.NextWake);
    }
}

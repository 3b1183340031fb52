using CollectionsFlows.Core.Cases;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>Payments as they come: on time, late, back-dated, twice, too much, in the wrong money, for the wrong instalment.</summary>
public class PaymentStories
{
    private static CaseStory Opened() => new(APolicy.OneInstalment, APolicy.Ladder, "2026-01-02");

    [Fact]
    public void paid_on_the_due_date_is_on_time()
    {
        var story = Opened().Until("2026-01-10", 23).Pays(100m);

        Assert.Equal((CaseStatus.Closed, ClosedReason.PaidOff, 0), (story.State.Status, story.State.ClosedReason, story.State.MaxDaysPastDue));
        Assert.Empty(story.All<CaseFact.DelinquencyBegan>());
        Assert.Equal(story.Now, story.State.ClosedAt);
        Assert.Null(story.NextWake);
    }

    [Fact]
    public void paid_the_day_after_is_one_day_late()
    {
        var story = Opened().Until("2026-01-11").Pays(100m);

        Assert.Equal((CaseStatus.Closed, 1), (story.State.Status, story.State.MaxDaysPastDue));
        Assert.Equal(1, story.Last<CaseFact.PaymentPosted>().DaysPastDue);
    }

    [Fact]
    public void paid_the_day_after_is_one_day_late_even_when_the_case_was_never_woken() =>
        Assert.Equal(1, Opened().Sleep("2026-01-11").Pays(100m).State.MaxDaysPastDue);

    [Fact]
    public void a_payment_valued_on_the_due_date_and_told_on_the_next_morning_is_on_time_in_the_books()
    {
        // The case had fallen behind at midnight, and says so; the account knows better now.
        var story = Opened().Until("2026-01-11").Pays(100m, valueOn: "2026-01-10");

        Assert.Equal(0, story.Last<CaseFact.PaymentPosted>().DaysPastDue);
        Assert.Equal(new DateOnly(2026, 1, 10), story.Account.PaidOffOn);
        Assert.Equal(CaseStatus.Closed, story.State.Status);
    }

    [Fact]
    public void a_value_date_in_the_future_counts_from_today() =>
        Assert.Equal(new DateOnly(2026, 1, 12), Opened().Until("2026-01-12").Pays(100m, valueOn: "2026-02-01").Last<CaseFact.PaymentPosted>().ValueOn);

    [Fact]
    public void a_payment_of_the_evening_counts_on_the_borrowers_day_not_on_that_of_utc()
    {
        // 23:00 on 10 January in Chicago is 05:00 on the 11th in UTC.
        var story = Opened().Until("2026-01-10", 23);
        Assert.Equal(11, story.Now.UtcDateTime.Day);

        Assert.Equal(new DateOnly(2026, 1, 10), story.Pays(100m).Last<CaseFact.PaymentPosted>().ValueOn);
    }

    [Fact]
    public void the_same_payment_twice_counts_once()
    {
        var story = Opened().Pays(40m).Pays(40m);

        Assert.Contains("already", story.Ignored, StringComparison.Ordinal);
        Assert.Equal(40m, story.Account.Paid);
    }

    [Fact]
    public void money_in_another_currency_is_ignored_with_the_reason()
    {
        var story = Opened().Pays(100m, currency: "EUR");

        Assert.Equal("the payment is in EUR, the loan in USD", story.Ignored);
        Assert.Equal("payment.posted", story.Last<CaseFact.InputIgnored>().Type);
        Assert.Equal(0m, story.Account.Paid);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-100")]
    [InlineData("0.001")]
    [InlineData("79228162514264337593543950335")]
    public void what_is_no_amount_of_money_is_ignored(string amount)
    {
        var story = Opened().Pays(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));

        Assert.NotNull(story.Ignored);
        Assert.Empty(story.State.Payments);
    }

    [Fact]
    public void too_much_becomes_credit_and_somebody_is_asked_to_refund_it()
    {
        var story = Opened().Pays(130m);

        Assert.Equal((30m, CaseStatus.Closed), (story.Account.Credit, story.State.Status));
        var task = Assert.Single(story.State.Tasks);
        Assert.Equal(("refund-credit", 30m, WorkOrigin.Case), (task.Kind, task.Amount, task.Origin));
    }

    [Fact]
    public void a_payment_after_pay_off_raises_the_refund_to_the_whole_credit()
    {
        var story = Opened().Pays(130m, "P-1").Pays(20m, "P-2");

        Assert.Equal(50m, Assert.Single(story.State.Tasks).Amount);
        Assert.Single(story.All<CaseFact.TaskCancelled>());
    }

    [Fact]
    public void what_was_refunded_is_not_refunded_again()
    {
        var story = Opened().Pays(130m, "P-1");
        story.Happens(new CaseEvent.TaskCompleted(Assert.Single(story.State.Tasks).Id, "refunded"));

        Assert.Equal(20m, Assert.Single(story.Pays(20m, "P-2").State.Tasks).Amount);
    }

    [Fact]
    public void a_refund_is_called_off_when_the_money_did_not_hold()
    {
        var story = Opened().Pays(130m).Reverses();

        Assert.Equal(CaseStatus.Watching, story.State.Status);
        Assert.Empty(story.State.Tasks);
    }

    [Fact]
    public void a_partial_payment_moves_the_case_back_down_the_ladder_and_later_forward_again()
    {
        // On 15 March the instalments are 64, 33 and 5 days past due: steps 3, 30 and 60 were taken.
        var story = new CaseStory(APolicy.ThreeInstalments, APolicy.Ladder, "2026-01-02").Until("2026-03-15");
        Assert.Equal("second-line", story.State.Stage);

        story.Pays(200m);
        Assert.Equal((5, "first-line"), (story.Account.DaysPastDue, story.State.Stage));
        Assert.Equal(["notice", "serious"], story.Last<CaseFact.DelinquencyMoved>().StepsOpenAgain);

        // The third instalment reaches 30 days on 9 April and 60 on 9 May; day 3 was done in this delinquency.
        Assert.Equal(["2026-04-09 notice", "2026-05-09 serious"], story.Until("2026-05-10").Steps()[^2..]);
        Assert.Equal("second-line", story.State.Stage);
    }

    [Fact]
    public void moving_back_calls_off_what_the_steps_beyond_had_asked_for()
    {
        var policy = APolicy.Of(APolicy.Work("visit", "second-line", 60, "visit"), APolicy.Approval("legal", "legal", 62, Core.Policies.ApprovalSubject.Legal));
        var story = new CaseStory(APolicy.ThreeInstalments, policy, "2026-01-02").Until("2026-03-15");
        Assert.Single(story.State.Approvals);
        Assert.Single(story.State.Tasks);

        story.Pays(200m);
        Assert.Empty(story.State.Approvals);
        Assert.Empty(story.State.Tasks);
    }

    [Fact]
    public void arrears_paid_cure_the_loan_and_the_next_instalment_is_watched()
    {
        var story = new CaseStory(APolicy.ThreeInstalments, APolicy.Ladder, "2026-01-02").Until("2026-01-20").Pays(100m);

        Assert.Equal((CaseStatus.Watching, null), (story.State.Status, story.State.Stage));
        Assert.Equal(10, story.Last<CaseFact.DelinquencyCured>().MaxDaysPastDue);

        story.Until("2026-02-14"); // day 3 of the second instalment
        Assert.Equal((CaseStatus.Collecting, 2), (story.State.Status, story.State.Delinquencies));
        Assert.Equal("2026-02-13 friendly", story.Steps()[^1]);
    }

    [Fact]
    public void money_for_a_loan_that_was_sold_is_somebodys_task()
    {
        var story = Opened().Until("2026-01-14").Happens(new CaseEvent.LoanWithdrawn("sold")).Pays(100m);

        Assert.Equal(ClosedReason.Sold, story.State.ClosedReason);
        Assert.Equal("payment-after-closing", Assert.Single(story.State.Tasks).Kind);
    }

    [Fact]
    public void what_is_below_the_entry_rules_is_watched_until_enough_is_overdue()
    {
        var policy = APolicy.Ladder with { Entry = new Core.Policies.EntryRules { MinDaysPastDue = 5, MinOverdue = 150m } };
        var story = new CaseStory(APolicy.ThreeInstalments, policy, "2026-01-02").Until("2026-02-10", 23);
        Assert.Equal(CaseStatus.Watching, story.State.Status);

        story.Until("2026-02-11"); // 200 overdue, the oldest 32 days
        Assert.Equal(CaseStatus.Collecting, story.State.Status);
        Assert.Equal(["2026-02-11"], story.DatesOf<CaseFact.DelinquencyBegan>());
    }
}

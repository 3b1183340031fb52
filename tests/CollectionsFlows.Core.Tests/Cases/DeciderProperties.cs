using System.Text.Json;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;
using CollectionsFlows.Core.Policies;
using FsCheck.Fluent;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>What holds for every case, whatever its loan, policy and history.</summary>
public class DeciderProperties
{
    [Fact]
    public void an_open_case_always_has_a_next_wake_and_a_closed_one_never() =>
        RandomCase.Check(80, drawn =>
        {
            foreach (var (_, now, decision) in CaseRun.Of(drawn).Decisions)
            {
                var next = CaseDecider.NextWake(decision.State!, drawn.Policy, now);
                Assert.Equal(decision.State!.ClosedReason is null, next is not null);
            }
        });

    [Fact]
    public void after_a_wake_nothing_is_due_and_waking_again_does_nothing() =>
        RandomCase.Check(80, drawn =>
        {
            foreach (var (_, now, decision) in CaseRun.Of(drawn).Decisions)
            {
                var woken = CaseDecider.Wake(decision.State!, drawn.Policy, now).State!;
                Assert.Empty(CaseDecider.Wake(woken, drawn.Policy, now).Facts);
                if (woken.Commands.All(pending => pending.NotBefore > now) && CaseDecider.NextWake(woken, drawn.Policy, now) is { } next)
                {
                    Assert.True(next > now, $"woken at {now:O}, wants to be woken at {next:O}");
                }
            }
        });

    [Fact]
    public void the_same_event_twice_moves_no_money_the_second_time() =>
        RandomCase.Check(60, drawn =>
        {
            var run = CaseRun.Of(drawn);
            foreach (var input in run.Inputs.Where(input => input.Event is CaseEvent.PaymentPosted or CaseEvent.PaymentReversed or CaseEvent.LoanEnrolled))
            {
                var again = CaseDecider.Decide(run.State, input, drawn.Policy, run.Now);
                Assert.All(again.Facts, recorded => Assert.True(recorded.Fact is CaseFact.InputIgnored, recorded.Fact.ToString()));
            }
        });

    [Fact]
    public void the_state_is_the_fold_of_the_facts_and_survives_json() =>
        RandomCase.Check(40, drawn =>
        {
            var run = CaseRun.Of(drawn);
            var folded = CaseEvolution.Fold(run.Facts.Select(Reread))!;
            var json = JsonSerializer.Serialize(run.State, CaseJson.Default.CaseState);

            Assert.Equal(json, JsonSerializer.Serialize(folded, CaseJson.Default.CaseState));
            Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, CaseJson.Default.CaseState), CaseJson.Default.CaseState));
        });

    [Fact]
    public void a_case_that_lives_on_from_its_stored_state_decides_the_same() =>
        RandomCase.Check(40, drawn =>
        {
            var run = CaseRun.Of(drawn);
            foreach (var (before, now, decision) in run.Decisions.Where(decision => decision.Before is not null))
            {
                var stored = JsonSerializer.Deserialize(JsonSerializer.Serialize(before!, CaseJson.Default.CaseState), CaseJson.Default.CaseState)!;
                Assert.Equal(
                    CaseDecider.Wake(before!, drawn.Policy, now).Facts.Select(Line),
                    CaseDecider.Wake(stored, drawn.Policy, now).Facts.Select(Line));
            }
        });

    [Fact]
    public void every_fact_survives_its_shape() =>
        RandomCase.Check(40, drawn => Assert.All(CaseRun.Of(drawn).Facts, recorded => Assert.Equal(Line(recorded), Line(Reread(recorded)))));

    [Fact]
    public void facts_are_numbered_without_gaps_and_never_in_the_past() =>
        RandomCase.Check(40, drawn =>
        {
            var facts = CaseRun.Of(drawn).Facts.ToList();
            Assert.Equal(Enumerable.Range(1, facts.Count), facts.Select(recorded => recorded.Seq));
            Assert.Equal(facts.Select(recorded => recorded.At).Order(), facts.Select(recorded => recorded.At));
        });

    [Fact]
    public void money_is_conserved_to_the_cent() =>
        RandomCase.Check(60, drawn =>
        {
            var run = CaseRun.Of(drawn);
            var position = CaseAccount.Position(run.State, drawn.Policy, new DateOnly(2030, 1, 1));
            var counting = run.State.Payments.Where(posted => !posted.Reversed).Sum(posted => posted.Payment.Amount);

            Assert.Equal(counting, position.Paid);
            Assert.Equal(position.Paid, position.Allocations.Sum(used => used.Allocated.Total) + position.Credit);
            Assert.All(run.Facts.Select(recorded => recorded.Fact).OfType<CaseFact.PaymentPosted>(), posted =>
                Assert.True(posted.Allocated.Total + posted.Credit == posted.Amount || posted.Allocated.Total + posted.Credit == 0m));
        });

    [Fact]
    public void no_money_is_promised_twice() =>
        RandomCase.Check(60, drawn =>
        {
            var run = CaseRun.Of(drawn);
            var shares = run.State.Promises.SelectMany(promise => promise.Used ?? []).GroupBy(share => share.PaymentId);
            Assert.All(shares, used => Assert.True(
                used.Sum(share => share.Amount) <= run.State.Payments.Single(posted => posted.Payment.PaymentId == used.Key).Payment.Amount));
        });

    [Fact]
    public void nothing_collects_before_the_due_date_nor_while_something_stands_in_the_way() =>
        RandomCase.Check(100, drawn =>
        {
            var clock = new BorrowerClock(drawn.Terms.TimeZones);
            foreach (var (before, recorded, _) in CaseRun.Of(drawn).Steps())
            {
                if (recorded.Fact is CaseFact.NotificationRequested { Purpose: Purpose.Collect } or CaseFact.LegalReferralRequested)
                {
                    var position = CaseAccount.Position(before!, drawn.Policy, clock.DateAt(recorded.At));
                    Assert.True(position.DaysPastDue > 0 && position.Overdue.Total > 0m, $"{recorded}: nothing is overdue");
                    Assert.False(before!.IsHeld, $"{recorded}: held");
                    Assert.Null(before.ClosedReason);
                    if (recorded.Fact is CaseFact.NotificationRequested)
                    {
                        Assert.False(before.HasLivePromise || before.Plan is not null || before.WrittenOffOn is not null, $"{recorded}: {before.Status}");
                    }
                }
            }
        });

    [Fact]
    public void no_message_waits_that_what_happened_since_forbids() =>
        RandomCase.Check(60, drawn =>
        {
            foreach (var (_, _, decision) in CaseRun.Of(drawn).Decisions)
            {
                var state = decision.State!;
                var collecting = state.Commands.Any(pending => pending.Command is CaseCommand.SendNotification { Purpose: Purpose.Collect } or CaseCommand.ReferToLegal);
                Assert.False(collecting && (state.IsHeld || state.HasLivePromise || state.Plan is not null || state.Delinquency is null || state.ClosedReason is not null), $"{state.Status}");
            }
        });

    [Fact]
    public void no_step_is_taken_twice_for_the_same_occurrence_in_a_delinquency() =>
        RandomCase.Check(80, drawn =>
        {
            var taken = new HashSet<(string Step, int Occurrence, int Delinquency, int? Instalment)>();
            foreach (var (before, recorded, _) in CaseRun.Of(drawn).Steps())
            {
                if (recorded.Fact is CaseFact.DelinquencyMoved moved)
                {
                    taken.RemoveWhere(step => moved.StepsOpenAgain.Contains(step.Step));
                }

                if (recorded.Fact is CaseFact.StepTaken step)
                {
                    var delinquency = step.Instalment is null ? before!.Delinquency!.Number : 0;
                    Assert.True(taken.Add((step.Step, step.Occurrence, delinquency, step.Instalment)), $"{recorded} again");
                }
            }
        });

    [Fact]
    public void a_case_moves_forward_through_the_stages_within_a_delinquency() =>
        RandomCase.Check(40, drawn =>
        {
            var places = drawn.Policy.Stages.Select(stage => stage.Name).ToList();
            foreach (var (before, recorded, _) in CaseRun.Of(drawn).Steps())
            {
                if (recorded.Fact is CaseFact.StageEntered entered)
                {
                    Assert.True(before!.Stage is null || places.IndexOf(entered.Stage) > places.IndexOf(before.Stage));
                }
            }
        });

    [Fact]
    public void a_loan_with_nothing_overdue_is_not_collecting_and_one_watched_has_nothing_to_collect() =>
        RandomCase.Check(60, drawn =>
        {
            var clock = new BorrowerClock(drawn.Terms.TimeZones);
            foreach (var (_, now, decision) in CaseRun.Of(drawn).Decisions)
            {
                var state = CaseDecider.Wake(decision.State!, drawn.Policy, now).State!;
                var position = CaseAccount.Position(state, drawn.Policy, clock.DateAt(now));
                if (state.Status is CaseStatus.Collecting or CaseStatus.Legal)
                {
                    Assert.True(position.Overdue.Total > drawn.Policy.Exit.CuredAtOverdue);
                }
                else if (state.Status == CaseStatus.Watching)
                {
                    Assert.True(
                        position.DaysPastDue < drawn.Policy.Entry.MinDaysPastDue
                        || position.Overdue.Total < Math.Max(drawn.Policy.Entry.MinOverdue, drawn.Policy.Exit.CuredAtOverdue + 0.01m)
                        // Entry is looked at when an instalment falls overdue; penalty interest that crosses the amount is seen at the next review.
                        || drawn.Terms.PenaltyAnnualRate > 0m || state.Terms.PenaltyAnnualRate > 0m);
                }
            }
        });

    [Fact]
    public void a_refund_is_asked_for_as_much_as_is_credit() =>
        RandomCase.Check(60, drawn =>
        {
            var clock = new BorrowerClock(drawn.Terms.TimeZones);
            foreach (var (_, now, decision) in CaseRun.Of(drawn).Decisions)
            {
                var state = decision.State!;
                var credit = CaseAccount.Position(state, drawn.Policy, clock.DateAt(now)).Credit;
                Assert.Equal(Math.Max(0m, credit - state.CreditRefunded), state.Tasks.Where(task => task.Kind == "refund-credit").Sum(task => task.Amount));
            }
        });

    private static RecordedFact Reread(RecordedFact recorded) => recorded with
    {
        Fact = (CaseFact)JsonSerializer.Deserialize(Line(recorded), FactTypes.ShapeOf(FactTypes.NameOf(recorded.Fact))!)!,
    };

    private static string Line(RecordedFact recorded) => JsonSerializer.Serialize(recorded.Fact, FactTypes.ShapeOf(recorded.Fact));
}

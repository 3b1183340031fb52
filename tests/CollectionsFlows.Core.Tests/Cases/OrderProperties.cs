using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>The order in which events arrive and the punctuality of wakes change neither balances nor, for the worse, what a borrower gets.</summary>
public class OrderProperties
{
    private static readonly Gen<(int Payment, int Day, int Amount, bool Reversed)[]> Receipts =
        from days in Gen.Choose(-10, 90).ArrayOf(6)
        from amounts in Gen.Choose(1, 20_000).ArrayOf(6)
        from reversed in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true))).ArrayOf(6)
        from count in Gen.Choose(1, 6)
        select Enumerable.Range(0, count).Select(index => (index, days[index], amounts[index], reversed[index])).ToArray();

    private static readonly DateTimeOffset Delivered = RandomCase.OpensAt.AddDays(95);

    [Fact]
    public void any_order_of_payments_and_reversals_ends_in_the_same_balances_and_status() =>
        Check(
            (any, receipts) =>
            {
                // Where entry asks for more than exit forgives, the status between the two is a matter of the way there.
                var drawn = any with { Policy = any.Policy with { Entry = new EntryRules(), Exit = new ExitRules() } };
                var inputs = InputsOf(receipts);
                var expected = Deliver(drawn, inputs);
                foreach (var order in Gen.Shuffle(inputs).Sample(3))
                {
                    var actual = Deliver(drawn, order);

                    Assert.Equal(Figures(drawn, expected), Figures(drawn, actual));

                    // What a bounced payment covered up between two days long past is in the account, but was never anybody's figure.
                    Assert.True(
                        actual.MaxDaysPastDue >= TrueMaximum(drawn, receipts) || receipts.Any(receipt => receipt.Reversed), "a day past due was never seen");
                }
            });

    [Fact]
    public void payments_told_in_the_order_of_their_value_dates_show_the_true_maximum_of_days_past_due() =>
        Check(
            (drawn, receipts) =>
            {
                // Told one by one at the instant they were made, the case woken only then.
                var state = Open(drawn, RandomCase.OpensAt.AddDays(-15));
                foreach (var input in InputsOf([.. receipts.Select(receipt => receipt with { Reversed = false }).OrderBy(receipt => receipt.Day).ThenBy(receipt => receipt.Payment)]))
                {
                    state = Step(state, drawn.Policy, input, input.At);
                }

                state = CaseDecider.Wake(state, drawn.Policy, Delivered).State!;
                Assert.True(state.MaxDaysPastDue <= TrueMaximum(drawn, [.. receipts.Select(receipt => receipt with { Reversed = false })]));
            });

    /// <summary>
    /// Of payments that hold: a reversal brings an older instalment back, and which of its steps were slept through depends on when it was looked at.
    /// Without notices the law wants: here nobody hands anything over, so whoever wakes on time learns on time that such a notice is missing, and a missing
    /// notice stops what would demand, which is as it should be.
    /// </summary>
    [Fact]
    public void waking_late_never_makes_more_contacts_than_waking_on_time() =>
        Check(
            (drawn, receipts) =>
            {
                var policy = Unconditional(drawn.Policy);
                var inputs = InputsOf([.. receipts.Where(receipt => receipt.Day >= 0 && !receipt.Reversed)]).OrderBy(input => input.At).ToList();
                var onTime = Requests(drawn with { Policy = policy }, inputs, wakesOnTime: true);
                var late = Requests(drawn with { Policy = policy }, inputs, wakesOnTime: false);

                Assert.True(late <= onTime, $"{late} contacts when woken late, {onTime} when on time");
            });

    private static void Check(Action<RandomCase, (int Payment, int Day, int Amount, bool Reversed)[]> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(RandomCase.Arbitrary, Arb.From(Receipts), holds));

    private static CaseInput[] InputsOf((int Payment, int Day, int Amount, bool Reversed)[] receipts) =>
    [
        .. receipts.SelectMany(receipt =>
        {
            var at = RandomCase.OpensAt.AddDays(receipt.Day);
            var posted = new CaseInput($"in-{receipt.Payment}", at, new CaseEvent.PaymentPosted($"P-{receipt.Payment}", receipt.Amount / 100m, Currency.Parse("USD")));
            var reversed = new CaseInput($"out-{receipt.Payment}", at.AddHours(1), new CaseEvent.PaymentReversed($"P-{receipt.Payment}", "nsf"));
            return receipt.Reversed ? new[] { posted, reversed } : [posted];
        }),
    ];

    private static CaseState Open(RandomCase drawn, DateTimeOffset at)
    {
        var enrolled = new CaseEvent.LoanEnrolled(drawn.Terms, new PolicyReference("story", 1), [Channel.Sms]);
        return CaseDecider.Decide(state: null, new CaseInput("enrol", at, enrolled), drawn.Policy, at).State!;
    }

    private static CaseState Step(CaseState state, Policy policy, CaseInput input, DateTimeOffset now) =>
        CaseDecider.Wake(CaseDecider.Decide(state, input, policy, now).State!, policy, now).State!;

    private static CaseState Deliver(RandomCase drawn, IEnumerable<CaseInput> inputs) =>
        inputs.Aggregate(Open(drawn, Delivered), (state, input) => Step(state, drawn.Policy, input, Delivered));

    private static object Figures(RandomCase drawn, CaseState state)
    {
        var position = CaseAccount.Position(state, drawn.Policy, DateOnly.FromDateTime(Delivered.UtcDateTime));
        return (position.Balance, position.Overdue, position.Credit, position.Paid, position.DaysPastDue, position.OldestUnpaidDueOn, state.Status, state.ClosedReason,
            state.Tasks.Where(task => task.Kind == "refund-credit").Sum(task => task.Amount));
    }

    /// <summary>The most days past due on any day up to the delivery, by the payments that held.</summary>
    private static int TrueMaximum(RandomCase drawn, (int Payment, int Day, int Amount, bool Reversed)[] receipts)
    {
        var clock = new BorrowerClock(drawn.Terms.TimeZones);
        var payments = receipts.Where(receipt => !receipt.Reversed).Select(receipt =>
        {
            var at = RandomCase.OpensAt.AddDays(receipt.Day);
            return new Payment($"P-{receipt.Payment}", receipt.Amount / 100m, clock.DateAt(at), at);
        }).ToList();
        var last = clock.DateAt(Delivered);
        var most = 0;
        for (var day = drawn.Terms.Instalments[0].DueOn; day <= last; day = day.AddDays(1))
        {
            // Days past due during a day: before that day's payments.
            var before = payments.Where(payment => payment.ValueOn < day).ToList();
            most = Math.Max(most, LoanAccount.Position(drawn.Terms, drawn.Policy.Account, before, [], null, day).DaysPastDue);
        }

        return most;
    }

    /// <summary>Only what demands. Care is another thing: on time it is skipped while the loan is behind, late the cure may be known before it is due.</summary>
    private static Policy Unconditional(Policy policy) => policy with
    {
        Steps = [.. policy.Steps.Where(step => step.Do.Notify is not null && step.At.After is null && step.At.DaysPastDue > 0).Select(step => step with { When = new StepCondition() })],
        Entry = new EntryRules(),
        Exit = new ExitRules(),
        Notices = [],
    };

    private static int Requests(RandomCase drawn, List<CaseInput> inputs, bool wakesOnTime)
    {
        var now = RandomCase.OpensAt;
        var state = Open(drawn, now);
        var requests = 0;
        foreach (var at in inputs.Select(input => input.At).Append(Delivered))
        {
            while (wakesOnTime && CaseDecider.NextWake(state with { Commands = [] }, drawn.Policy, now) is { } wake && wake > now && wake < at)
            {
                now = wake;
                Keep(CaseDecider.Wake(state, drawn.Policy, now));
            }

            now = at;
            foreach (var input in inputs.Where(input => input.At == at))
            {
                Keep(CaseDecider.Decide(state, input, drawn.Policy, now));
                Keep(CaseDecider.Wake(state, drawn.Policy, now));
            }
        }

        Keep(CaseDecider.Wake(state, drawn.Policy, now));
        return requests;

        void Keep(CaseDecision decision)
        {
            requests += decision.Facts.Count(recorded => recorded.Fact is CaseFact.NotificationRequested);
            state = decision.State!;
        }
    }
}

using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Core.Risk;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Core.Tests.Cases;

/// <summary>A random loan under a random policy, and what happens to it: the numbers of a move are given their meaning by <see cref="CaseRun"/>.</summary>
public sealed record RandomCase(LoanTerms Terms, Policy Policy, Move[] Moves)
{
    private static readonly DateOnly Start = new(2024, 1, 20); // 29 February and both DST nights lie ahead

    private static readonly Gen<LoanTerms> Loans =
        from amounts in Gen.NonEmptyListOf(Gen.Choose(500, 20_000)).Resize(6)
        from gaps in Gen.Choose(1, 40).ArrayOf(8)
        from zones in Gen.Elements<string[]>(["America/Chicago"], ["Asia/Shanghai"], ["America/New_York", "America/Los_Angeles"], ["Europe/Berlin"])
        from penalty in Gen.Elements(0m, 0m, 0.18m, 0.36m)
        from income in Gen.Elements("", "500", "9000")
        from place in Gen.Elements(("US", CreditorRole.Creditor), ("US", CreditorRole.Collector), ("GB", CreditorRole.Creditor), ("EU-FR", CreditorRole.Creditor), ("CN", CreditorRole.Creditor))
        select Loan([.. amounts.Take(6)], gaps, zones, penalty, income) with { Jurisdiction = place.Item1, CreditorRole = place.Item2 };

    private static readonly Gen<StepCondition> Conditions = Gen.Frequency(
        (5, Gen.Constant(new StepCondition())),
        (1, Gen.Elements(RiskBand.Low, RiskBand.Medium, RiskBand.High).Select(band => new StepCondition { Risk = [band] })),
        (1, Gen.Choose(10, 150).Select(amount => new StepCondition { MinOverdue = amount })),
        (1, Gen.Choose(0, 3).Select(tries => new StepCondition { MinTries = tries })),
        (1, Gen.Choose(0, 3).Select(tries => new StepCondition { MaxTries = tries })),
        (1, Gen.Elements(true, false).Select(answered => new StepCondition { Answered = answered })));

    private static readonly Gen<(int Day, int Stage, int Action, int Repeat, bool Follows, StepCondition When)> Steps =
        from day in Gen.Frequency((1, Gen.Choose(-15, -1)), (4, Gen.Choose(1, 70)))
        from stage in Gen.Choose(1, 3)
        from action in Gen.Frequency((5, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(2)), (1, Gen.Constant(3)))
        from repeat in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 9)))
        from follows in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from condition in Conditions
        select (day, stage, action, repeat, follows, condition);

    private static readonly Gen<Policy> Policies =
        from steps in Gen.NonEmptyListOf(Steps).Resize(8)
        from entryDays in Gen.Elements(1, 1, 1, 4)
        from entryAmount in Gen.Elements(0m, 0m, 60m)
        from cured in Gen.Elements(0m, 0m, 5m)
        from grace in Gen.Choose(0, 3)
        from notices in Gen.Elements(true, false)
        select APolicy.Of([.. steps.Take(8).Select(Step)]) with
        {
            Notices = TheLaw.All,
            Entry = new EntryRules { MinDaysPastDue = entryDays, MinOverdue = Math.Max(entryAmount, cured * 2) },
            Exit = new ExitRules { CuredAtOverdue = cured },
            Promise = new PromiseRules { GraceDays = grace, ReminderTemplate = notices ? "reminder" : null, BrokenTemplate = notices ? "broken" : null },
            Plan = new PlanRules { GraceDays = grace, MissedTemplate = notices ? "missed" : null },
        };

    private static readonly Gen<Move> AnyMove =
        from kind in Gen.Choose(0, CaseRun.Kinds - 1)
        from first in Gen.Choose(0, 1000)
        from second in Gen.Choose(0, 1000)
        from hours in Gen.Frequency((3, Gen.Choose(0, 3)), (4, Gen.Choose(4, 24 * 6)), (1, Gen.Choose(24 * 7, 24 * 50)))
        from wakes in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        select new Move(kind, first, second, hours, wakes);

    public static Arbitrary<RandomCase> Arbitrary { get; } = Arb.From(
        from terms in Loans
        from policy in Policies
        from moves in Gen.ArrayOf(AnyMove).Resize(40)
        select new RandomCase(terms, policy, moves),
        Smaller);

    /// <summary>The day before the loan's first due dates.</summary>
    public static DateTimeOffset OpensAt { get; } = new(Start, new TimeOnly(16, 0), TimeSpan.Zero);

    public static void Check(int tests, Action<RandomCase> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(tests), Prop.ForAll(Arbitrary, holds));

    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            $"{string.Join('/', Terms.TimeZones)}, penalty {Terms.PenaltyAnnualRate}, {Policy.Entry}, {Policy.Exit}, {Policy.Promise}",
            .. Terms.Instalments.Select(instalment => instalment.ToString()),
            .. Policy.Steps.Select(step => $"{step.Id} {step.Stage} {step.At} {step.Repeat} {step.When}"),
            .. Moves.Select(move => move.ToString()),
        ]);

    private static LoanTerms Loan(int[] amounts, int[] gaps, string[] zones, decimal penalty, string income)
    {
        var dueOn = Start;
        var instalments = amounts.Select((amount, index) =>
        {
            dueOn = dueOn.AddDays(gaps[index]);
            return new Instalment(index + 1, dueOn, amount / 100m, amount / 1000, 0m);
        });
        return Tests.Loans.ALoan.Of(penalty, "USD", [.. instalments]) with
        {
            TimeZones = zones, Attributes = income.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["monthlyIncome"] = income },
        };
    }

    private static LadderStep Step((int Day, int Stage, int Action, int Repeat, bool Follows, StepCondition When) drawn, int index)
    {
        string[] stages = ["care", "first-line", "second-line", "legal"];
        var care = drawn.Day < 0;
        var id = $"{(care ? "care" : "step")}-{index}";
        var stage = care ? "care" : stages[drawn.Stage];
        var step = (care ? 0 : drawn.Action) switch
        {
            0 => APolicy.Notify(id, stage, drawn.Day),
            1 => APolicy.Work(id, stage, drawn.Day, "call"),
            2 => APolicy.Approval(id, stage, drawn.Day, ApprovalSubject.Legal),
            _ => APolicy.Approval(id, stage, drawn.Day, ApprovalSubject.WriteOff),
        };
        return step with
        {
            When = drawn.When,
            Repeat = drawn.Repeat == 0 || care ? null : new StepRepeat(drawn.Repeat, 3),
            At = drawn.Follows && index > 0 && !care ? new StepTrigger { After = $"step-{index - 1}", DelayDays = 1 + (drawn.Day % 6) } : step.At,
        };
    }

    private static IEnumerable<RandomCase> Smaller(RandomCase drawn) =>
    [
        .. Without(drawn.Moves).Select(moves => drawn with { Moves = moves }),
        .. Without([.. drawn.Policy.Steps]).Where(steps => steps.Length > 0).Select(steps => drawn with { Policy = drawn.Policy with { Steps = steps } }),
        .. Without([.. drawn.Terms.Instalments]).Where(instalments => instalments.Length > 0)
            .Select(instalments => drawn with { Terms = drawn.Terms with { Instalments = instalments } }),
    ];

    private static IEnumerable<T[]> Without<T>(T[] items) => items.Select((_, index) => (T[])[.. items[..index], .. items[(index + 1)..]]);
}

/// <summary>Something that happens: after some hours, of a kind, with two numbers to choose by; whether the case was woken on time until then.</summary>
public sealed record Move(int Kind, int First, int Second, int Hours, bool Wakes);

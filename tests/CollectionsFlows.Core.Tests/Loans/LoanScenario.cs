using CollectionsFlows.Core.Loans;
using FsCheck;
using FsCheck.Fluent;

namespace CollectionsFlows.Core.Tests.Loans;

/// <summary>A random loan with random rules, payments, pauses and day, for properties.</summary>
public sealed record LoanScenario(
    LoanTerms Terms, AccountRules Rules, Payment[] Payments, Pause[] Pauses, DateOnly? WrittenOffOn, DateOnly AsOf)
{
    private static readonly DateOnly Start = new(2024, 2, 27);

    private static readonly Gen<Waterfall> Waterfalls =
        from order in Gen.Shuffle(Enum.GetValues<Component>())
        from named in Gen.Choose(1, 4)
        from direction in Gen.Elements(Enum.GetValues<AllocationDirection>())
        select new Waterfall { Order = order[..named], Direction = direction };

    private static readonly Gen<WaterfallException> Exceptions =
        from days in Gen.Elements<int?>(null, 1, 30, 90)
        from afterWriteOff in Gen.Elements(true, false)
        from waterfall in Waterfalls
        select new WaterfallException { MinDaysPastDue = days, AfterWriteOff = afterWriteOff, Waterfall = waterfall };

    private static readonly Gen<AccountRules> AnyRules =
        from waterfall in Waterfalls
        from exceptions in Exceptions.ArrayOf()
        from penaltyBase in Gen.Elements(Enum.GetValues<PenaltyBase>())
        from daysInYear in Gen.Elements(360, 365)
        from rebate in Gen.Elements(true, false)
        select new AccountRules
        {
            Waterfall = waterfall,
            Exceptions = exceptions,
            PenaltyBase = penaltyBase,
            PenaltyDaysInYear = daysInYear,
            RebateUnearnedInterest = rebate,
        };

    private static readonly Gen<(int Principal, int Interest, int Fees, int Gap)> Amounts =
        from principal in Gen.Frequency((9, Gen.Choose(1, 50_000)), (1, Gen.Constant(0)))
        from interest in Gen.Choose(0, 5_000)
        from fees in Gen.Frequency((1, Gen.Choose(1, 2_000)), (2, Gen.Constant(0)))
        from gap in Gen.Frequency((9, Gen.Choose(1, 45)), (1, Gen.Constant(0)))
        select (principal, interest, fees, gap);

    private static readonly Gen<Pause> AnyPause =
        from day in Gen.Choose(-60, 300)
        from length in Gen.Frequency((8, Gen.Choose(0, 60)), (1, Gen.Choose(-5, 0)), (1, Gen.Constant(int.MaxValue)))
        select new Pause(Start.AddDays(day), length == int.MaxValue ? DateOnly.MaxValue : Start.AddDays(day + length));

    private static readonly Gen<(int Amount, int Day, int Minute)> Receipts =
        from amount in Gen.Frequency((6, Gen.Choose(1, 20_000)), (1, Gen.Choose(1, 300_000)))
        from day in Gen.Choose(-30, 250)
        from minute in Gen.Choose(0, 2)
        select (amount, day, minute);

    private static readonly Gen<LoanScenario> Any =
        from currency in Gen.Elements("USD", "CNY", "JPY")
        from penalty in Gen.Elements(0m, 0.18m, 0.24m, 0.365m, 3m)
        from amounts in Gen.NonEmptyListOf(Amounts).Resize(8)
        from receipts in Receipts.ArrayOf().Resize(10)
        from rules in AnyRules.Resize(2)
        from pauses in AnyPause.ArrayOf().Resize(4)
        from writtenOff in Gen.Elements<int?>(null, null, 40, 120)
        from asOf in Gen.Choose(-20, 300)
        select new LoanScenario(
            ALoan.Of(penalty, currency, Schedule(amounts, Currency.Parse(currency))),
            rules,
            Paid(receipts, Currency.Parse(currency)),
            pauses,
            writtenOff is { } day ? Start.AddDays(day) : null,
            Start.AddDays(asOf));

    /// <summary>Shrinks by leaving out payments, pauses, exceptions and the last instalment.</summary>
    public static Arbitrary<LoanScenario> Arbitrary { get; } = Arb.From(Any, Smaller);

    public static void Check(int tests, Action<LoanScenario> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(tests), Prop.ForAll(Arbitrary, holds));

    public AccountPosition Position() => Position(AsOf, Payments);

    public AccountPosition Position(DateOnly asOf, params Payment[] payments) =>
        LoanAccount.Position(Terms, Rules, payments, Pauses, WrittenOffOn, asOf);

    public Payoff Payoff() => LoanAccount.Payoff(Terms, Rules, Payments, Pauses, WrittenOffOn, AsOf);

    public LoanScenario WithDirection(AllocationDirection direction) => this with
    {
        Rules = Rules with
        {
            Waterfall = Rules.Waterfall with { Direction = direction },
            Exceptions = [.. Rules.Exceptions.Select(exception => exception with { Waterfall = exception.Waterfall with { Direction = direction } })],
        },
    };

    public override string ToString() => string.Join(
        Environment.NewLine,
        [
            $"{Terms.Currency}, penalty {Terms.PenaltyAnnualRate}/{Rules.PenaltyDaysInYear} on {Rules.PenaltyBase}, rebate {Rules.RebateUnearnedInterest}, written off {WrittenOffOn:O}, as of {AsOf:O}",
            Describe(Rules.Waterfall),
            .. Rules.Exceptions.Select(exception => $"from {exception.MinDaysPastDue}, after write-off {exception.AfterWriteOff}: {Describe(exception.Waterfall)}"),
            .. Terms.Instalments.Select(instalment => instalment.ToString()),
            .. Payments.Select(payment => payment.ToString()),
            .. Pauses.Select(pause => pause.ToString()),
        ]);

    private static string Describe(Waterfall waterfall) => $"{string.Join(", ", waterfall.Order)} {waterfall.Direction}";

    private static Instalment[] Schedule(IReadOnlyList<(int Principal, int Interest, int Fees, int Gap)> amounts, Currency currency)
    {
        var dueOn = Start;
        return [.. amounts.Select((amount, index) =>
        {
            dueOn = dueOn.AddDays(amount.Gap);
            return new Instalment(index + 1, dueOn, Money(amount.Principal, currency), Money(amount.Interest, currency), Money(amount.Fees, currency));
        })];
    }

    private static Payment[] Paid(IReadOnlyList<(int Amount, int Day, int Minute)> receipts, Currency currency) =>
        [.. receipts.Select((receipt, index) =>
        {
            var valueOn = Start.AddDays(receipt.Day);
            var at = new DateTimeOffset(valueOn, new TimeOnly(12, receipt.Minute), TimeSpan.Zero);
            return new Payment($"P-{index}", Money(receipt.Amount, currency), valueOn, at);
        })];

    private static decimal Money(int minorUnits, Currency currency) => currency.Decimals == 0 ? minorUnits : minorUnits / 100m;

    private static IEnumerable<LoanScenario> Smaller(LoanScenario scenario) =>
    [
        .. Without(scenario.Payments).Select(payments => scenario with { Payments = payments }),
        .. Without(scenario.Pauses).Select(pauses => scenario with { Pauses = pauses }),
        .. Without([.. scenario.Rules.Exceptions]).Select(exceptions => scenario with { Rules = scenario.Rules with { Exceptions = exceptions } }),
        .. Without([.. scenario.Terms.Instalments]).Where(instalments => instalments.Length > 0)
            .Select(instalments => scenario with { Terms = scenario.Terms with { Instalments = instalments } }),
    ];

    private static IEnumerable<T[]> Without<T>(T[] items) =>
        items.Select((_, index) => (T[])[.. items[..index], .. items[(index + 1)..]]);
}

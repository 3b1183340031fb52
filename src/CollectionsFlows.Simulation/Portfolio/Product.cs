using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Plans;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>The products of the generated portfolio. Sizes, terms and rates are assumptions of plausible loans, not measured.</summary>
internal static class Product
{
    public const string Instalment = "instalment";
    public const string Card = "card";
    public const string ShortTerm = "short-term";

    /// <summary>How many months of minimum payments a card's schedule holds.</summary>
    public const int CardMonths = 12;

    public static readonly IReadOnlyList<string> Names = [Instalment, Card, ShortTerm];

    /// <summary>How many of 100 loans are of each.</summary>
    public static readonly IReadOnlyList<int> Weights = [50, 32, 18];

    private const decimal CardMinimumShare = 0.05m;

    private static readonly IReadOnlyList<int> InstalmentCounts = [6, 9, 12, 18, 24];

    /// <summary>Penalty interest a year. China: half as much again as the contract's rate, the most its central bank allows (银发〔2003〕251号).</summary>
    public static decimal PenaltyRateOf(string product, Country country) => (product, country == Country.China) switch
    {
        (ShortTerm, true) => 0.216m,
        (_, true) => 0.18m,
        (Card, false) => 0.12m,
        (Instalment, false) => 0.10m,
        _ => 0m,
    };

    /// <summary>The credit limit, in the country's currency.</summary>
    public static decimal LimitOf(string product, Country country, SeededStream draw) => country.Scale * product switch
    {
        Instalment => draw.Between(20, 400),
        Card => draw.Between(40, 300),
        _ => draw.Between(6, 40),
    };

    public static IReadOnlyList<Instalment> ScheduleOf(string product, decimal limit, DateOnly firstDue, Country country, SeededStream draw)
    {
        var currency = Currency.Parse(country.Currency);
        switch (product)
        {
            case Instalment:
                var rate = draw.Between(16, country == Country.China ? 40 : 58) * 0.005m;
                return [.. Amortisation.Level(limit, rate, draw.OneOf(InstalmentCounts), firstDue.AddMonths(-1), firstDue, DayCount.Thirty360, currency)
                    .Select(row => new Instalment(row.Number, row.DueOn, row.Principal, row.Interest, 0m))];
            case Card:
                var balance = currency.Round(limit * draw.Between(20, 95) / 100m);
                return [.. MinimumPayments(balance, country == Country.China ? 0.1825m : 0.2199m, firstDue, country, currency)];
            default:
                return [new(1, firstDue, limit, currency.Round(limit * draw.Between(0, 3) / 100m), 0m)];
        }
    }

    /// <summary>A twentieth of what is owed, as half of the measured accounts pay, plus the month's interest; nothing new is bought. What stays is not due yet.</summary>
    private static IEnumerable<Instalment> MinimumPayments(decimal balance, decimal annualRate, DateOnly firstDue, Country country, Currency currency)
    {
        for (var number = 1; number <= CardMonths; number++)
        {
            var interest = currency.Round(balance * annualRate / 12m);
            var principal = Math.Max(currency.Round(balance * CardMinimumShare), country.Scale / 5m);
            balance -= principal;
            yield return new(number, firstDue.AddMonths(number - 1), principal, interest, 0m);
        }
    }
}

using System.Globalization;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Simulation.Portfolio;

/// <summary>Invents a portfolio: several jurisdictions, products and time zones. The same seed and options give the same loans, always.</summary>
/// <remarks>
/// Loans come one at a time and none is kept: 100 000 cost no more memory than one. Every person, number and address is plainly invented
/// (<see cref="Country"/>). Measured is only how many loans are behind at the takeover (<see cref="PaymentFigures.StartingStates"/>);
/// everything else is an assumption. What such a loan still owes from before is the first part of its schedule; what was paid is not in it.
/// </remarks>
public sealed class PortfolioGenerator(ulong seed)
{
    /// <summary>Columns after the contract's, in the order of the file.</summary>
    public static readonly IReadOnlyList<string> AttributeNames = ["creditScore", "monthlyIncome", "otherDebt", "limit"];

    private const double SecondLoan = 0.12;
    private const double NoPhone = 0.04;
    private const double NoEmail = 0.25;
    private const double PlacedWithCollector = 0.10;

    /// <summary>The loans, in order.</summary>
    /// <exception cref="ArgumentException">There is no such jurisdiction, or the number of loans is negative.</exception>
    public IEnumerable<ImportedLoan> Loans(PortfolioOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Loans);
        foreach (var unknown in options.Jurisdictions.Where(wanted => Market.All.All(market => market.Jurisdiction != wanted)))
            throw new ArgumentException($"no borrowers live in {unknown}: expected {string.Join(", ", Market.All.Select(market => market.Jurisdiction))}", nameof(options));
        return Invented(options);
    }

    private IEnumerable<ImportedLoan> Invented(PortfolioOptions options)
    {
        var markets = Market.All.Where(market => options.Jurisdictions.Count == 0 || options.Jurisdictions.Contains(market.Jurisdiction)).ToArray();
        var weights = markets.Select(market => market.Weight).ToArray();
        var borrowersOfZone = new Dictionary<(string, string), int>();
        Household? last = null;
        var borrowers = 0;
        var line = 2;
        for (var number = 1; number <= options.Loans; number++)
        {
            var loanId = string.Create(CultureInfo.InvariantCulture, $"L-{number:0000}");
            var draw = new SeededStream(seed, "loan", loanId);
            // Some borrowers have a second loan, none a third.
            if (last is { HasTwo: false } && draw.Happens(SecondLoan))
            {
                last = last with { HasTwo = true };
            }
            else
            {
                var market = markets[draw.Weighted(weights)];
                var zone = draw.OneOf(market.Zones);
                // Markets of one country share area codes with nobody, so that numbers are counted by market and zone.
                var inZone = borrowersOfZone.GetValueOrDefault((market.Jurisdiction, zone.Name));
                borrowersOfZone[(market.Jurisdiction, zone.Name)] = inZone + 1;
                last = BorrowerOf(++borrowers, market, zone, inZone, draw);
            }

            var terms = TermsOf(loanId, last, options, draw);
            yield return new ImportedLoan(terms, last.Details, line);
            line += terms.Instalments.Count;
        }
    }

    private static Household BorrowerOf(int number, Market market, Zone zone, int numberInZone, SeededStream draw)
    {
        var country = market.Country;
        var income = country.Scale * draw.Between(50, 300);
        var addresses = new List<BorrowerAddress>();
        // Drawn before use, so that what follows does not depend on them.
        var (noPhone, noEmail) = (draw.Happens(NoPhone), draw.Happens(NoEmail));
        if (!noPhone) addresses.Add(new("", Channel.Sms, country.PhoneOf(numberInZone, zone)));
        if (!noEmail) addresses.Add(new("", Channel.Email, string.Create(CultureInfo.InvariantCulture, $"b{number:0000}@example.com")));
        return new(
            string.Create(CultureInfo.InvariantCulture, $"B-{number:0000}"),
            new() { Name = country.NameOf(number), Language = country.Language, Addresses = addresses },
            market,
            zone,
            CreditScore: draw.Between(520, 820),
            MonthlyIncome: income,
            OtherDebt: income * draw.Between(0, 12) / 2);
    }

    private static LoanTerms TermsOf(string loanId, Household borrower, PortfolioOptions options, SeededStream draw)
    {
        var country = borrower.Market.Country;
        var product = Product.Names[draw.Weighted(Product.Weights)];
        var limit = Product.LimitOf(product, country, draw);
        var monthsBehind = draw.Weighted(PaymentFigures.Measured.StartingStates);
        // A collector is given what is overdue; only the United States' rules tell the two roles apart.
        var placed = draw.Happens(PlacedWithCollector) && country == Country.UnitedStates && product != Product.ShortTerm && options.SomeBegunBehind;
        if (placed) monthsBehind = Math.Max(1, monthsBehind);
        if (!options.SomeBegunBehind || product == Product.ShortTerm) monthsBehind = 0;
        return new()
        {
            LoanId = loanId,
            BorrowerId = borrower.Id,
            Product = product,
            CreditorRole = placed ? CreditorRole.Collector : CreditorRole.Creditor,
            Jurisdiction = borrower.Market.Jurisdiction,
            TimeZones = [borrower.Zone.Name],
            Currency = Currency.Parse(country.Currency),
            PenaltyAnnualRate = Product.PenaltyRateOf(product, country),
            Instalments = Product.ScheduleOf(product, limit, FirstDue(product, monthsBehind, options.From, draw), country, draw),
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [AttributeNames[0]] = Text(borrower.CreditScore),
                [AttributeNames[1]] = Text(borrower.MonthlyIncome),
                [AttributeNames[2]] = Text(borrower.OtherDebt),
                [AttributeNames[3]] = limit.ToString("0", CultureInfo.InvariantCulture),
            },
        };
    }

    /// <summary>Payments up to six days early are then after the takeover, and the due date a month before the first is before it, February included.</summary>
    private static DateOnly FirstDue(string product, int monthsBehind, DateOnly from, SeededStream draw) => product == Product.ShortTerm
        ? from.AddDays(draw.Between(7, 97))
        : from.AddDays(draw.Between(7, 27)).AddMonths(-monthsBehind);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A borrower while loans are handed out.</summary>
    private sealed record Household(
        string Id, BorrowerDetails Details, Market Market, Zone Zone, int CreditScore, int MonthlyIncome, int OtherDebt)
    {
        public bool HasTwo { get; init; }
    }
}

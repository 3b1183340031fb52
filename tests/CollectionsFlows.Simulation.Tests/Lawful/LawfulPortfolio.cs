using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Simulation.Portfolio;

namespace CollectionsFlows.Simulation.Tests.Lawful;

/// <summary>Loans of one country, some of one borrower, some borrowers with two plausible zones, and what happens to them in 180 days.</summary>
internal sealed record LawfulPortfolio(string Country, IReadOnlyList<ImportedLoan> Loans, IReadOnlyList<LawfulEvent> Events)
{
    public const int Days = 180;

    public static readonly DateOnly From = new(2026, 1, 5);

    public static readonly DateOnly Until = From.AddDays(Days - 1);

    private const double SameBorrower = 0.5;
    private const double Behind = 0.5;
    private const double TwoZones = 0.15;
    private const double OtherZone = 0.3;

    private static readonly Dictionary<string, (string[] Jurisdictions, string Currency, string[][] Zones)> Countries = new()
    {
        ["CN"] = (["CN"], "CNY", [["Asia/Shanghai"], ["Asia/Shanghai", "Asia/Urumqi"]]),
        ["US"] = (["US", "US-MA", "US-WA"], "USD", [[], ["America/New_York", "America/Los_Angeles"]]),
        ["GB"] = (["US"], "GBP", [["Europe/London"], ["Europe/London", "Europe/Lisbon"]]),
        ["IN"] = (["US"], "INR", [["Asia/Kolkata"], ["Asia/Kolkata", "Asia/Dubai"]]),
        ["AU"] = (["US"], "AUD", [["Australia/Sydney"], ["Australia/Perth", "Australia/Sydney"]]),
    };

    /// <summary>The same seed, the same portfolio.</summary>
    public static LawfulPortfolio Of(string country, int loans, ulong seed)
    {
        var draw = new SeededStream(seed, "lawful", country);
        var places = Countries[country].Jurisdictions;
        var invented = places.SelectMany(place => new PortfolioGenerator(seed)
            .Loans(new PortfolioOptions { Loans = loans / places.Length, From = From, Jurisdictions = [place] })
            .Select(loan => loan with { Terms = loan.Terms with { LoanId = $"{place}-{loan.Terms.LoanId}" } }));
        var portfolio = new List<ImportedLoan>();
        foreach (var loan in invented)
            portfolio.Add(Placed(loan, country, portfolio.Count > 0 && draw.Happens(SameBorrower) && (country != "US" || portfolio[^1].Terms.Jurisdiction == loan.Terms.Jurisdiction) ? portfolio[^1] : null, draw));
        var behaviour = DemoPortfolio.Behaviour(seed);
        var lived = portfolio.SelectMany(loan => behaviour.EventsOf(loan, From, Until)).Select(happened => new LawfulEvent(happened.ToJsonElement()));
        var siblings = portfolio.GroupBy(loan => loan.Terms.BorrowerId).ToDictionary(group => group.Key, group => group.Select(loan => loan.Terms.LoanId).ToList());
        var stories = portfolio.SelectMany(loan => new LawfulStories(loan, siblings[loan.Terms.BorrowerId], country, new SeededStream(seed, "words", loan.Terms.LoanId)).Told());
        return new(country, portfolio, [.. lived.Concat(stories).OrderBy(happened => happened.At)]);
    }

    // The generator knows China and the United States; the other countries' loans are American ones that moved. All American debts are placed with a collector.
    private static ImportedLoan Placed(ImportedLoan loan, string country, ImportedLoan? housemate, SeededStream draw)
    {
        var (_, currency, zones) = Countries[country];
        var isCommon = country is "CN" or "US";
        var pair = draw.Happens(TwoZones) && !(country == "US" && loan.Terms.Jurisdiction != "US");
        var ownZones = pair ? zones[1] : zones[0].Length > 0 ? zones[0] : loan.Terms.TimeZones;
        // One borrower, one law; but now and then another loan of the borrower says another zone, and then each is plausible.
        return loan with
        {
            Borrower = housemate?.Borrower ?? loan.Borrower,
            Terms = loan.Terms with
            {
                LoanId = country == "US" ? loan.Terms.LoanId : $"{country}-{loan.Terms.LoanId}",
                BorrowerId = housemate?.Terms.BorrowerId ?? $"B-{country}-{loan.Terms.LoanId}",
                Jurisdiction = housemate?.Terms.Jurisdiction ?? (isCommon ? loan.Terms.Jurisdiction : country),
                TimeZones = housemate is not null && !draw.Happens(OtherZone) ? housemate.Terms.TimeZones : ownZones,
                Currency = Currency.Parse(currency),
                Instalments = draw.Happens(Behind) ? [.. loan.Terms.Instalments.Select(due => due with { DueOn = due.DueOn.AddDays(-40) })] : loan.Terms.Instalments,
                CreditorRole = country == "US" ? CreditorRole.Collector : CreditorRole.Creditor,
            },
        };
    }
}

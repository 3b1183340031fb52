using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Simulation.Portfolio;
using CollectionsFlows.Simulation.Replay;

namespace CollectionsFlows.Simulation.Tests.Replay;

/// <summary>A directory for a replay, and the inputs of one.</summary>
internal sealed class ReplayFixture : IDisposable
{
    public static readonly string[] Files = ["cases.csv", "contacts.csv", "journal.ndjson"];

    private static readonly PolicyCatalogue Catalogue = PolicyCatalogue.Shipped();
    private readonly List<ReplayEventsFile> opened = [];

    public string Root { get; } = Directory.CreateTempSubdirectory("replay-tests-").FullName;

    public string Out => Path.Combine(Root, "out");

    /// <summary>A loan of one instalment of 1 000 due on 2026-03-10.</summary>
    public static ImportedLoan Loan(string loanId, string borrowerId, string zone = "America/New_York") => new(
        new LoanTerms
        {
            LoanId = loanId, BorrowerId = borrowerId, Product = "personal", CreditorRole = CreditorRole.Creditor, Jurisdiction = "US", TimeZones = [zone],
            Currency = Currency.Parse("USD"), PenaltyAnnualRate = 0m, Instalments = [new Instalment(1, new(2026, 3, 10), 1000m, 0m, 0m)],
        },
        new BorrowerDetails { Name = "Sample Borrower", Language = "en-US", Addresses = [new("", Channel.Email, "sample@example.com")] },
        2);

    public static string Payment(string eventId, string loanId, string at, string paymentId, string amount) =>
        $$$"""{"id":"{{{eventId}}}","at":"{{{at}}}","loanId":"{{{loanId}}}","type":"payment.posted","data":{"paymentId":"{{{paymentId}}}","amount":{{{amount}}},"currency":"USD"}}""";

    /// <summary>March 2026 with the shipped creditor's policy.</summary>
    public ReplayRequest March(IReadOnlyList<ImportedLoan> loans, params string[] events) => new()
    {
        Loans = loans,
        Events = Open(events),
        PolicyOf = terms => Catalogue.Find(ShippedPolicies.PolicyOf(terms))!.Policy,
        From = new(2026, 3, 1),
        Until = new(2026, 3, 31),
        Templates = Catalogue.Templates,
        Lender = new("Example Lender", "+1 202 555 0100", "https://pay.example.com") { MailingAddress = "100 Example Street, Anytown" },
        Packs = PackCatalogue.Shipped().Packs,
        AddressSecret = new byte[32],
    };

    /// <summary>A generated portfolio and what its borrowers do.</summary>
    public ReplayRequest Generated(int loans, int months)
    {
        var portfolio = DemoPortfolio.Create(7, new PortfolioOptions { Loans = loans }, months);
        return March(portfolio.Loans, [.. portfolio.Events.Select(happened => happened.Json)]) with { From = portfolio.From, Until = portfolio.Until };
    }

    public async Task<(ReplaySummary Summary, string[] Contents)> RunAsync(ReplayRequest request)
    {
        var summary = await ReplayRun.ExecuteAsync(request, Out);
        return (summary, [.. Files.Select(name => File.ReadAllText(Path.Combine(Out, name)))]);
    }

    /// <summary>The fields of a loan's row of <c>cases.csv</c>.</summary>
    public string[] CaseOf(string loanId) =>
        File.ReadLines(Path.Combine(Out, "cases.csv")).Select(line => line.Split(',')).Single(fields => fields[0] == loanId);

    /// <summary>The journal's lines of a loan with a type of fact.</summary>
    public string[] FactsOf(string loanId, string type) =>
        [.. File.ReadLines(Path.Combine(Out, "journal.ndjson")).Where(line => line.Contains($"\"loanId\":\"{loanId}\"", StringComparison.Ordinal) && line.Contains($"\"type\":\"{type}\"", StringComparison.Ordinal))];

    public void Dispose()
    {
        opened.ForEach(file => file.Dispose());
        Directory.Delete(Root, recursive: true);
    }

    private ReplayEventsFile Open(string[] lines)
    {
        var path = Path.Combine(Root, $"events-{opened.Count}.ndjson");
        File.WriteAllLines(path, lines);
        var file = ReplayEventsFile.Open(path, out var errors);
        Assert.Empty(errors);
        opened.Add(file!);
        return file!;
    }
}

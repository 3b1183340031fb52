using System.Globalization;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Application.Tests.Contact;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Simulation.Portfolio;
using CollectionsFlows.Simulation.Replay;
using CollectionsFlows.Simulation.Stores;

namespace CollectionsFlows.Simulation.Tests.Lawful;

/// <summary>A row of <c>contacts.csv</c>.</summary>
internal sealed record TriedContact(DateTimeOffset At, string LoanId, Channel? Channel, string Template, string Verdict, string Rule, DateTimeOffset? Until);

/// <summary>A portfolio that went through the real engine in virtual time; what it sent is judged here by the naive checker.</summary>
internal sealed class LawfulRun
{
    private static readonly PolicyCatalogue Catalogue = PolicyCatalogue.Shipped();

    // Help and reminders of what was promised; everything else a ladder says demands.
    private static readonly string[] Care = ["promise-reminder", "collector-promise-reminder", "plan-missed", "collector-plan-missed"];

    private static readonly HashSet<string> OfLadders =
        [.. Catalogue.All().SelectMany(entry => Catalogue.Find(entry.Policy.Name)!.Policy.Steps).Select(step => step.Do.Notify?.Template).OfType<string>()];

    private readonly LawfulPortfolio portfolio;
    private readonly Dictionary<string, LoanTerms> terms;
    private readonly Dictionary<string, IndependentLedger> ledgers = [];
    private readonly Dictionary<string, IReadOnlyList<string>> zones;
    private readonly Dictionary<string, BorrowerDetails> borrowers = [];

    private LawfulRun(LawfulPortfolio portfolio)
    {
        this.portfolio = portfolio;
        terms = portfolio.Loans.ToDictionary(loan => loan.Terms.LoanId, loan => loan.Terms);
        // Clocks are the borrower's: whatever any loan says is plausible.
        zones = portfolio.Loans.GroupBy(loan => loan.Terms.BorrowerId).ToDictionary(
            household => household.Key, IReadOnlyList<string> (household) => [.. household.SelectMany(loan => loan.Terms.TimeZones).Distinct()]);
    }

    public string Country => portfolio.Country;

    public IReadOnlyList<SentMessage> Sent { get; private set; } = [];

    public IReadOnlyList<TriedContact> Tried { get; private set; } = [];

    public static async Task<LawfulRun> OfAsync(LawfulPortfolio portfolio, IReadOnlyList<JurisdictionPack> packs)
    {
        var run = new LawfulRun(portfolio);
        var store = new InMemoryStore();
        var directory = Directory.CreateTempSubdirectory("lawful-").FullName;
        try
        {
            await ReplayRun.ExecuteAsync(run.Request(store, packs), directory);
            run.Tried = [.. File.ReadLines(Path.Combine(directory, "contacts.csv")).Skip(1).Select(Row)];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        await run.ReadAsync(store);
        return run;
    }

    /// <summary>The rules that forbade a message when it left, by the rules alone; none when it was lawful.</summary>
    public IReadOnlyList<string> Broken(SentMessage message) =>
        Checker(message.Stored.LoanId, message.Stored.Channel, message.Purpose, message.Address, message.TextSha256, message.At, message).Blocking(message.At);

    /// <summary>A checker for what was tried and not sent; its wording is not known.</summary>
    public NaiveChecker Checker(TriedContact tried)
    {
        var first = Sent.FirstOrDefault(message => message.At == tried.At && string.CompareOrdinal(message.Stored.LoanId, tried.LoanId) >= 0);
        var address = borrowers[terms[tried.LoanId].BorrowerId].Addresses.FirstOrDefault(known => known.Channel == tried.Channel)?.Value;
        return Checker(tried.LoanId, tried.Channel!.Value, PurposeOf(tried.Template, null), address, null, tried.At, first);
    }

    private NaiveChecker Checker(string loanId, Channel channel, Purpose purpose, string? address, string? text, DateTimeOffset at, SentMessage? before)
    {
        var loan = terms[loanId];
        var ledger = ledgers[loan.BorrowerId];
        var request = new ContactRequest
        {
            Channel = channel, Purpose = purpose, Jurisdiction = loan.Jurisdiction, CreditorRole = loan.CreditorRole, DebtId = loanId, Address = address,
            TimeZones = zones[loan.BorrowerId], HouseRules = true, TextSha256 = text, IsAnswer = purpose == Purpose.Confirmation ? null : false,
        };
        return new NaiveChecker(request, ledger.History(at, before), ledger.Profile(at));
    }

    private ReplayRequest Request(InMemoryStore store, IReadOnlyList<JurisdictionPack> packs) => new()
    {
        Loans = portfolio.Loans,
        Events = new Told(portfolio.Events),
        PolicyOf = loan => Catalogue.Find(Country is "CN" or "US" ? ShippedPolicies.PolicyOf(loan) : $"{Country.ToLowerInvariant()}-consumer")!.Policy,
        From = LawfulPortfolio.From,
        Until = LawfulPortfolio.Until,
        Templates = Catalogue.Templates,
        Lender = new("Example Lender", "+1 202 555 0100", "https://pay.example.com") { MailingAddress = "100 Example Street, Anytown" },
        Packs = packs,
        AddressSecret = new byte[32],
        OpenStore = _ => new(new ReplayStore(store, store, store, new InMemoryEvidenceArchive(store), Owner: null)),
    };

    private async Task ReadAsync(InMemoryStore store)
    {
        var all = new List<SentMessage>();
        foreach (var household in portfolio.Loans.GroupBy(loan => loan.Terms.BorrowerId))
        {
            var messages = await store.MessagesAsync(household.Key, null);
            var sent = messages.Select(message => new SentMessage(message, PurposeOf(message.Template, message.Attempt!.Judged!.Request.Purpose)))
                .OrderBy(message => message.At).ThenBy(message => message.Stored.LoanId, StringComparer.Ordinal).ThenBy(Sequence).ToList();
            var loans = household.Select(loan => loan.Terms.LoanId).ToHashSet();
            borrowers[household.Key] = household.First().Borrower;
            ledgers[household.Key] = new([.. portfolio.Events.Where(happened => loans.Contains(happened.LoanId))], sent, household.First().Borrower, household.First().Terms.TimeZones[0]);
            all.AddRange(sent);
        }

        Sent = all;
    }

    private static int Sequence(SentMessage message) => int.Parse(message.Stored.CommandId[(message.Stored.CommandId.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);

    // What a ladder sends is judged by its name; only what no ladder sends may call itself a notice or a confirmation.
    private static Purpose PurposeOf(string template, Purpose? said) =>
        template.StartsWith("care-", StringComparison.Ordinal) || Care.Contains(template) ? Purpose.Care
        : said is Purpose.Notice or Purpose.Confirmation && !OfLadders.Contains(template) ? said.Value
        : Purpose.Collect;

    private static TriedContact Row(string line)
    {
        var fields = line.Split(',');
        return new(
            LawfulEvent.Instant(fields[0]), fields[2], fields[4].Length == 0 ? null : Enum.Parse<Channel>(fields[4], ignoreCase: true), fields[5], fields[6], fields[7],
            fields[8].Length == 0 ? null : LawfulEvent.Instant(fields[8]));
    }

    private sealed class Told : IReplayEvents
    {
        private readonly ILookup<string, OutsideEvent> events;

        public Told(IReadOnlyList<LawfulEvent> told) => events = told.Select(Read).ToLookup(happened => happened.LoanId);

        public IEnumerable<string> LoanIds => events.Select(loan => loan.Key);

        public IReadOnlyList<OutsideEvent> Of(string loanId) => [.. events[loanId].OrderBy(happened => happened.At)];

        private static OutsideEvent Read(LawfulEvent told) => EventReader.Read(told.Json, id: null, out var errors)
            ?? throw new InvalidDataException($"{told.Json}: {string.Join("; ", errors.Select(error => error.ToString()))}");
    }
}

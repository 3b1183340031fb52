using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Tests.Contact;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Simulation.Tests.Stores;

namespace CollectionsFlows.Simulation.Tests.Lawful;

/// <summary>
/// Ten loans of one borrower dispatched at once, each command twice: never more contacts than the rules allow, each message once, and the naive
/// checker accepts the ledger in its order. Each host's tests run it on their own store. A failure names its seed.
/// </summary>
public abstract class ConcurrentDispatch
{
    private const int Loans = 10;

    protected abstract Task<StoreUnderTest> OpenAsync();

    /// <summary>How many different seeds a store is given.</summary>
    protected virtual int Seeds => 20;

    // Tuesday 3 March 2026, mid-day in each place.
    private static readonly DateTimeOffset Noon = new(2026, 3, 3, 19, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset ChineseNoon = new(2026, 3, 3, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public Task in_washington_three_of_ten_go_out() => ForEachSeedAsync(Noon, async (desk, carrier, borrower, seed) =>
    {
        var states = await EnrolAsync(desk, borrower, "US-WA", "America/Los_Angeles", "us-collector", Loans);
        var attempts = await TwiceAtOnceAsync(seed, states.Select((state, number) => Sending(desk, state, $"{state.Terms.LoanId}:{100 + number}", "collector-reminder")));

        var ledger = await LawfulLedgerAsync(desk, borrower, states[0].Terms, carrier, seed);
        Assert.True(ledger.Count == 3, $"seed {seed}: {ledger.Count} messages");
        Assert.Equal(7, attempts.Where(attempt => attempt.Result == ContactResult.Deferred).Select(attempt => attempt.CommandId).Distinct().Count());
    });

    [Fact]
    public Task in_massachusetts_two_of_ten_about_one_loan_go_out() => ForEachSeedAsync(Noon, async (desk, carrier, borrower, seed) =>
    {
        var states = await EnrolAsync(desk, borrower, "US-MA", "America/New_York", "us-collector", 1);
        await TwiceAtOnceAsync(seed, Enumerable.Range(100, 10).Select(number => Sending(desk, states[0], $"{states[0].Terms.LoanId}:{number}", "collector-reminder")));
        var ledger = await LawfulLedgerAsync(desk, borrower, states[0].Terms, carrier, seed);
        Assert.True(ledger.Count == 2, $"seed {seed}: {ledger.Count} messages");
    });

    [Fact]
    public Task in_china_no_text_follows_itself_and_every_call_of_every_agency_is_in_the_ledger_once() => ForEachSeedAsync(ChineseNoon, async (desk, carrier, borrower, seed) =>
    {
        var states = await EnrolAsync(desk, borrower, "CN", "Asia/Shanghai", "cn-consumer", Loans);
        var calls = Enumerable.Range(0, 12).Select(number => LawfulEvent.Of(
            $"call-{borrower}-{number}", new(2026, 3, 3, 1, number, 0, TimeSpan.Zero), states[number % Loans].Terms.LoanId, "contact.reported",
            """{"channel":"phone","direction":"outbound","outcome":"conversation","by":"Agency Invented"}"""));
        IEnumerable<Func<Task<ContactAttempt?>>> reporting = calls.Select<LawfulEvent, Func<Task<ContactAttempt?>>>(call => async () =>
        {
            await desk.ReportAsync(call);
            return null;
        });
        await TwiceAtOnceAsync(seed, [.. states.Select((state, number) => Sending(desk, state, $"{state.Terms.LoanId}:{100 + number}", "friendly-reminder")), .. reporting]);

        var ledger = await LawfulLedgerAsync(desk, borrower, states[0].Terms, carrier, seed);
        Assert.Equal(Loans, ledger.Count(entry => entry.Contact.Channel == Channel.Sms));
        Assert.Equal(12, ledger.Count(entry => entry.Contact.Channel == Channel.Phone));
        Assert.True(await IsClosedAfterThreeCallsAsync(desk, borrower, states[0].Terms));
    });

    private async Task ForEachSeedAsync(DateTimeOffset start, Func<ConcurrentDesk, VagueCarrier, string, int, Task> story)
    {
        await using var store = await OpenAsync();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var carrier = new VagueCarrier(new Random(seed));
            var desk = new ConcurrentDesk(store, start, [carrier]);
            await story(desk, carrier, $"B-{seed}", seed);
        }
    }

    private static async Task<List<CaseState>> EnrolAsync(ConcurrentDesk desk, string borrower, string jurisdiction, string zone, string policy, int loans)
    {
        var states = new List<CaseState>();
        for (var number = 0; number < loans; number++)
            states.Add(await desk.EnrolAsync(ConcurrentDesk.Terms($"{borrower}-L{number}", borrower, jurisdiction, zone), policy));
        await desk.ReportAsync(LawfulEvent.Of($"consent-{borrower}", new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero), states[0].Terms.LoanId, "consent.granted", """{"channel":"sms"}"""));
        return states;
    }

    private static Func<Task<ContactAttempt?>> Sending(ConcurrentDesk desk, CaseState state, string commandId, string template) =>
        async () => await desk.SendAsync(state, commandId, template);

    /// <summary>Everything twice, in an order of the seed's, all at once.</summary>
    private static async Task<List<ContactAttempt>> TwiceAtOnceAsync(int seed, IEnumerable<Func<Task<ContactAttempt?>>> work)
    {
        var all = work.SelectMany(one => new[] { one, one }).ToArray();
        new Random(seed).Shuffle(all);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = all.Select(one => Task.Run(async () =>
        {
            await go.Task;
            return await one();
        })).ToList();
        go.SetResult();
        return [.. (await Task.WhenAll(running)).OfType<ContactAttempt>()];
    }

    /// <summary>The ledger in its order, after each of its messages was found lawful where it stands, stored and handed over once.</summary>
    private static async Task<IReadOnlyList<LedgerEntry>> LawfulLedgerAsync(ConcurrentDesk desk, string borrowerId, LoanTerms terms, VagueCarrier carrier, int seed)
    {
        var borrower = await desk.BorrowerAsync(borrowerId);
        var messages = (await desk.MessagesAsync(borrowerId)).Select(message => message.CommandId).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(messages, carrier.Given.Order(StringComparer.Ordinal));
        var ledger = borrower.Ledger.OrderBy(entry => entry.Contact.At).ToList();
        Assert.Equal(messages, ledger.Where(entry => entry.Contact.Channel == Channel.Sms).Select(entry => entry.Id).Order(StringComparer.Ordinal));
        for (var i = 0; i < ledger.Count; i++)
            if (ledger[i].Contact is { Channel: Channel.Sms } sent)
                Assert.True(Checker(terms, borrower, [.. ledger.Take(i).Select(entry => entry.Contact)], sent).Blocking(sent.At) is [], $"seed {seed}: entry {i}, {ledger[i]}");
        return ledger;
    }

    private static NaiveChecker Checker(LoanTerms terms, BorrowerRecord borrower, IReadOnlyList<PastContact> history, PastContact contact) => new(
        new ContactRequest
        {
            Channel = contact.Channel, Jurisdiction = terms.Jurisdiction, CreditorRole = terms.CreditorRole, DebtId = contact.DebtIds[0], Address = contact.Address,
            TimeZones = terms.TimeZones, HouseRules = true, TextSha256 = contact.TextSha256,
        },
        history,
        borrower.Profile);

    private static async Task<bool> IsClosedAfterThreeCallsAsync(ConcurrentDesk desk, string borrowerId, LoanTerms terms)
    {
        var borrower = await desk.BorrowerAsync(borrowerId);
        var call = new PastContact(new(2026, 3, 3, 8, 0, 0, TimeSpan.Zero), Channel.Phone, Direction.Outbound, ContactOutcome.Unknown, [terms.LoanId]);
        return Checker(terms, borrower, [.. borrower.Ledger.Select(entry => entry.Contact)], call).Blocking(call.At).Contains("CN-CALLS-3");
    }
}

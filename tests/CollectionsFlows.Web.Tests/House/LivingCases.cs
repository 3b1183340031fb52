using System.Globalization;
using System.Text.Json;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Simulation.Stores;

namespace CollectionsFlows.Web.Tests.House;

/// <summary>Runs real cases in a host's store: shipped policies, templates and packs, the real engine, an outbox. Its clock is the host's case time.</summary>
public sealed class LivingCases(RunningHost host) : IDoorbell
{
    private readonly AddressKeys keys = new(new byte[32]);
    private int events;

    public static PolicyCatalogue Policies { get; } = PolicyCatalogue.Shipped();

    public static LenderProfile Lender { get; } = new("Example Lending", "400-555-0100", "https://pay.example.test/loan");

    public static NotificationDraft Drafts { get; } = new(Policies, Policies.Templates, Lender, PackCatalogue.Shipped().Packs);

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    /// <summary>A loan of one instalment over 1,000 with a mobile number, enrolled at an instant.</summary>
    public async Task EnrolAsync(string loanId, string now, string dueOn, Func<LoanTerms, LoanTerms>? with = null, string policy = "first-days", bool isReachable = true)
    {
        host.CaseTime.Now = At(now);
        var terms = SampleCases.Terms(loanId) with { BorrowerId = $"B-{loanId}", Instalments = [new(1, DateOnly.Parse(dueOn, CultureInfo.InvariantCulture), 1000m, 0m, 0m)] };
        terms = with?.Invoke(terms) ?? terms;
        var number = $"+1202555{100 + (events % 100):D4}";
        var details = new BorrowerDetails
        {
            Name = "Pat Example", Language = "en-US", Addresses = isReachable ? [new(keys.KeyOf(Channel.Sms, number), Channel.Sms, number, Place.Mobile)] : [],
        };
        var enrolled = new CaseEvent.LoanEnrolled(terms, new PolicyReference(policy, Policies.Find(policy)!.Policy.Version), isReachable ? [Channel.Sms] : []);
        var item = new InboxItem(loanId, new CaseInput($"enrol:{loanId}", host.CaseTime.Now, enrolled), host.CaseTime.Now, loanId);
        await host.Store.EnrolAsync([new Enrolment(item, details) { BorrowerId = terms.BorrowerId }], partial: false);
        await RunAsync(loanId);
    }

    /// <summary>An event of the contract, now; <paramref name="data"/> is its JSON.</summary>
    public async Task HappensAsync(string loanId, string type, string data)
    {
        var json = $$"""{"id":"evt-{{loanId}}-{{++events}}","at":"{{host.CaseTime.Now:O}}","loanId":"{{loanId}}","type":"{{type}}","data":{{data}}}""";
        var read = EventReader.Read(JsonElement.Parse(json), null, out var errors);
        Assert.True(read is not null, string.Join("; ", errors.Select(error => error.ToString())));
        Assert.Equal(InboxResult.Stored, await new EventIntake(host.Store, host.Store, this, keys, host.CaseTime).AcceptAsync(read, by: null, reason: null));
        await RunAsync(loanId);
    }

    /// <summary>Lets time pass, waking the case whenever it wants, up to an instant and not at it.</summary>
    public async Task UntilAsync(string loanId, string instant)
    {
        var until = At(instant);
        while ((await host.Store.LoadAsync(loanId)).NextWake is { } wake && wake < until)
        {
            host.CaseTime.Now = wake > host.CaseTime.Now ? wake : host.CaseTime.Now;
            await RunAsync(loanId);
        }

        host.CaseTime.Now = until;
    }

    public async Task RunAsync(string loanId)
    {
        var sender = new NotificationSender(host.Store, Drafts, Outbox.All, host.CaseTime);
        var dossiers = new DossierAssembler(host.Store, host.Store, new InMemoryEvidenceArchive(host.Store), Policies, Lender, host.CaseTime);
        await new CaseRunner(new CaseEngine(host.Store, Policies, host.CaseTime), new CommandRunner(sender, dossiers, host.CaseTime), host.Store, host.CaseTime).RunAsync(loanId);
    }

    ValueTask IDoorbell.RingAsync(string loanId, CancellationToken cancellation) => ValueTask.CompletedTask;
}

using System.Text.Json;
using Azure.Communication.Sms;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Evidence;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Policies;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Contact.Messages;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Core.Policies;
using CollectionsFlows.Functions.Messaging;
using CollectionsFlows.Simulation.Stores;
using CollectionsFlows.Simulation.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace CollectionsFlows.Functions.Tests.Messaging;

/// <summary>A whole case whose texts go to the provider over HTTP: what the provider says ends up on record, and nothing is sent twice.</summary>
public sealed class TextStories : IDoorbell
{
    private static readonly PolicyCatalogue Policies = PolicyCatalogue.Shipped();
    private static readonly LenderProfile Lender = new("Example Lending", "400-555-0100", "https://pay.example.test/loan") { MailingAddress = "100 Example Street, Anytown" };

    private readonly InMemoryStore store = new();
    private readonly AddressKeys keys = new(new byte[32]);
    private readonly VirtualTime time = new(new DateTimeOffset(2026, 4, 1, 16, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task a_text_the_provider_has_no_room_for_goes_out_later_once_and_its_report_finds_it_by_the_tag()
    {
        var asked = 0;
        await using var provider = await ProviderStandIn.StartAsync(context =>
            (++asked <= 2 ? ProviderStandIn.Refuses(429, retryAfter: "120") : ProviderStandIn.Results(202, successful: true))(context));
        var runner = await EnrolAsync(provider);
        await UntilAsync(runner, () => asked == 3);

        Assert.Equal([ContactResult.Deferred, ContactResult.Deferred, ContactResult.Sent], (await AttemptsAsync()).Select(attempt => attempt.Result));
        Assert.All((await AttemptsAsync()).Take(2), attempt => Assert.Equal(TimeSpan.FromSeconds(120), attempt.Until - attempt.Judged!.Now));
        var tags = provider.Received.Select(request => request.Body.GetProperty("smsSendOptions").GetProperty("tag").GetString()!).Distinct().ToList();
        var message = (await store.MessageAsync("B-1", Assert.Single(tags)))!;
        Assert.Equal(MessageStatus.Sent, message.Status);
        Assert.Equal(message.Text, provider.Received[^1].Body.GetProperty("message").GetString());

        await ReportAsync(runner, tags[0], "delivered");
        Assert.Equal(MessageStatus.Delivered, (await store.MessageAsync("B-1", tags[0]))!.Status);
        await AssertProvenAsync();
    }

    [Fact]
    public async Task a_text_whose_answer_was_lost_is_not_sent_again_and_its_report_settles_it()
    {
        await using var provider = await ProviderStandIn.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        var runner = await EnrolAsync(provider);
        await UntilAsync(runner, () => provider.Received.Count > 0);
        await runner.RunAsync("L-1");

        var tag = Assert.Single(provider.Received).Body.GetProperty("smsSendOptions").GetProperty("tag").GetString()!;
        Assert.Equal(ContactResult.Unknown, Assert.Single(await AttemptsAsync()).Result);
        Assert.Equal(ContactOutcome.Unknown, Ledger(await store.LoadBorrowerAsync("B-1")).Outcome);
        await ReportAsync(runner, tag, "failed");
        Assert.Equal(ContactOutcome.Failed, Ledger(await store.LoadBorrowerAsync("B-1")).Outcome);
        await AssertProvenAsync();
    }

    [Fact]
    public async Task a_demand_the_provider_refuses_for_a_passing_reason_goes_out_hours_later_under_another_tag()
    {
        var asked = 0;
        await using var provider = await ProviderStandIn.StartAsync(context =>
            (++asked == 2 ? ProviderStandIn.Results(400, successful: false, "4006: the destination cannot be reached") : ProviderStandIn.Results(202, successful: true))(context));
        var runner = await EnrolAsync(provider); // The first text is care, before the due date; the second is the reminder.
        await UntilAsync(runner, () => asked == 3);

        var attempts = await AttemptsAsync();
        Assert.Equal([ContactResult.Sent, ContactResult.Failed, ContactResult.Sent], attempts.Select(attempt => attempt.Result));
        Assert.Equal(("4006", attempts[1].Template), (attempts[1].Code, attempts[2].Template));
        Assert.Equal(TimeSpan.FromHours(4), attempts[2].Judged!.Now - attempts[1].Judged!.Now);
        var tags = provider.Received.Select(request => request.Body.GetProperty("smsSendOptions").GetProperty("tag").GetString()!).ToList();
        Assert.Equal(attempts.Select(attempt => attempt.CommandId), tags);
        Assert.Equal(3, tags.Distinct().Count());
        await AssertProvenAsync();
    }

    ValueTask IDoorbell.RingAsync(string loanId, CancellationToken cancellation) => ValueTask.CompletedTask;

    private static PastContact Ledger(BorrowerRecord? borrower) => borrower!.Ledger.Single().Contact;

    private async Task<CaseRunner> EnrolAsync(ProviderStandIn provider)
    {
        var settings = new SmsSettings { Endpoint = provider.Address, From = "+18005550100", MessagesPerSecond = 100 };
        var channel = new AcsSmsChannel(new SmsClient(provider.ConnectionString, AcsSmsChannel.Options(settings)), settings, TimeProvider.System, NullLogger<AcsSmsChannel>.Instance);
        var drafts = new NotificationDraft(Policies, Policies.Templates, Lender, PackCatalogue.Shipped().Packs);
        var sender = new NotificationSender(store, drafts, [channel], time);
        var dossiers = new DossierAssembler(store, store, new InMemoryEvidenceArchive(store), Policies, Lender, time);
        var runner = new CaseRunner(new CaseEngine(store, Policies, time), new CommandRunner(sender, dossiers, time), store, time);

        var terms = new LoanTerms
        {
            LoanId = "L-1", BorrowerId = "B-1", Product = "personal", CreditorRole = CreditorRole.Creditor, Jurisdiction = "US", TimeZones = ["America/Chicago"],
            Currency = Currency.Parse("USD"), PenaltyAnnualRate = 0m, Instalments = [new Instalment(1, new DateOnly(2026, 4, 20), 100m, 5m, 0m)],
        };
        var details = keys.WithKeys(new BorrowerDetails { Name = "Pat Example", Language = "en-US", Addresses = [new("", Channel.Sms, "+13125550142")] });
        var enrolled = new CaseEvent.LoanEnrolled(terms, new PolicyReference("us-creditor", Policies.Find("us-creditor")!.Policy.Version), [Channel.Sms]);
        var item = new InboxItem("L-1", new CaseInput("enrol:L-1", time.GetUtcNow(), enrolled), time.GetUtcNow(), "L-1");
        await store.EnrolAsync([new Enrolment(item, details) { BorrowerId = "B-1" }], partial: false);
        await runner.RunAsync("L-1");
        return runner;
    }

    /// <summary>Wakes the case whenever it wants, until what is waited for has happened.</summary>
    private async Task UntilAsync(CaseRunner runner, Func<bool> done)
    {
        for (var wakes = 0; !done(); wakes++)
        {
            Assert.True(wakes < 50, "it did not happen");
            var wake = (await store.LoadAsync("L-1")).NextWake!.Value;
            time.MoveTo(wake > time.GetUtcNow() ? wake : time.GetUtcNow());
            await runner.RunAsync("L-1");
        }
    }

    private async Task ReportAsync(CaseRunner runner, string tag, string status)
    {
        time.MoveTo(time.GetUtcNow().AddMinutes(1));
        var json = JsonDocument.Parse($$"""{"id":"evt-1","at":"{{time.GetUtcNow():O}}","loanId":"L-1","type":"delivery.reported","data":{"commandId":"{{tag}}","status":"{{status}}"} }""").RootElement;
        var intake = new EventIntake(store, store, this, keys, time);
        Assert.Equal(InboxResult.Stored, await intake.AcceptAsync(EventReader.Read(json, null, out _)!, by: null, reason: null));
        await runner.RunAsync("L-1");
    }

    private async Task<List<ContactAttempt>> AttemptsAsync() =>
        [.. (await store.JournalAsync("L-1", 0, 1000)).Select(entry => JournalLine.Read(entry.Line).Fact.Fact).OfType<CaseFact.ContactAttempted>().Select(fact => fact.Attempt)];

    private async Task AssertProvenAsync()
    {
        var verifier = new JournalVerifier(PackArchive.Shipped());
        foreach (var entry in await store.JournalAsync("L-1", 0, 1000)) Assert.Null(verifier.Check(entry.Line));
    }
}

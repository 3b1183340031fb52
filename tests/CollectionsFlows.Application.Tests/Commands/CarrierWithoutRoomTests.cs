using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Tests.Commands;

/// <summary>A carrier that says "later" has certainly not taken the message: it is tried again, and each try is handed over once.</summary>
public sealed class CarrierWithoutRoomTests
{
    private readonly SendingCase it = new();
    private readonly Queue<Handover> answers = new();

    [Fact]
    public async Task it_is_deferred_for_as_long_as_the_carrier_asks_and_counts_as_no_contact()
    {
        var (state, sender, _) = await CarrierSaysAsync(Handover.Later("429", TimeSpan.FromMinutes(7)));
        var attempt = await sender.SendAsync(state, SendingCase.Message());

        Assert.Equal(
            (ContactResult.Deferred, "CARRIER-LATER", "429", Office.At("2026-03-03T16:07:00Z")), (attempt.Result, attempt.Rule, attempt.Code, attempt.Until!.Value));
        Assert.Equal(ContactOutcome.Failed, (await it.BorrowerAsync()).Ledger.Single().Contact.Outcome);
        Assert.Equal(MessageStatus.Later, (await it.StoredAsync())!.Status);
    }

    [Fact]
    public async Task a_carrier_that_does_not_say_how_long_is_asked_ever_less_often()
    {
        var (state, sender, _) = await CarrierSaysAsync(Handover.Later("429"), Handover.Later("429", TimeSpan.FromSeconds(1)), Handover.Later("429"));
        Assert.Equal(Office.At("2026-03-03T16:01:00Z"), (await sender.SendAsync(state, SendingCase.Message())).Until);
        Assert.Equal(Office.At("2026-03-03T16:02:00Z"), (await sender.SendAsync(state, SendingCase.Message(attempt: 2))).Until);
        Assert.Equal(Office.At("2026-03-03T17:00:00Z"), (await sender.SendAsync(state, SendingCase.Message(attempt: 99))).Until);
    }

    [Fact]
    public async Task the_same_try_run_again_says_the_same_and_hands_nothing_over()
    {
        var (state, sender, carrier) = await CarrierSaysAsync(Handover.Later("429", TimeSpan.FromMinutes(7)));
        var first = await sender.SendAsync(state, SendingCase.Message());
        it.Office.Time.MoveTo(it.Office.Time.GetUtcNow().AddHours(1));
        var again = await sender.SendAsync(state, SendingCase.Message());

        Assert.Equal((first.Result, first.Until, first.Rule), (again.Result, again.Until, again.Rule));
        Assert.Equal(1, carrier.Given);
    }

    [Fact]
    public async Task the_next_try_is_judged_anew_and_goes_out_once()
    {
        var (state, sender, carrier) = await CarrierSaysAsync(Handover.Later("429"), new Handover(MessageStatus.Sent));
        await sender.SendAsync(state, SendingCase.Message());
        it.Office.Time.MoveTo(Office.At("2026-03-03T16:05:00Z"));
        var second = await sender.SendAsync(state, SendingCase.Message(attempt: 2));
        var repeated = await sender.SendAsync(state, SendingCase.Message(attempt: 2));

        Assert.Equal((ContactResult.Sent, 2, Office.At("2026-03-03T16:05:00Z")), (second.Result, second.Number, second.Judged!.Now));
        Assert.Equal((ContactResult.Sent, 2), (repeated.Result, repeated.Number));
        Assert.Equal(2, carrier.Given);
        Assert.Equal((ContactOutcome.Sent, Office.At("2026-03-03T16:05:00Z")), (Ledger(await it.BorrowerAsync()).Outcome, Ledger(await it.BorrowerAsync()).At));
        Assert.Single(await it.Office.Store.MessagesAsync("B-1", "L-1"));
    }

    [Fact]
    public async Task whoever_opts_out_while_it_waits_gets_nothing()
    {
        var (state, sender, carrier) = await CarrierSaysAsync(Handover.Later("429"));
        await sender.SendAsync(state, SendingCase.Message());
        await it.Office.HappensAsync("L-1", "consent.revoked", """{"channel":"sms"}""");
        it.Office.Time.MoveTo(Office.At("2026-03-03T16:05:00Z"));

        Assert.NotEqual(ContactResult.Sent, (await sender.SendAsync(state, SendingCase.Message(attempt: 2))).Result);
        Assert.Equal(1, carrier.Given);
    }

    [Fact]
    public async Task a_crash_after_the_second_reservation_is_unknown_and_never_sent_again()
    {
        var (state, sender, carrier) = await CarrierSaysAsync(Handover.Later("429"));
        await sender.SendAsync(state, SendingCase.Message());
        var dying = new InterruptedBorrowers(it.Office.Store, _ => Task.CompletedTask, _ => throw new IOException("power"));
        await Assert.ThrowsAsync<IOException>(async () => await it.Office.Sender(dying, carrier).SendAsync(state, SendingCase.Message(attempt: 2)));

        Assert.Equal(ContactResult.Unknown, (await sender.SendAsync(state, SendingCase.Message(attempt: 2))).Result);
        Assert.Equal(1, carrier.Given);
    }

    [Fact]
    public async Task the_case_waits_and_tries_again_and_its_journal_proves_itself()
    {
        var office = new SendingCase([.. PackCatalogue.Shipped().Packs]).Office;
        answers.Enqueue(Handover.Later("429"));
        answers.Enqueue(Handover.Later("429"));
        answers.Enqueue(new Handover(MessageStatus.Sent));
        var carrier = new Carrier(Channel.Sms, () => answers.Count > 1 ? answers.Dequeue() : answers.Peek());
        await office.EnrolAsync(SendingCase.Terms(), office.Details("Pat Example", "en-US", (Channel.Sms, SendingCase.Phone)), "us-creditor");
        var runner = new CaseRunner(office.Engine, new CommandRunner(office.Sender(null, carrier), office.Dossiers, office.Time), office.Store, office.Time);
        while ((await office.Store.LoadAsync("L-1")).NextWake is { } wake && carrier.Given < 3 && wake < Office.At("2026-08-01T00:00:00Z"))
        {
            office.Time.MoveTo(wake > office.Time.GetUtcNow() ? wake : office.Time.GetUtcNow());
            await runner.RunAsync("L-1");
        }

        var verifier = new JournalVerifier(PackArchive.Shipped());
        var lines = await office.Store.JournalAsync("L-1", 0, 1000);
        Assert.All(lines, entry => Assert.Null(verifier.Check(entry.Line)));
        var attempts = lines.Select(entry => JournalLine.Read(entry.Line).Fact.Fact).OfType<CaseFact.ContactAttempted>().Select(fact => fact.Attempt).ToList();
        Assert.Equal([ContactResult.Deferred, ContactResult.Deferred, ContactResult.Sent], attempts.Select(attempt => attempt.Result));
        Assert.Equal(TimeSpan.FromMinutes(1), attempts[0].Until - attempts[0].Judged!.Now);
        Assert.Equal(TimeSpan.FromMinutes(2), attempts[1].Until - attempts[1].Judged!.Now);
        Assert.Single(attempts.Select(attempt => attempt.CommandId).Distinct());
    }

    private static PastContact Ledger(BorrowerRecord borrower) => borrower.Ledger.Single().Contact;

    private async Task<(CaseState State, NotificationSender Sender, Carrier Carrier)> CarrierSaysAsync(params Handover[] said)
    {
        foreach (var answer in said) answers.Enqueue(answer);
        var carrier = new Carrier(Channel.Sms, answers.Dequeue);
        return (await it.EnrolWithPhoneAsync(), it.Office.Sender(null, carrier), carrier);
    }
}

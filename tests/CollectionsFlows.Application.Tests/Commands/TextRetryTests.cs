using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Contact.Reasons;
using CollectionsFlows.Application.Journal;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Tests.Commands;

/// <summary>
/// The reminder of 21 April 2026, the day after the due date, and a telephone in Chicago that is off: through intake, gate, ledger and journal.
/// </summary>
public sealed class TextRetryTests
{
    private readonly SendingCase it = new();

    private Office Office => it.Office;

    [Fact]
    public async Task a_text_that_failed_is_sent_again_by_another_command_and_counts_once_in_the_ledger()
    {
        var first = await RemindedAsync("2026-04-21T17:00:00Z");
        await ReportAsync(first, "failed", "4006");
        await Office.UntilAsync("L-1", "2026-04-21T21:00:00Z"); // Four hours later, 16:00 in Chicago.

        var second = (await DemandsAsync())[^1].CommandId;
        Assert.NotEqual(first, second);
        Assert.Equal(ContactResult.Sent, (await DemandsAsync())[^1].Result);
        var ledger = (await it.BorrowerAsync()).Ledger.ToDictionary(entry => entry.Id, entry => entry.Contact.Outcome);
        Assert.Equal((ContactOutcome.Failed, ContactOutcome.Sent), (ledger[first], ledger[second]));
        await ReportAsync(second, "delivered");
        await Office.UntilAsync("L-1", "2026-04-25T00:00:00Z");
        Assert.Equal(2, (await DemandsAsync()).Count);
        await AssertProvenAsync();
    }

    [Fact]
    public async Task a_retry_goes_through_the_gate_like_any_other_text()
    {
        var first = await RemindedAsync("2026-04-22T00:30:00Z"); // 19:30 in Chicago; four hours later it is night there.
        await ReportAsync(first, "failed", "4006");
        await Office.UntilAsync("L-1", "2026-04-22T18:00:00Z");

        var tries = (await DemandsAsync()).Where(attempt => attempt.CommandId != first).ToList();
        Assert.Equal([ContactResult.Deferred, ContactResult.Sent], tries.Select(attempt => attempt.Result));
        Assert.Equal("HOUSE-HOURS", tries[0].Rule);
        Assert.True(tries[1].Judged!.Now >= Office.At("2026-04-22T14:00:00Z")); // 09:00 in Chicago.
        await AssertProvenAsync();
    }

    [Fact]
    public async Task an_opt_out_meanwhile_withdraws_it()
    {
        var first = await RemindedAsync("2026-04-21T17:00:00Z");
        await ReportAsync(first, "failed", "4006");
        await Office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"STOP","address":"+13125550142"}""");
        await Office.UntilAsync("L-1", "2026-04-25T00:00:00Z");

        Assert.Single(await DemandsAsync());
        Assert.Contains(await FactsAsync(), fact => fact.Fact is CaseFact.NotificationWithdrawn { Why: "the borrower answered" });
    }

    [Fact]
    public async Task a_payment_meanwhile_withdraws_it()
    {
        var first = await RemindedAsync("2026-04-21T17:00:00Z");
        await ReportAsync(first, "failed", "4006");
        await Office.HappensAsync("L-1", "payment.posted", """{"paymentId":"P-1","amount":105,"currency":"USD"}""");
        await Office.UntilAsync("L-1", "2026-05-25T00:00:00Z");

        Assert.Single(await DemandsAsync());
    }

    [Fact]
    public async Task what_is_to_come_and_why_is_said_everywhere()
    {
        var first = await RemindedAsync("2026-04-21T17:00:00Z");
        await ReportAsync(first, "failed", "4006");

        var reasons = new ContactReasons(Office.Store, Office.Store, Office.Policies, Office.Drafts, Outbox.All, Office.Time);
        var standing = (await reasons.WhyAsync("L-1", new WhyRequest()))!.Standing!;
        Assert.Equal(1, Assert.Single(standing.Waiting).Retry);
        Assert.Contains(standing.WhyNot, sentence => sentence.Contains("the carrier could not deliver it before, and it is tried again then (retry 1)", StringComparison.Ordinal));
        Assert.Equal("send friendly-reminder again: the carrier could not deliver it before (retry 1 of 2)", standing.NextAction!.Why);
        var asked = Assert.Single(await FactsAsync(), fact => fact.Fact is CaseFact.NotificationRequested { RetryOf: not null });
        Assert.StartsWith(
            $"The message of command {first} did not get through for a reason that passes; it is tried again (retry 1). Step friendly-reminder asks for the message friendly-reminder",
            FactWords.Describe(asked, SendingCase.Terms().Currency), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4006", 2)]
    [InlineData("4004", 1)]
    public async Task a_carrier_that_refuses_at_once_for_a_passing_reason_is_asked_again(string code, int given)
    {
        var carrier = new Carrier(Channel.Sms, () => new Handover(MessageStatus.Failed, code));
        await it.EnrolWithPhoneAsync();
        var runner = new Application.Cases.CaseRunner(Office.Engine, new CommandRunner(Office.Sender(null, carrier), Office.Dossiers, Office.Time), Office.Store, Office.Time);
        while ((await Office.Store.LoadAsync("L-1")).NextWake is { } wake && wake <= Office.At("2026-04-21T23:00:00Z"))
        {
            Office.Time.MoveTo(wake > Office.Time.GetUtcNow() ? wake : Office.Time.GetUtcNow());
            await runner.RunAsync("L-1");
        }

        Assert.Equal(given, (await DemandsAsync()).Count(attempt => attempt.Result == ContactResult.Failed));
        await AssertProvenAsync();
    }

    [Fact]
    public async Task a_run_that_is_repeated_still_knows_why_the_carrier_refused()
    {
        var state = await it.EnrolWithPhoneAsync();
        var given = 0;
        var sender = Office.Sender(null, new Carrier(Channel.Sms, () => { given++; return new Handover(MessageStatus.Failed, "4006"); }));
        var first = await sender.SendAsync(state, SendingCase.Message());
        var again = await sender.SendAsync(state, SendingCase.Message());

        Assert.Equal((ContactResult.Failed, "4006"), (again.Result, again.Code));
        Assert.Equal((first.Result, first.Code, 1), (again.Result, again.Code, given));
    }

    /// <summary>The reminder has gone out, and it is that time; the command that sent it.</summary>
    private async Task<string> RemindedAsync(string until)
    {
        await it.EnrolWithPhoneAsync();
        await Office.UntilAsync("L-1", until);
        var sent = Assert.Single(await DemandsAsync());
        Assert.Equal(("friendly-reminder", ContactResult.Sent), (sent.Template, sent.Result));
        return sent.CommandId;
    }

    private Task ReportAsync(string commandId, string status, string? code = null) => Office.HappensAsync(
        "L-1", "delivery.reported", $$"""{"commandId":"{{commandId}}","status":"{{status}}"{{(code is null ? "" : $",\"code\":\"{code}\"")}}}""");

    private async Task<List<ContactAttempt>> DemandsAsync() =>
        [.. (await FactsAsync()).Select(fact => fact.Fact).OfType<CaseFact.ContactAttempted>().Select(fact => fact.Attempt).Where(attempt => attempt.Judged?.Request.Purpose == Purpose.Collect)];

    private async Task<List<RecordedFact>> FactsAsync() => [.. (await Office.Store.JournalAsync("L-1", 0, 1000)).Select(entry => JournalLine.Read(entry.Line).Fact)];

    private async Task AssertProvenAsync()
    {
        var verifier = new JournalVerifier(PackArchive.Shipped());
        foreach (var entry in await Office.Store.JournalAsync("L-1", 0, 1000)) Assert.Null(verifier.Check(entry.Line));
    }
}

using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Cases;
using CollectionsFlows.Application.Intake;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Policies;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>An event is taken in once, and what it says of the borrower is never lost and never applied twice.</summary>
public sealed class EventIntakeTests
{
    private const string Stop = """{"channel":"sms","text":"STOP"}""";
    private static readonly PolicyReference Policy = new("us-creditor", 1);

    private readonly MemoryStores stores = new();
    private readonly AddressKeys keys = new(new byte[32]);

    private EventIntake Intake => new(stores, stores, stores, keys, TimeProvider.System);

    private PortfolioImport Import => new(stores, stores, Intake, stores, keys, TimeProvider.System);

    [Fact]
    public async Task an_opt_out_is_in_the_profile_before_the_event_is_in_the_inbox()
    {
        await EnrolAsync();
        stores.BeforePut = () => Assert.Single(stores.Profile("B-1").OptOuts);
        Assert.Equal(InboxResult.Stored, await AcceptAsync("reply.received", Stop));
        Assert.Equal(new OptOut(Channel.Sms, null, stores.Profile("B-1").OptOuts[0].At), stores.Profile("B-1").OptOuts[0]);
        Assert.Equal(["STOP"], stores.Texts("B-1"));
        Assert.Equal(keys.KeyOf(Channel.Sms, "+13125550100"), Assert.Single(stores.Ledger("B-1")).Contact.Address);
        Assert.Equal(["L-1", "L-1"], stores.Rings);
    }

    [Fact]
    public async Task the_same_event_twice_has_one_effect()
    {
        await EnrolAsync();
        await AcceptAsync("reply.received", Stop);
        Assert.Equal(InboxResult.Duplicate, await AcceptAsync("reply.received", Stop));
        Assert.Single(stores.Profile("B-1").OptOuts);
        Assert.Single(stores.Ledger("B-1"));
        Assert.Single(stores.Texts("B-1"));
    }

    [Fact]
    public async Task a_conflicting_event_changes_nobody()
    {
        await EnrolAsync();
        await AcceptAsync("payment.posted", """{"paymentId":"P","amount":5,"currency":"USD"}""");
        var rings = stores.Rings.Count;
        Assert.Equal(InboxResult.Conflict, await AcceptAsync("reply.received", Stop));
        Assert.Empty(stores.Profile("B-1").OptOuts);
        Assert.Empty(stores.Texts("B-1"));
        Assert.Equal(rings, stores.Rings.Count);
    }

    [Fact]
    public async Task a_crash_before_the_inbox_is_healed_by_the_senders_retry()
    {
        await EnrolAsync();
        stores.BeforePut = () => throw new IOException("power lost");
        await Assert.ThrowsAsync<IOException>(async () => await AcceptAsync("reply.received", Stop));
        Assert.Single(stores.Profile("B-1").OptOuts);
        stores.BeforePut = () => { };
        Assert.Equal(InboxResult.Stored, await AcceptAsync("reply.received", Stop));
        Assert.Single(stores.Profile("B-1").OptOuts);
        Assert.Single(stores.Texts("B-1"));
    }

    [Fact]
    public async Task a_lost_race_for_the_borrower_is_run_again()
    {
        await EnrolAsync();
        stores.LostRaces = 3;
        Assert.Equal(InboxResult.Stored, await AcceptAsync("reply.received", Stop));
        Assert.Single(stores.Profile("B-1").OptOuts);
    }

    [Fact]
    public async Task an_opt_out_that_overtakes_its_loan_opts_out_when_the_loan_appears()
    {
        Assert.Equal(InboxResult.Stored, await AcceptAsync("reply.received", Stop));
        Assert.Equal(InboxResult.Duplicate, await AcceptAsync("reply.received", Stop));
        Assert.Single(stores.Texts("unmatched:L-1"));

        await EnrolAsync();
        Assert.Single(stores.Profile("B-1").OptOuts);
        Assert.Equal(["STOP"], stores.Texts("B-1"));
        Assert.Equal([""], stores.Texts("unmatched:L-1"));

        await EnrolAsync(); // adopting again does nothing
        await AcceptAsync("reply.received", Stop);
        Assert.Single(stores.Profile("B-1").OptOuts);
    }

    [Fact]
    public async Task a_loan_that_is_enrolled_while_its_event_is_parked_still_gets_it()
    {
        var enrolled = false;
        stores.BeforePut = () =>
        {
            if (!enrolled)
                EnrolAsync().AsTask().GetAwaiter().GetResult();
            enrolled = true;
        };
        await AcceptAsync("reply.received", Stop);
        Assert.Single(stores.Profile("B-1").OptOuts);
    }

    [Fact]
    public async Task a_lifting_that_arrives_first_still_lifts()
    {
        await EnrolAsync();
        await AcceptAsync("dispute.resolved", """{"outcome":"upheld"}""", "e-2", at: "2026-03-01T10:00:00Z");
        await AcceptAsync("dispute.raised", """{"written":true,"text":"Not mine"}""", "e-1", at: "2026-02-01T10:00:00Z");
        var profile = stores.Profile("B-1");
        Assert.NotNull(profile.FirstActive("disputed", "L-1", Instant(2, 15)));
        Assert.Null(profile.FirstActive("disputed", "L-1", Instant(3, 2)));
    }

    [Fact]
    public async Task an_archived_complaint_does_not_close_another_one()
    {
        await EnrolAsync();
        await AcceptAsync("complaint.raised", """{"complaintId":"C-1","text":"a"}""", "e-1", at: "2026-02-01T10:00:00Z");
        await AcceptAsync("complaint.raised", """{"complaintId":"C-2","text":"b"}""", "e-2", at: "2026-02-02T10:00:00Z");
        await AcceptAsync("complaint.advanced", """{"complaintId":"C-1","step":"archived"}""", "e-3", at: "2026-02-03T10:00:00Z");
        Assert.NotNull(stores.Profile("B-1").FirstActive("complaint-open", "L-9", Instant(2, 4)));
        await AcceptAsync("complaint.advanced", """{"complaintId":"C-2","step":"archived"}""", "e-4", at: "2026-02-05T10:00:00Z");
        Assert.Null(stores.Profile("B-1").FirstActive("complaint-open", "L-9", Instant(2, 6)));
    }

    [Fact]
    public async Task older_preferences_do_not_replace_newer_ones()
    {
        await EnrolAsync();
        await AcceptAsync("preference.set", """{"blocked":[{"channel":"phone"}]}""", "e-2", at: "2026-03-01T10:00:00Z");
        await AcceptAsync("preference.set", """{"blocked":[]}""", "e-1", at: "2026-02-01T10:00:00Z");
        Assert.Equal(Channel.Phone, Assert.Single(stores.Profile("B-1").Preferences).Channel);
    }

    [Fact]
    public async Task a_carriers_opt_out_marks_the_address_and_a_failure_does_not_count_as_a_contact()
    {
        await EnrolAsync();
        var sent = new PastContact(Instant(2, 1), Channel.Sms, Direction.Outbound, ContactOutcome.Sent, ["L-1"]);
        var message = new StoredMessage("L-1:7", "L-1", "B-1", Instant(2, 1), Channel.Sms, "+13125550100", null, "text", "sha", "template", "en-US", 0, 1, MessageStatus.Sent);
        Assert.True(await stores.SaveBorrowerAsync(new() { BorrowerId = "B-1", ExpectedVersion = 1, Ledger = [new("L-1:7", sent)], Messages = [message] }));

        await AcceptAsync("delivery.reported", """{"commandId":"L-1:7","status":"failed","code":"4007"}""");

        Assert.Equal(keys.KeyOf(Channel.Sms, "+13125550100"), Assert.Single(stores.Profile("B-1").OptOuts).Address);
        Assert.Equal(ContactOutcome.Failed, Assert.Single(stores.Ledger("B-1")).Contact.Outcome);
        Assert.Equal(MessageStatus.Failed, (await stores.MessageAsync("B-1", "L-1:7"))!.Status);
    }

    [Fact]
    public async Task an_update_of_another_borrowers_details_is_not_written_to_this_one()
    {
        await EnrolAsync();
        const string loan = """{"borrowerId":"B-2","name":"Somebody Else","phone":"+13125550177","jurisdiction":"US","product":"card","creditorRole":"creditor","currency":"USD","penaltyAnnualRate":0,"instalments":[{"dueOn":"2026-03-01","principalDue":5,"interestDue":0,"feesDue":0}]}""";
        await AcceptAsync("loan.updated", loan);
        Assert.Equal("Invented Person", stores.Details("B-1")!.Name);
        await AcceptAsync("loan.updated", loan.Replace("B-2", "B-1", StringComparison.Ordinal), "e-2");
        Assert.Equal(["+13125550177", "+13125550100", "one@example.com"], stores.Details("B-1")!.Addresses.Select(address => address.Value));
    }

    [Fact]
    public async Task importing_twice_changes_nothing_and_other_terms_are_a_conflict()
    {
        var first = await EnrolAsync();
        Assert.Equal((1, 0), (first.Enrolled, first.Unchanged));
        var again = await Import.ImportAsync(LoansFile.ReadText(LoanLines.File(LoanLines.Row())), Policy with { Version = 2 }, partial: false);
        Assert.Equal((0, 1), (again.Enrolled, again.Unchanged));
        Assert.Empty(again.Errors);
        Assert.Single(stores.Inbox);

        var other = LoansFile.ReadText(LoanLines.File(LoanLines.Row(("principalDue", "7")), LoanLines.Row(("loanId", "L-2"))));
        var refused = await Import.ImportAsync(other, Policy, partial: false);
        Assert.Equal("line 2: loanId: loan L-1 is enrolled with other terms; send loan.updated to change them", Assert.Single(refused.Errors).ToString());
        Assert.Single(stores.Inbox);
        var partly = await Import.ImportAsync(other, Policy, partial: true);
        Assert.Equal((1, 1), (partly.Enrolled, partly.Refused));
        Assert.Equal(2, stores.Inbox.Count);
    }

    [Fact]
    public async Task a_file_with_an_error_imports_nothing_unless_partial()
    {
        var file = LoansFile.ReadText(LoanLines.File(LoanLines.Row(), LoanLines.Row(("loanId", "L-2"), ("currency", "?"))));
        var whole = await Import.ImportAsync(file, Policy, partial: false);
        Assert.Equal((0, 1), (whole.Enrolled, whole.Errors.Count));
        Assert.Empty(stores.Inbox);
        Assert.Equal(1, (await Import.ImportAsync(file, Policy, partial: true)).Enrolled);
    }

    [Fact]
    public async Task no_personal_data_enters_the_inbox()
    {
        await EnrolAsync();
        await AcceptAsync("reply.received", """{"channel":"sms","text":"Invented Person, call +13125550100"}""");
        foreach (var item in stores.Inbox)
        {
            var json = System.Text.Json.JsonSerializer.Serialize(item.Input, Core.Cases.CaseJson.Default.CaseInput);
            Assert.DoesNotContain("Invented", json, StringComparison.Ordinal);
            Assert.DoesNotContain("5550100", json, StringComparison.Ordinal);
            Assert.DoesNotContain("one@example.com", json, StringComparison.Ordinal);
        }
    }

    private static DateTimeOffset Instant(int month, int day) => new(2026, month, day, 10, 0, 0, TimeSpan.Zero);

    private ValueTask<ImportResult> EnrolAsync() => Import.ImportAsync(LoansFile.ReadText(LoanLines.File(LoanLines.Row())), Policy, partial: false);

    private ValueTask<InboxResult> AcceptAsync(string type, string data, string id = "evt-1", string at = "2026-02-03T10:00:00+08:00") =>
        Intake.AcceptAsync(Events.Read(type, data, id, at: at), null, null);
}

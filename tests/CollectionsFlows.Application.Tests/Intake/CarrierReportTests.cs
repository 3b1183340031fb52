using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Tests.Commands;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>What carriers say after a text was handed over, and what START says: which numbers are written to from then on.</summary>
public sealed class CarrierReportTests
{
    private const string Other = "+13125550143";
    private readonly SendingCase it = new();

    private Office Office => it.Office;

    [Fact]
    public async Task a_number_the_carrier_blocks_is_written_to_no_more()
    {
        var state = await SentAsync("4005");
        var next = await SendAsync(state, "L-1:10");
        Assert.Equal((ContactResult.Forbidden, "NO-ADDRESS"), (next.Result, next.Rule));
        Assert.Single(WayToReach.Of(await it.BorrowerAsync(), [Channel.Sms], evenUndeliverable: true)); // It can still be called.
    }

    [Fact]
    public async Task another_number_of_the_borrower_is_written_to_instead()
    {
        var state = await SentAsync("4005", SendingCase.Phone, Other);
        var next = await SendAsync(state, "L-1:10");
        Assert.Equal((ContactResult.Sent, Office.Keys.KeyOf(Channel.Sms, Other)), (next.Result, next.Judged!.Request.Address));
    }

    [Theory]
    [InlineData("4004")] // No such number: somebody verifies the details.
    [InlineData("4006")] // Unreachable for now.
    [InlineData("4008")]
    [InlineData("4010")] // The sender is not verified: no fault of the number.
    [InlineData("5001")]
    [InlineData("5002")]
    public async Task any_other_failure_counts_as_no_contact_and_the_next_message_may_go_there(string code)
    {
        var state = await SentAsync(code);
        Assert.Equal(ContactOutcome.Failed, (await it.BorrowerAsync()).Ledger.Single().Contact.Outcome);
        Assert.Equal(ContactResult.Sent, (await SendAsync(state, "L-1:10")).Result);
    }

    [Theory]
    [InlineData("reply.received", """{"channel":"sms","text":"hello","address":"+13125550142"}""")]
    [InlineData("consent.granted", """{"channel":"sms","address":"+13125550142"}""")]
    [InlineData("delivery.reported", """{"commandId":"L-1:9","status":"delivered"}""")] // Reports come in any order: what was delivered was delivered.
    public async Task a_sign_that_the_number_works_lifts_the_block(string type, string data)
    {
        var state = await SentAsync("4005");
        Pass();
        await Office.HappensAsync("L-1", type, data);
        Assert.Equal(ContactResult.Sent, (await SendAsync(state, "L-1:10")).Result);
    }

    [Fact]
    public async Task a_block_reported_after_the_delivery_is_an_old_report_and_blocks_nothing()
    {
        var state = await SentAsync(null);
        await Office.HappensAsync("L-1", "delivery.reported", """{"commandId":"L-1:9","status":"delivered"}""");
        await Office.HappensAsync("L-1", "delivery.reported", """{"commandId":"L-1:9","status":"failed","code":"4005"}""");
        Assert.Equal(ContactResult.Sent, (await SendAsync(state, "L-1:10")).Result);
    }

    [Fact]
    public async Task the_same_block_reported_twice_is_one()
    {
        await SentAsync("4005");
        await Office.HappensAsync("L-1", "delivery.reported", """{"commandId":"L-1:9","status":"failed","code":"4005"}""");
        Assert.Single((await it.BorrowerAsync()).Profile.Flags, flag => flag.Name == "undeliverable:sms");
    }

    [Theory]
    [InlineData("bounced", "undeliverable:email")]
    [InlineData("suppressed", "undeliverable:email")]
    [InlineData("failed", null)]
    [InlineData("quarantined", null)]
    [InlineData("filtered-spam", null)]
    public async Task an_email_that_bounced_for_good_marks_its_address_and_no_other_failure_does(string code, string? flag)
    {
        var state = await it.EnrolAsync("L-1", (Channel.Email, SendingCase.Email), (Channel.Sms, SendingCase.Phone));
        var mails = new Carrier(Channel.Email, () => new Handover(MessageStatus.Sent));
        Assert.Equal(ContactResult.Sent, (await Office.Sender(null, mails).SendAsync(state, SendingCase.Message("L-1:9", 1, Channel.Email))).Result);
        Pass();
        await Office.HappensAsync("L-1", "delivery.reported", $$"""{"commandId":"L-1:9","status":"failed","code":"{{code}}"}""");

        var borrower = await it.BorrowerAsync();
        Assert.Equal(ContactOutcome.Failed, borrower.Ledger.Single().Contact.Outcome);
        Assert.Equal(flag is null ? [] : [(flag, Office.Keys.KeyOf(Channel.Email, SendingCase.Email))], borrower.Profile.Flags.Select(each => (each.Name, each.Address!)));
    }

    [Theory]
    [InlineData("4007", "OPT-OUT")]
    [InlineData("4005", "NO-ADDRESS")]
    public async Task a_carrier_that_says_so_at_once_is_believed_at_once(string code, string rule)
    {
        var state = await it.EnrolWithPhoneAsync();
        var carrier = new Carrier(Channel.Sms, () => new Handover(MessageStatus.Failed, code));
        var sender = Office.Sender(null, carrier);
        Assert.Equal((ContactResult.Failed, code), await ResultAsync(sender, state, "L-1:9"));
        Pass();
        var next = await sender.SendAsync(state, SendingCase.Message("L-1:10"));
        Assert.Equal((ContactResult.Forbidden, rule, 1), (next.Result, next.Rule, carrier.Given));
    }

    [Theory]
    [InlineData("START")]
    [InlineData(" start. ")]
    [InlineData("Unstop")]
    public async Task start_takes_a_stop_back_for_the_number_it_came_from(string words)
    {
        var state = await StoppedAsync();
        Assert.Equal((ContactResult.Forbidden, "OPT-OUT"), Brief(await SendAsync(state, "L-1:10")));
        await Office.HappensAsync("L-1", "reply.received", $$"""{"channel":"sms","text":"{{words}}","address":"+13125550142"}""");
        Pass();
        Assert.Equal(ContactResult.Sent, (await SendAsync(state, "L-1:11")).Result);
    }

    [Theory]
    [InlineData("""{"channel":"sms","text":"START","address":"+13125550143"}""")] // Another number.
    [InlineData("""{"channel":"sms","text":"START"}""")] // From where?
    [InlineData("""{"channel":"email","text":"START","address":"pat@example.test"}""")]
    [InlineData("""{"channel":"sms","text":"when do I have to start paying?","address":"+13125550142"}""")]
    [InlineData("""{"channel":"sms","text":"yes","address":"+13125550142"}""")]
    public async Task nothing_else_takes_it_back(string data)
    {
        var state = await StoppedAsync();
        await Office.HappensAsync("L-1", "reply.received", data);
        Pass();
        Assert.Equal((ContactResult.Forbidden, "OPT-OUT"), Brief(await SendAsync(state, "L-1:10")));
    }

    [Fact]
    public async Task a_start_older_than_the_stop_that_overtook_it_takes_nothing_back()
    {
        var state = await it.EnrolWithPhoneAsync();
        await it.ChangeAsync(profile => profile with
        {
            OptOuts = [new OptOut(Channel.Sms, Office.Keys.KeyOf(Channel.Sms, SendingCase.Phone), Office.Time.GetUtcNow().AddMinutes(5))],
        });
        await Office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"START","address":"+13125550142"}""");
        Office.Time.MoveTo(Office.Time.GetUtcNow().AddMinutes(10));
        Assert.Equal((ContactResult.Forbidden, "OPT-OUT"), Brief(await SendAsync(state, "L-1:10")));
    }

    private static (ContactResult Result, string? Rule) Brief(ContactAttempt attempt) => (attempt.Result, attempt.Rule);

    private static async Task<(ContactResult Result, string? Code)> ResultAsync(NotificationSender sender, CaseState state, string id) =>
        await sender.SendAsync(state, SendingCase.Message(id)) is var attempt ? (attempt.Result, attempt.Code) : default;

    private async Task<CaseState> StoppedAsync()
    {
        var state = await it.EnrolWithPhoneAsync();
        await Office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"STOP","address":"+13125550142"}""");
        Pass();
        return state;
    }

    /// <summary>A message went out, and then the carrier reported it failed with a code.</summary>
    private async Task<CaseState> SentAsync(string? code, params string[] numbers)
    {
        var state = await it.EnrolAsync("L-1", [.. (numbers.Length == 0 ? [SendingCase.Phone] : numbers).Select(number => (Channel.Sms, number))]);
        Assert.Equal(ContactResult.Sent, (await SendAsync(state, "L-1:9")).Result);
        Pass();
        if (code is not null) await Office.HappensAsync("L-1", "delivery.reported", $$"""{"commandId":"L-1:9","status":"failed","code":"{{code}}"}""");
        return state;
    }

    private async Task<ContactAttempt> SendAsync(CaseState state, string id) => await Office.Sender().SendAsync(state, SendingCase.Message(id));

    private void Pass() => Office.Time.MoveTo(Office.Time.GetUtcNow().AddMinutes(1));
}

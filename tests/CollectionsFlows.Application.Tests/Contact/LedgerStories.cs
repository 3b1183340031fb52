using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Application.Commands;
using CollectionsFlows.Application.Contact;
using CollectionsFlows.Application.Tests.Commands;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Core.Loans;

namespace CollectionsFlows.Application.Tests.Contact;

/// <summary>From the event or the message over the ledger to the gate: what was done by whomever counts where the rule counts it.</summary>
public sealed class LedgerStories
{
    private readonly Office office = new("2026-03-03T15:00:00Z"); // 10:00 in New York, 23:00 in Shanghai

    private static LoanTerms Terms(string loanId, string jurisdiction, string zone) => SendingCase.Terms(loanId, jurisdiction) with
    {
        TimeZones = [zone], CreditorRole = CreditorRole.Collector,
    };

    private async Task EnrolAsync(string jurisdiction, string zone, params string[] loans)
    {
        foreach (var loan in loans)
            await office.EnrolAsync(Terms(loan, jurisdiction, zone), office.Details("Pat Example", "en-US", (Channel.Sms, SendingCase.Phone)), "us-collector");
    }

    private async Task<BorrowerRecord> BorrowerAsync() => (await office.Store.LoadBorrowerAsync("B-1"))!;

    private Task CallAsync(string outcome, string more = "", string loanId = "L-1", string direction = "outbound") =>
        office.HappensAsync(loanId, "contact.reported", $$"""{"channel":"phone","direction":"{{direction}}","outcome":"{{outcome}}"{{more}}}""");

    /// <summary>What the gate says to a call about a loan now, on the ledger as it is.</summary>
    private async Task<Verdict> CallNowAsync(string loanId, string jurisdiction, string zone)
    {
        var borrower = await BorrowerAsync();
        var request = Given.To(jurisdiction, Channel.Phone, zone) with { DebtId = loanId, Address = office.Keys.KeyOf(Channel.Phone, SendingCase.Phone) };
        return ContactGate.Judge(request, [.. borrower.Ledger.Select(entry => entry.Contact)], borrower.Profile, PackCatalogue.Shipped().Packs, office.Time.GetUtcNow());
    }

    private void Pass(TimeSpan time) => office.Time.MoveTo(office.Time.GetUtcNow() + time);

    [Fact]
    public async Task three_conversations_of_three_agencies_about_three_loans_are_the_day_in_china()
    {
        await EnrolAsync("CN", Given.Shanghai, "L-1", "L-2", "L-3");
        office.Time.MoveTo(Given.At("2026-03-04T09:00:00+08:00"));
        foreach (var (loan, by) in new[] { ("L-1", "Agency A"), ("L-2", "Agency B"), ("L-3", "the lender") })
        {
            (await CallNowAsync("L-1", "CN", Given.Shanghai)).Allows();
            await CallAsync("conversation", $$""","by":"{{by}}" """, loan);
            Pass(TimeSpan.FromMinutes(10));
        }

        (await CallNowAsync("L-1", "CN", Given.Shanghai)).BlocksUntil("CN-CALLS-3", "2026-03-05T08:00:00+08:00");
    }

    [Fact]
    public async Task calls_to_a_wrong_party_never_count()
    {
        await EnrolAsync("US", Given.NewYork, "L-1");
        for (var call = 0; call < 8; call++)
            await CallAsync("wrong-party");
        (await CallNowAsync("L-1", "US", Given.NewYork)).Allows();
    }

    [Fact]
    public async Task seven_unanswered_calls_about_two_loans_leave_the_second_loan_seven()
    {
        await EnrolAsync("US", Given.NewYork, "L-1", "L-2");
        for (var call = 0; call < 7; call++)
            await CallAsync("no-answer", ""","loanIds":["L-2"]""");
        (await CallNowAsync("L-1", "US", Given.NewYork)).BlocksUntil("US-REGF-7IN7", "2026-03-10T08:00:00-04:00");
        (await CallNowAsync("L-2", "US", Given.NewYork)).Allows();
    }

    [Fact]
    public async Task seven_voicemails_that_name_two_loans_count_to_each()
    {
        await EnrolAsync("US", Given.NewYork, "L-1", "L-2", "L-3");
        for (var call = 0; call < 7; call++)
            await CallAsync("voicemail", ""","loanIds":["L-2"]""");
        (await CallNowAsync("L-2", "US", Given.NewYork)).BlocksUntil("US-REGF-7IN7", "2026-03-10T08:00:00-04:00");
        (await CallNowAsync("L-3", "US", Given.NewYork)).Allows();
    }

    [Fact]
    public async Task a_conversation_about_two_loans_quiets_both_also_where_the_borrower_called()
    {
        await EnrolAsync("US", Given.NewYork, "L-1", "L-2", "L-3");
        await CallAsync("conversation", ""","loanIds":["L-2"]""", direction: "inbound");
        (await CallNowAsync("L-1", "US", Given.NewYork)).BlocksUntil("US-REGF-7AFTER", "2026-03-10T08:00:00-04:00");
        (await CallNowAsync("L-2", "US", Given.NewYork)).BlocksUntil("US-REGF-7AFTER", "2026-03-10T08:00:00-04:00");
        (await CallNowAsync("L-3", "US", Given.NewYork)).Allows();
    }

    [Fact]
    public async Task only_the_events_own_case_journals_a_contact_about_several()
    {
        await EnrolAsync("US", Given.NewYork, "L-1", "L-2");
        await CallAsync("voicemail", ""","loanIds":["L-2"]""");
        Assert.Equal(["L-1", "L-2"], Assert.Single((await BorrowerAsync()).Ledger).Contact.DebtIds);
        Assert.Equal(0, (await office.RunAsync("L-2")).Sequence - (await office.StateAsync("L-2")).Sequence);
    }

    [Fact]
    public async Task letters_an_agency_posted_count_in_washington()
    {
        await EnrolAsync("US-WA", Given.LosAngeles, "L-1");
        Pass(TimeSpan.FromHours(3));
        for (var letter = 0; letter < 3; letter++)
            await office.HappensAsync("L-1", "contact.reported", """{"channel":"letter","direction":"outbound","outcome":"no-answer"}""");
        (await CallNowAsync("L-1", "US-WA", Given.LosAngeles)).BlocksUntil("US-WA-3WEEK", "2026-03-09T08:00:00-07:00"); // Sunday's and Monday's week
    }

    [Fact]
    public async Task an_ambiguous_text_counts_until_the_carrier_says_it_failed()
    {
        await EnrolAsync("US-MA", Given.NewYork, "L-1");
        await office.HappensAsync("L-1", "consent.granted", """{"channel":"sms"}""");
        var carrier = new Carrier(Channel.Sms, () => throw new TimeoutException());
        var state = await office.StateAsync("L-1");
        Assert.Equal(ContactResult.Unknown, (await office.Sender(null, carrier).SendAsync(state, SendingCase.Message("L-1:2"))).Result);
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(ContactResult.Unknown, (await office.Sender(null, carrier).SendAsync(state, SendingCase.Message("L-1:3"))).Result);

        (await CallNowAsync("L-1", "US-MA", Given.NewYork)).BlocksUntil("US-MA-2IN7", "2026-03-10T11:00:00-04:00"); // 7 x 24 hours: 10:00 was before the clocks changed
        await office.HappensAsync("L-1", "delivery.reported", """{"commandId":"L-1:2","status":"failed","code":"4006"}""");
        (await CallNowAsync("L-1", "US-MA", Given.NewYork)).Allows();
        await office.HappensAsync("L-1", "delivery.reported", """{"commandId":"L-1:2","status":"delivered"}""");
        (await CallNowAsync("L-1", "US-MA", Given.NewYork)).BlocksUntil("US-MA-2IN7", "2026-03-10T11:00:00-04:00");
        await office.HappensAsync("L-1", "delivery.reported", """{"commandId":"L-1:2","status":"failed","code":"4006"}"""); // an old report, late
        (await CallNowAsync("L-1", "US-MA", Given.NewYork)).BlocksUntil("US-MA-2IN7", "2026-03-10T11:00:00-04:00");
    }

    [Theory]
    [InlineData("failed", ContactOutcome.Failed, MessageStatus.Failed)]
    [InlineData("delivered", ContactOutcome.Sent, MessageStatus.Delivered)]
    public async Task a_delivery_report_faster_than_the_carriers_answer_stands(string status, ContactOutcome outcome, MessageStatus stored)
    {
        await EnrolAsync("US", Given.NewYork, "L-1");
        await office.HappensAsync("L-1", "consent.granted", """{"channel":"sms"}""");
        var carrier = new Carrier(Channel.Sms, () =>
        {
            office.HappensAsync("L-1", "delivery.reported", $$"""{"commandId":"L-1:2","status":"{{status}}"}""").GetAwaiter().GetResult();
            throw new TimeoutException();
        });
        await office.Sender(null, carrier).SendAsync(await office.StateAsync("L-1"), SendingCase.Message("L-1:2"));

        Assert.Equal(outcome, Assert.Single((await BorrowerAsync()).Ledger).Contact.Outcome);
        Assert.Equal(stored, (await office.Store.MessageAsync("B-1", "L-1:2"))!.Status);
    }
}

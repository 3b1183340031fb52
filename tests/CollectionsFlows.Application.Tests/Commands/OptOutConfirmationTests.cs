using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Tests.Commands;

/// <summary>From the borrower's STOP to the last message they get: one, at once, to the address that asked (OPT-OUT).</summary>
public sealed class OptOutConfirmationTests
{
    private const string OtherPhone = "+1-312-555-0199";

    private readonly SendingCase it = new();

    [Fact]
    public async Task a_stop_at_night_is_confirmed_at_once_and_nothing_follows()
    {
        await it.EnrolWithPhoneAsync();
        it.Office.Time.MoveTo(Office.At("2026-03-04T05:00:00Z")); // 23:00 in Chicago
        await StopAsync("L-1", SendingCase.Phone);

        var message = Assert.Single(await it.Office.Store.MessagesAsync("B-1", null));
        Assert.Equal(("opt-out-confirmation", SendingCase.Phone, it.Office.Time.GetUtcNow()), (message.Template, message.Address, message.At));
        var reminder = await it.Office.Sender().SendAsync(await it.Office.StateAsync("L-1"), SendingCase.Message("L-1:90"));
        Assert.Equal((ContactResult.Forbidden, "OPT-OUT"), (reminder.Result, reminder.Rule));
    }

    [Fact]
    public async Task a_stop_about_three_loans_is_confirmed_once()
    {
        foreach (var loan in new[] { "L-1", "L-2", "L-3" })
            await it.EnrolWithPhoneAsync(loan);
        foreach (var loan in new[] { "L-1", "L-2", "L-3" })
            await StopAsync(loan, SendingCase.Phone); // one text of theirs, an event for each loan

        Assert.Single(await it.Office.Store.MessagesAsync("B-1", null));
        Assert.Equal((ContactResult.Forbidden, "OPT-OUT"), await LastAttemptAsync("L-2"));
    }

    [Fact]
    public async Task the_second_stop_is_not_answered()
    {
        await it.EnrolWithPhoneAsync();
        await StopAsync("L-1", SendingCase.Phone);
        it.Office.Time.MoveTo(it.Office.Time.GetUtcNow().AddHours(1));
        await StopAsync("L-1", SendingCase.Phone);

        Assert.Single(await it.Office.Store.MessagesAsync("B-1", null));
    }

    [Fact]
    public async Task the_number_that_said_stop_is_confirmed_and_left_alone_the_other_is_not()
    {
        await it.EnrolAsync("L-1", (Channel.Sms, SendingCase.Phone), (Channel.Sms, OtherPhone));
        await StopAsync("L-1", OtherPhone);

        Assert.Equal(OtherPhone, Assert.Single(await it.Office.Store.MessagesAsync("B-1", null)).Address);
        await it.Office.Sender().SendAsync(await it.Office.StateAsync("L-1"), SendingCase.Message("L-1:90"));
        Assert.Equal(SendingCase.Phone, (await it.StoredAsync("L-1:90"))!.Address);
    }

    [Fact]
    public async Task a_stop_from_nobody_knows_where_stops_every_number()
    {
        await it.EnrolAsync("L-1", (Channel.Sms, SendingCase.Phone), (Channel.Sms, OtherPhone));
        await it.Office.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"退订"}""");
        var reminder = await it.Office.Sender().SendAsync(await it.Office.StateAsync("L-1"), SendingCase.Message("L-1:90"));

        Assert.Equal("OPT-OUT", reminder.Rule);
    }

    [Fact]
    public async Task who_consents_again_and_stops_again_is_confirmed_again()
    {
        await it.EnrolWithPhoneAsync();
        await StopAsync("L-1", SendingCase.Phone);
        it.Office.Time.MoveTo(it.Office.Time.GetUtcNow().AddHours(1));
        await it.Office.HappensAsync("L-1", "consent.granted", """{"channel":"sms"}""");
        it.Office.Time.MoveTo(it.Office.Time.GetUtcNow().AddHours(1));
        await StopAsync("L-1", SendingCase.Phone);

        Assert.Equal(2, (await it.Office.Store.MessagesAsync("B-1", null)).Count);
    }

    private Task StopAsync(string loanId, string from) => it.Office.HappensAsync(loanId, "reply.received", $$"""{"channel":"sms","text":"Stop!","address":"{{from}}"}""");

    private async Task<(ContactResult Result, string? Rule)> LastAttemptAsync(string loanId)
    {
        var journal = await it.Office.Store.JournalAsync(loanId, 0, 1000);
        var attempts = journal.Select(entry => Application.Journal.JournalLine.Read(entry.Line).Fact.Fact).OfType<CaseFact.ContactAttempted>();
        return attempts.Select(fact => (fact.Attempt.Result, fact.Attempt.Rule)).Last();
    }
}

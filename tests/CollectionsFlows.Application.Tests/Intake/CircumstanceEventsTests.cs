using CollectionsFlows.Application.Tests.Commands;
using CollectionsFlows.Application.Tests.Running;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;

namespace CollectionsFlows.Application.Tests.Intake;

/// <summary>What the rules ask for reaches them: circumstances, the place of an address, with whom a contact was.</summary>
public sealed class CircumstanceEventsTests
{
    private const string WorkPhone = "+1-312-555-0177";

    private readonly SendingCase it = new();

    [Fact]
    public async Task a_number_at_work_is_spared_where_the_employer_prohibits_it()
    {
        await it.EnrolAsync("L-1", (Channel.Sms, WorkPhone));
        await it.Office.HappensAsync("L-1", "address.placed", $$"""{"channel":"phone","address":"{{WorkPhone}}","place":"work"}""");
        Assert.Equal(ContactResult.Sent, (await SendAsync("L-1:90")).Result);

        await it.Office.HappensAsync("L-1", "circumstance.reported", """{"circumstance":"employer-prohibits"}""");
        Assert.Equal((ContactResult.Forbidden, "EMPLOYER"), Result(await SendAsync("L-1:91")));

        it.Office.Time.MoveTo(it.Office.Time.GetUtcNow().AddMinutes(1));
        await it.Office.HappensAsync("L-1", "circumstance.ended", """{"circumstance":"employer-prohibits"}""");
        Assert.Equal(ContactResult.Sent, (await SendAsync("L-1:92")).Result);
    }

    [Fact]
    public async Task an_address_that_is_not_the_borrowers_is_not_made_theirs()
    {
        await it.EnrolWithPhoneAsync();
        await it.Office.HappensAsync("L-1", "address.placed", $$"""{"channel":"sms","address":"{{WorkPhone}}","place":"work"}""");

        Assert.Null(Assert.Single((await it.BorrowerAsync()).Details!.Addresses).Place);
    }

    [Fact]
    public async Task a_check_of_one_number_says_nothing_of_another()
    {
        await it.EnrolAsync("L-1", (Channel.Sms, SendingCase.Phone), (Channel.Sms, WorkPhone));
        await it.Office.HappensAsync("L-1", "circumstance.reported", $$"""{"circumstance":"number-checked","address":"{{WorkPhone}}"}""");
        var flag = Assert.Single((await it.BorrowerAsync()).Profile.Flags);

        Assert.True(flag.IsAbout(it.Office.Keys.KeyOf(Channel.Sms, WorkPhone)));
        Assert.False(flag.IsAbout(it.Office.Keys.KeyOf(Channel.Sms, SendingCase.Phone)));
    }

    [Fact]
    public async Task a_neighbour_who_was_asked_was_not_the_borrower()
    {
        await it.EnrolWithPhoneAsync();
        await it.Office.HappensAsync("L-1", "contact.reported", """{"channel":"phone","direction":"outbound","outcome":"conversation","recipient":"third-party"}""");

        var contact = Assert.Single((await it.BorrowerAsync()).Ledger).Contact;
        Assert.Equal((Recipient.ThirdParty, null), (contact.Recipient, contact.Address)); // not the borrower's only number either
        Assert.Null((await it.Office.StateAsync("L-1")).LastAnswerAt);
    }

    [Theory]
    [InlineData("circumstance.reported", """{"circumstance":"employer-prohibit"}""", "data.circumstance")]
    [InlineData("circumstance.reported", """{"circumstance":"unreachable","address":"+13125550142"}""", "data.address")]
    [InlineData("circumstance.reported", """{"circumstance":"unreachable","from":"2026-02-02T00:00:00Z","until":"2026-02-01T00:00:00Z"}""", "data.until")]
    [InlineData("circumstance.ended", "{}", "data.circumstance")]
    [InlineData("address.placed", """{"channel":"sms","address":"+13125550142","place":"office"}""", "data.place")]
    [InlineData("address.placed", """{"channel":"sms","place":"work"}""", "data.address")]
    public void bad_data_is_named(string type, string data, string path)
    {
        Assert.Null(Events.TryRead(Events.Json(type, data), out var errors));
        Assert.Contains(errors, error => error.Contains(path, StringComparison.Ordinal));
    }

    private async Task<ContactAttempt> SendAsync(string id) => await it.Office.Sender().SendAsync(await it.Office.StateAsync("L-1"), SendingCase.Message(id));

    private static (ContactResult Result, string? Rule) Result(ContactAttempt attempt) => (attempt.Result, attempt.Rule);
}

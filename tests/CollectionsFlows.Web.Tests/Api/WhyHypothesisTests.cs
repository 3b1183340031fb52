using System.Text.Json;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Loans;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Tests.House;

namespace CollectionsFlows.Web.Tests.Api;

/// <summary>Why a borrower could be contacted or not, now and at instants to come, by hand arithmetic.</summary>
public class WhyHypothesisTests
{
    [Fact]
    public async Task a_night_in_china_defers_each_rule_to_its_own_morning()
    {
        await using var host = await RunningHost.StartAsync();
        await CaseAsync(host, "2026-03-04T00:00:00Z");
        // Wednesday 4 March, 22:00 in Shanghai: CN-NIGHT ends at 08:00 on Thursday, the house opens at 09:00; all allow from 09:00 on.
        var why = await WhyAsync(host, "at=2026-03-04T22:00:00%2B08:00&channel=phone");
        Assert.True(why.GetProperty("hypothetical").GetBoolean());
        Assert.Contains("Nothing was sent and nothing was reserved", why.Text("answer"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, why.GetProperty("record").ValueKind);
        var contact = Assert.Single(Contacts(why));
        Assert.Equal(("phone", "defer", "2026-03-05T09:00:00+08:00"), (contact.Text("channel"), contact.Text("verdict"), contact.Text("until")));
        Assert.Equal("HOUSE-HOURS", contact.GetProperty("rule").Text("id"));
        Assert.Equal(
            [("CN-NIGHT", "defer", "2026-03-05T08:00:00+08:00"), ("HOUSE-HOURS", "defer", "2026-03-05T09:00:00+08:00")],
            contact.GetProperty("citations").EnumerateArray().Select(each => (each.GetProperty("rule").Text("id"), each.Text("verdict"), each.Text("until"))));
        Assert.Equal("S", contact.GetProperty("citations")[0].GetProperty("rule").Text("status"));
        Assert.Equal("2026-03-04T22:00:00", contact.GetProperty("inputs").GetProperty("localTimes")[0].Text("time"));
        // Half past eight: the night is over, the house still sleeps.
        contact = Assert.Single(Contacts(await WhyAsync(host, "at=2026-03-05T08:30:00%2B08:00&channel=phone")));
        Assert.Equal(["HOUSE-HOURS"], contact.GetProperty("citations").EnumerateArray().Select(each => each.GetProperty("rule").Text("id")));
        // A day to come is asked about from its first instant on.
        Assert.Equal("2026-03-05T09:00:00+08:00", Assert.Single(Contacts(await WhyAsync(host, "at=2026-03-05&channel=sms"))).Text("until"));
    }

    [Fact]
    public async Task each_channel_has_its_own_answer()
    {
        await using var host = await RunningHost.StartAsync();
        await CaseAsync(host, "2026-03-04T00:00:00Z");
        // Wednesday noon: everything is open. A letter disturbs nobody at night either; a visit takes two (S10).
        var noon = await WhyAsync(host, "at=2026-03-04T12:00:00%2B08:00");
        Assert.Equal(["sms", "phone", "letter"], Contacts(noon).Select(each => each.Text("channel")));
        Assert.All(Contacts(noon), each => Assert.Equal("allow", each.Text("verdict")));
        Assert.Equal("allow", Assert.Single(Contacts(await WhyAsync(host, "at=2026-03-04T23:00:00%2B08:00&channel=letter"))).Text("verdict"));
        var alone = Assert.Single(Contacts(await WhyAsync(host, "at=2026-03-04T12:00:00%2B08:00&channel=visit&persons=1")));
        Assert.Equal(("forbid", "VISIT-TWO"), (alone.Text("verdict"), alone.GetProperty("rule").Text("id")));
        Assert.Equal("allow", Assert.Single(Contacts(await WhyAsync(host, "at=2026-03-04T12:00:00%2B08:00&channel=visit&persons=2"))).Text("verdict"));
        var email = Assert.Single(Contacts(await WhyAsync(host, "at=2026-03-04T12:00:00%2B08:00&channel=email")));
        Assert.Equal(("forbid", "NO-ADDRESS"), (email.Text("verdict"), email.GetProperty("rule").Text("id")));
    }

    [Fact]
    public async Task two_zones_of_one_borrower_must_both_be_open()
    {
        await using var host = await RunningHost.StartAsync();
        var cases = new LivingCases(host);
        await cases.EnrolAsync(
            "L-1", "2026-02-20T00:00:00Z", "2026-06-01", policy: "us-collector",
            with: terms => terms with { Jurisdiction = "US", CreditorRole = CreditorRole.Collector, Currency = Currency.Parse("USD"), TimeZones = ["America/New_York", "America/Los_Angeles"] });
        // 10:59 in New York is 07:59 in Los Angeles: Regulation F opens at 08:00 there, 11:00 here; the house at 09:00 there, 12:00 here.
        var contact = Assert.Single(Contacts(await WhyAsync(host, "at=2026-03-03T10:59:00-05:00&channel=phone")));
        Assert.Equal(("defer", "HOUSE-HOURS", "2026-03-03T12:00:00-05:00"), (contact.Text("verdict"), contact.GetProperty("rule").Text("id"), contact.Text("until")));
        Assert.Contains(contact.GetProperty("citations").EnumerateArray(), each => each.GetProperty("rule").Text("id") == "US-REGF-LOCATION" && each.Text("until") == "2026-03-03T11:00:00-05:00");
        Assert.Equal(["2026-03-03T10:59:00", "2026-03-03T07:59:00"], contact.GetProperty("inputs").GetProperty("localTimes").EnumerateArray().Select(each => each.Text("time")));
        Assert.Contains("2026-03-03 12:00 in America/New_York / 2026-03-03 09:00 in America/Los_Angeles", contact.Text("words"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_full_window_is_told_with_its_count()
    {
        await using var host = await RunningHost.StartAsync();
        var cases = new LivingCases(host);
        await cases.EnrolAsync(
            "L-1", "2026-02-20T00:00:00Z", "2026-06-01", policy: "us-creditor",
            with: terms => terms with { Jurisdiction = "US-MA", Currency = Currency.Parse("USD"), TimeZones = ["America/New_York"] });
        foreach (var call in new[] { "2026-03-02T10:00:00-05:00", "2026-03-03T10:00:00-05:00" })
        {
            await cases.UntilAsync("L-1", call);
            await cases.HappensAsync("L-1", "contact.reported", """{"channel":"phone","direction":"outbound","outcome":"no-answer"}""");
        }

        // 940 CMR 7.04(1)(f): the first of the two leaves the seven days of 24 hours on Monday at 15:00 UTC, which is 11:00 in summer time.
        var contact = Assert.Single(Contacts(await WhyAsync(host, "at=2026-03-03T16:30:00Z&channel=phone")));
        Assert.Equal(("defer", "US-MA-2IN7", "2026-03-09T11:00:00-04:00"), (contact.Text("verdict"), contact.GetProperty("rule").Text("id"), contact.Text("until")));
        var count = contact.GetProperty("inputs").GetProperty("counts").EnumerateArray().Single(each => each.Text("rule") == "US-MA-2IN7");
        Assert.Equal((2, 2, "7 x 24 hours"), (count.GetProperty("counted").GetInt32(), count.GetProperty("limit").GetInt32(), count.Text("window")));
    }

    [Fact]
    public async Task what_the_case_itself_would_do_is_told_apart_from_what_is_allowed()
    {
        await using var host = await RunningHost.StartAsync();
        var cases = await CaseAsync(host, "2026-03-04T04:00:00Z");
        await cases.HappensAsync("L-1", "dispute.raised", """{"written":true,"text":"not mine"}""");
        var why = await WhyAsync(host, "channel=phone");
        Assert.Equal("allow", Assert.Single(Contacts(why)).Text("verdict"));
        var intention = why.GetProperty("hypothesis").GetProperty("intention");
        Assert.Equal(JsonValueKind.Null, intention.GetProperty("message").ValueKind);
        Assert.StartsWith("The case itself would send nothing: The case is held: dispute since 2026-03-04.", intention.Text("words"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task now_at_the_instant_of_a_step_the_answer_is_what_the_journal_says_a_moment_later()
    {
        await using var host = await RunningHost.StartAsync();
        var cases = new LivingCases(host);
        await cases.EnrolAsync("L-1", "2026-02-20T00:00:00Z", "2026-03-06");
        await cases.UntilAsync("L-1", "2026-03-07T02:00:00Z"); // Saturday 10:00 in Shanghai, up to the step and not at it.
        var message = (await WhyAsync(host, "at=2026-03-07T02:00:00Z")).GetProperty("hypothesis").GetProperty("intention").GetProperty("message");
        await cases.RunAsync("L-1");
        var recorded = Assert.Single((await WhyAsync(host, "")).GetProperty("record").GetProperty("contacts").EnumerateArray());
        Assert.Equal(("deferred", "HOUSE-HOURS", "2026-03-09T09:00:00+08:00"), (recorded.Text("result"), recorded.GetProperty("rule").Text("id"), recorded.Text("until")));
        Assert.Equal(
            (recorded.Text("commandId"), recorded.Text("result"), recorded.GetProperty("rule").Text("id"), recorded.Text("until"), recorded.Text("template")),
            (message.Text("commandId"), message.Text("result"), message.Text("rule"), message.Text("until"), message.Text("template")));
    }

    [Fact]
    public async Task asking_changes_nothing()
    {
        await using var host = await RunningHost.StartAsync();
        var cases = new LivingCases(host);
        await cases.EnrolAsync("L-1", "2026-02-20T00:00:00Z", "2026-03-02");
        await cases.UntilAsync("L-1", "2026-03-03T02:00:00Z");
        var before = await host.Store.LoadAsync("L-1");
        for (var asked = 0; asked < 3; asked++)
            await WhyAsync(host, "");
        Assert.Equal(before.Version, (await host.Store.LoadAsync("L-1")).Version);
        Assert.Empty((await host.Store.LoadBorrowerAsync("B-L-1"))!.Ledger);
    }

    [Fact]
    public async Task an_erased_borrower_can_only_be_answered_from_the_record()
    {
        await using var host = await RunningHost.StartAsync();
        await CaseAsync(host, "2026-03-06T00:00:00Z");
        await ((IBorrowerStore)host.Store).EraseBorrowerAsync("B-L-1");
        Assert.All(Contacts(await WhyAsync(host, "")), each => Assert.Equal("NO-ADDRESS", each.GetProperty("rule").Text("id")));
        Assert.Equal("NO-ADDRESS", Assert.Single(Contacts(await WhyAsync(host, "channel=visit"))).GetProperty("rule").Text("id"));
        var sent = Assert.Single((await WhyAsync(host, "at=2026-03-03")).GetProperty("record").GetProperty("contacts").EnumerateArray());
        Assert.Equal(("sent", JsonValueKind.Null), (sent.Text("result"), sent.GetProperty("addressLabel").ValueKind));
    }

    [Fact]
    public async Task no_number_and_no_name_is_in_any_answer()
    {
        await using var host = await RunningHost.StartAsync();
        await CaseAsync(host, "2026-03-06T00:00:00Z");
        foreach (var query in new[] { "", "at=2026-03-03", "at=2026-04-01" })
        {
            var text = (await WhyAsync(host, query)).ToString();
            Assert.DoesNotContain("555", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Pat", text, StringComparison.Ordinal);
            Assert.Contains("mobile number 1", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("2200-12-31")]
    [InlineData("2150-06-01T12:00:00Z")]
    public async Task a_far_future_without_calendars_waits_for_them(string at)
    {
        await using var host = await RunningHost.StartAsync();
        await CaseAsync(host, "2026-03-04T00:00:00Z");
        var contact = Assert.Single(Contacts(await WhyAsync(host, $"at={at}&channel=sms")));
        Assert.Equal(("defer", "HOUSE-CALENDAR-MISSING"), (contact.Text("verdict"), contact.GetProperty("rule").Text("id")));
        Assert.Contains("calendar of public holidays", contact.GetProperty("rule").Text("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_message_that_waits_can_be_asked_about_in_a_far_future_too()
    {
        await using var host = await RunningHost.StartAsync();
        var cases = new LivingCases(host);
        await cases.EnrolAsync("L-1", "2026-02-20T00:00:00Z", "2026-03-06");
        await cases.UntilAsync("L-1", "2026-03-08T00:00:00Z"); // Its first message waits for Monday, 9 March, 09:00.
        var before = await WhyAsync(host, "at=2026-03-09T08:59:59%2B08:00&channel=sms");
        var intention = before.GetProperty("hypothesis").GetProperty("intention");
        Assert.Equal("2026-03-09T09:00:00+08:00", intention.GetProperty("message").Text("notBefore"));
        Assert.EndsWith("but only from 2026-03-09 09:00 in Asia/Shanghai.", intention.Text("words"), StringComparison.Ordinal);
        Assert.Equal("friendly-reminder", Assert.Single(Contacts(before)).Text("template"));
        Assert.Equal("allow", Assert.Single(Contacts(await WhyAsync(host, "at=2026-03-09T09:00:00%2B08:00&channel=sms"))).Text("verdict"));
        Assert.Equal("defer", Assert.Single(Contacts(await WhyAsync(host, "at=2200-12-31T23:59:59Z&channel=sms"))).Text("verdict"));
        // Asked for another purpose the message is not the one meant.
        Assert.Equal(JsonValueKind.Null, Assert.Single(Contacts(await WhyAsync(host, "at=2026-03-09T09:00:00%2B08:00&channel=sms&purpose=care"))).GetProperty("template").ValueKind);
    }

    [Fact]
    public async Task a_day_whose_midnight_the_clocks_skip_begins_when_they_have_jumped()
    {
        await using var host = await RunningHost.StartAsync();
        var cases = new LivingCases(host);
        // Egypt's clocks go from 00:00 to 01:00 on the last Friday of April, 24 April 2026: the day begins at 22:00 UTC, which is 01:00 there.
        await cases.EnrolAsync("L-1", "2026-02-20T00:00:00Z", "2026-06-01", with: terms => terms with { TimeZones = ["Africa/Cairo"] });
        Assert.Equal("2026-04-24T01:00:00+03:00", (await WhyAsync(host, "at=2026-04-24")).Text("at"));
        await cases.UntilAsync("L-1", "2026-05-01T00:00:00Z");
        var record = (await WhyAsync(host, "at=2026-04-24")).GetProperty("record");
        Assert.Equal(("2026-04-24T01:00:00+03:00", "2026-04-25T00:00:00+03:00"), (record.Text("from"), record.Text("to")));
    }

    [Fact]
    public async Task a_plus_sign_nobody_escaped_is_understood()
    {
        await using var host = await RunningHost.StartAsync();
        await CaseAsync(host, "2026-03-04T00:00:00Z");
        Assert.Equal("2026-03-04T22:00:00+08:00", (await WhyAsync(host, "at=2026-03-04T22:00:00+08:00&channel=sms")).Text("at"));
    }

    [Fact]
    public async Task the_document_describes_the_route()
    {
        await using var host = await RunningHost.StartAsync();
        var document = await host.GetAsync(Role.Viewer, "/openapi/v1.json").JsonAsync();
        var get = document.GetProperty("paths").GetProperty("/api/cases/{loanId}/why").GetProperty("get");
        Assert.Contains("hypothetical", get.Text("description"), StringComparison.Ordinal);
        Assert.Equal(["at", "channel", "loanId", "persons", "purpose"], get.GetProperty("parameters").EnumerateArray().Select(each => each.Text("name")).Order());
        Assert.True(document.GetProperty("components").GetProperty("schemas").TryGetProperty("WhyAnswer", out _));
    }

    /// <summary>One case in China, due on Monday 2 March, enrolled on 20 February, that has lived until an instant.</summary>
    private static async Task<LivingCases> CaseAsync(RunningHost host, string until)
    {
        var cases = new LivingCases(host);
        await cases.EnrolAsync("L-1", "2026-02-20T00:00:00Z", "2026-03-02");
        await cases.UntilAsync("L-1", until);
        return cases;
    }

    private static List<JsonElement> Contacts(JsonElement why) => [.. why.GetProperty("hypothesis").GetProperty("contacts").EnumerateArray()];

    private static Task<JsonElement> WhyAsync(RunningHost host, string query) => host.GetAsync(Role.Viewer, $"/api/cases/L-1/why?{query}").JsonAsync();
}

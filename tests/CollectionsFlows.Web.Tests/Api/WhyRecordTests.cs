using System.Net;
using System.Text.Json;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Tests.House;

namespace CollectionsFlows.Web.Tests.Api;

/// <summary>
/// Why a borrower was contacted or not, from the record. Policy first-days takes the first step one day past due at 10:00 local,
/// a task for a call on day 3, the second reminder on day 7. Shanghai is UTC+8 all year.
/// </summary>
public class WhyRecordTests
{
    [Fact]
    public async Task a_message_sent_on_that_day_is_told_with_what_its_verdict_rests_on()
    {
        await using var host = await RunningHost.StartAsync();
        // Due on Monday 2 March, so one day past due on Tuesday the 3rd.
        await CaseAsync(host, dueOn: "2026-03-02", until: "2026-03-06T00:00:00Z");
        var why = await WhyAsync(host, "at=2026-03-03T15:00:00%2B08:00");
        var contact = Assert.Single(why.GetProperty("record").GetProperty("contacts").EnumerateArray());
        Assert.Equal(("sent", "sms", "friendly-reminder", "mobile number 1"), (contact.Text("result"), contact.Text("channel"), contact.Text("template"), contact.Text("addressLabel")));
        Assert.Equal("2026-03-03T10:00:00+08:00", contact.Text("at"));
        var inputs = contact.GetProperty("inputs");
        Assert.Equal(("Asia/Shanghai", "2026-03-03T10:00:00"), (inputs.GetProperty("localTimes")[0].Text("zone"), inputs.GetProperty("localTimes")[0].Text("time")));
        Assert.Contains("CN@", contact.GetProperty("packs").ToString(), StringComparison.Ordinal);
        Assert.Contains("went out by SMS to mobile number 1 at 2026-03-03 10:00 in Asia/Shanghai", why.Text("answer"), StringComparison.Ordinal);
        Assert.False(why.GetProperty("hypothetical").GetBoolean());
        Assert.Equal(JsonValueKind.Null, why.GetProperty("hypothesis").ValueKind);
    }

    [Fact]
    public async Task a_deferred_message_is_told_with_rule_and_end_and_was_waiting_afterwards()
    {
        await using var host = await RunningHost.StartAsync();
        // Due on Friday 6 March: the reminder falls due on Saturday the 7th, no working day; the next begins on Monday the 9th at 09:00 (S7).
        await CaseAsync(host, dueOn: "2026-03-06", until: "2026-03-12T00:00:00Z");
        var saturday = await WhyAsync(host, "at=2026-03-07");
        var contact = Assert.Single(saturday.GetProperty("record").GetProperty("contacts").EnumerateArray());
        Assert.Equal(("deferred", "2026-03-09T09:00:00+08:00"), (contact.Text("result"), contact.Text("until")));
        Assert.Equal(("HOUSE-HOURS", "process documents (S7)"), (contact.GetProperty("rule").Text("id"), contact.GetProperty("rule").Text("source")));
        Assert.Contains("Working days 09:00-21:00", contact.GetProperty("rule").Text("title"), StringComparison.Ordinal);
        Assert.Equal("2026-03-07", saturday.Text("on"));

        var sunday = await WhyAsync(host, "at=2026-03-08T12:00:00%2B08:00");
        Assert.Empty(sunday.GetProperty("record").GetProperty("contacts").EnumerateArray());
        var waiting = Assert.Single(sunday.GetProperty("standing").GetProperty("waiting").EnumerateArray());
        Assert.Equal(("2026-03-09T09:00:00+08:00", "HOUSE-HOURS"), (waiting.Text("notBefore"), waiting.GetProperty("rule").Text("id")));
        Assert.Contains("was waiting until 2026-03-09 09:00 in Asia/Shanghai: HOUSE-HOURS had deferred it", sunday.Text("answer"), StringComparison.Ordinal);
        Assert.Equal("deferred", sunday.GetProperty("record").GetProperty("before").Text("result"));
        Assert.Equal(("sent", "2026-03-09T09:00:00+08:00"), (sunday.GetProperty("record").GetProperty("after").Text("result"), sunday.GetProperty("record").GetProperty("after").Text("at")));
    }

    [Fact]
    public async Task a_forbidden_message_names_the_rule()
    {
        await using var host = await RunningHost.StartAsync();
        var cases = new LivingCases(host);
        await cases.EnrolAsync("L-1", "2026-02-20T00:00:00Z", "2026-03-02");
        await cases.HappensAsync("L-1", "consent.revoked", """{"channel":"sms"}""");
        await cases.UntilAsync("L-1", "2026-03-05T00:00:00Z");
        var why = await WhyAsync(host, "at=2026-03-03T23:00:00%2B08:00&channel=sms");
        var contact = Assert.Single(why.GetProperty("record").GetProperty("contacts").EnumerateArray());
        Assert.Equal(("forbidden", "OPT-OUT"), (contact.Text("result"), contact.GetProperty("rule").Text("id")));
        Assert.Equal("sms", contact.GetProperty("inputs").GetProperty("optOuts")[0].GetString());
        Assert.Contains("forbidden by OPT-OUT: Nothing to an address or medium the borrower opted out of", why.Text("answer"), StringComparison.Ordinal);
        Assert.Empty((await WhyAsync(host, "at=2026-03-03&channel=email")).GetProperty("record").GetProperty("contacts").EnumerateArray());
    }

    [Fact]
    public async Task nothing_due_says_what_would_have_been_next()
    {
        await using var host = await RunningHost.StartAsync();
        await CaseAsync(host, dueOn: "2026-03-02", until: "2026-03-20T00:00:00Z");
        // On the 4th it is two days past due; the next step is the task for a call three days past due, on the 5th.
        var why = await WhyAsync(host, "at=2026-03-04T12:00:00%2B08:00");
        Assert.Contains("No contact was tried on 2026-03-04", why.Text("answer"), StringComparison.Ordinal);
        Assert.Contains("No step was due: the next was at 2026-03-05 10:00 in Asia/Shanghai: step first-call of first-days", why.Text("answer"), StringComparison.Ordinal);
        Assert.Equal(("collecting", 2), (why.GetProperty("standing").Text("status"), why.GetProperty("standing").GetProperty("daysPastDue").GetInt32()));
        Assert.Equal("2026-03-03T10:00:00+08:00", why.GetProperty("record").GetProperty("before").Text("at"));
        // The day after the due date it is one day past due, before its step at 10:00.
        var early = await WhyAsync(host, "at=2026-03-03T09:00:00%2B08:00");
        Assert.Contains("step friendly-reminder of first-days, due on 2026-03-03", early.Text("answer"), StringComparison.Ordinal);
        var paid = await WhyAsync(host, "at=2026-02-25");
        Assert.Contains("Nothing was overdue.", paid.Text("answer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_dispute_held_the_case_from_the_day_it_came_to_the_day_it_ended()
    {
        await using var host = await RunningHost.StartAsync();
        var cases = await CaseAsync(host, dueOn: "2026-03-02", until: "2026-03-04T04:00:00Z");
        await cases.HappensAsync("L-1", "dispute.raised", """{"written":true,"text":"not mine"}""");
        await cases.UntilAsync("L-1", "2026-03-20T04:00:00Z");
        await cases.HappensAsync("L-1", "dispute.resolved", """{"outcome":"rejected"}""");
        await cases.UntilAsync("L-1", "2026-03-25T00:00:00Z");

        var held = await WhyAsync(host, "at=2026-03-09");
        Assert.Equal("held", held.GetProperty("standing").Text("status"));
        Assert.Contains("The case was held: dispute since 2026-03-04.", held.Text("answer"), StringComparison.Ordinal);
        Assert.DoesNotContain("not mine", held.ToString(), StringComparison.Ordinal);
        Assert.Equal("collecting", (await WhyAsync(host, "at=2026-03-04T11:59:59%2B08:00")).GetProperty("standing").Text("status"));
        Assert.NotEqual("held", (await WhyAsync(host, "at=2026-03-24")).GetProperty("standing").Text("status"));
        // On the day itself the record tells when the dispute came.
        var day = await WhyAsync(host, "at=2026-03-04");
        Assert.Contains(day.GetProperty("record").GetProperty("facts").EnumerateArray(), fact => fact.Text("words").StartsWith("Dispute began on 2026-03-04", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_live_promise_and_a_running_plan_are_waited_for()
    {
        await using var host = await RunningHost.StartAsync();
        var cases = await CaseAsync(host, dueOn: "2026-03-02", until: "2026-03-04T04:00:00Z");
        await cases.HappensAsync("L-1", "promise.made", """{"promiseId":"PR-1","amount":1000,"dueOn":"2026-03-13"}""");
        await cases.UntilAsync("L-1", "2026-03-10T04:00:00Z");
        await cases.HappensAsync("L-1", "plan.accepted", """{"planId":"PL-1","instalments":[{"dueOn":"2026-04-01","amount":500},{"dueOn":"2026-05-01","amount":500}],"confirmation":"written"}""");
        await cases.UntilAsync("L-1", "2026-03-20T00:00:00Z");
        var promised = await WhyAsync(host, "at=2026-03-08");
        Assert.Equal(("promised", "PR-1"), (promised.GetProperty("standing").Text("status"), promised.GetProperty("standing").GetProperty("promise").Text("promiseId")));
        Assert.Contains("by 2026-03-13 was live: collection waits for it.", promised.Text("answer"), StringComparison.Ordinal);
        Assert.Contains("Plan PL-1 was running", (await WhyAsync(host, "at=2026-03-18")).Text("answer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_closed_case_says_since_when()
    {
        await using var host = await RunningHost.StartAsync();
        var cases = await CaseAsync(host, dueOn: "2026-03-02", until: "2026-03-04T04:00:00Z");
        await cases.HappensAsync("L-1", "loan.withdrawn", """{"reason":"sold in error"}""");
        await cases.UntilAsync("L-1", "2026-03-20T00:00:00Z");
        var why = await WhyAsync(host, "at=2026-03-10");
        Assert.Equal(("closed", "withdrawn"), (why.GetProperty("standing").Text("status"), why.GetProperty("standing").Text("closedReason")));
        Assert.Contains("The case was closed (withdrawn) since 2026-03-04 12:00 in Asia/Shanghai.", why.Text("answer"), StringComparison.Ordinal);
        // Now: nothing waits, and the gate still answers for people.
        var now = await WhyAsync(host, "");
        Assert.Contains("The case itself would send nothing: The case is closed", now.GetProperty("hypothesis").GetProperty("intention").Text("words"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task before_the_loan_was_enrolled_there_was_no_case()
    {
        await using var host = await RunningHost.StartAsync();
        await CaseAsync(host, dueOn: "2026-03-02", until: "2026-03-06T00:00:00Z");
        foreach (var at in new[] { "2026-01-01", "2026-02-19T23:59:59Z", "1900-01-01" })
        {
            var why = await WhyAsync(host, $"at={at}");
            Assert.Equal(JsonValueKind.Null, why.GetProperty("standing").ValueKind);
            Assert.Contains("There was no case yet: the loan was enrolled at 2026-02-20 08:00 in Asia/Shanghai.", why.Text("answer"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task contacts_of_people_and_of_the_borrower_are_part_of_the_day()
    {
        await using var host = await RunningHost.StartAsync();
        var cases = await CaseAsync(host, dueOn: "2026-03-02", until: "2026-03-04T04:00:00Z");
        await cases.HappensAsync("L-1", "contact.reported", """{"channel":"phone","direction":"outbound","outcome":"no-answer"}""");
        await cases.HappensAsync("L-1", "reply.received", """{"channel":"sms","text":"I will pay on Friday"}""");
        await cases.UntilAsync("L-1", "2026-03-06T00:00:00Z");
        var contacts = (await WhyAsync(host, "at=2026-03-04")).GetProperty("record").GetProperty("contacts");
        Assert.Equal([("reported", "phone"), ("received", "sms")], contacts.EnumerateArray().Select(each => (each.Text("result"), each.Text("channel"))));
        Assert.Equal("no-answer", contacts[0].Text("outcome"));
        Assert.DoesNotContain("Friday", contacts.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("at=yesterday", "at")]
    [InlineData("at=2026-03-31T10:00:00", "at")]
    [InlineData("at=2026-02-29", "at")]
    [InlineData("at=2026-03-31T25:00:00Z", "at")]
    [InlineData("at=9999-12-31", "at")]
    [InlineData("at=9999-12-31T23:59:59Z", "at")]
    [InlineData("at=0001-01-01", "at")]
    [InlineData("channel=fax", "channel")]
    [InlineData("channel=SMS", "channel")]
    [InlineData("channel=0", "channel")]
    [InlineData("purpose=revenge", "purpose")]
    [InlineData("channel=visit&persons=0", "persons")]
    [InlineData("channel=visit&persons=two", "persons")]
    [InlineData("channel=sms&persons=2", "persons")]
    public async Task a_bad_value_is_named_with_what_was_expected(string query, string field)
    {
        await using var host = await RunningHost.StartAsync();
        await CaseAsync(host, dueOn: "2026-03-02", until: "2026-03-04T00:00:00Z");
        var problem = await host.GetAsync(Role.Viewer, $"/api/cases/L-1/why?{query}").ProblemAsync(HttpStatusCode.BadRequest, "invalid-query");
        Assert.Equal([field], problem.Fields());
        Assert.Contains("expected", problem.GetProperty("errors")[0].Text("problem"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task all_bad_values_are_named_at_once()
    {
        await using var host = await RunningHost.StartAsync();
        var problem = await host.GetAsync(Role.Viewer, "/api/cases/L-1/why?at=x&channel=x&purpose=x&persons=x").ProblemAsync(HttpStatusCode.BadRequest, "invalid-query");
        Assert.Equal(["at", "channel", "persons", "purpose"], problem.Fields().Order());
    }

    [Fact]
    public async Task an_unknown_loan_is_not_found_and_everybody_with_a_role_may_ask()
    {
        await using var host = await RunningHost.StartAsync();
        await CaseAsync(host, dueOn: "2026-03-02", until: "2026-03-06T00:00:00Z");
        await host.GetAsync(Role.Viewer, "/api/cases/L-9/why").ProblemAsync(HttpStatusCode.NotFound, "unknown-loan");
        foreach (var role in Enum.GetValues<Role>())
            await host.GetAsync(role, "/api/cases/L-1/why").JsonAsync();
        await host.GetAsync(null, "/api/cases/L-1/why").ProblemAsync(HttpStatusCode.Unauthorized, "no-caller");
    }

    /// <summary>One case, enrolled on 20 February, that has lived until an instant.</summary>
    private static async Task<LivingCases> CaseAsync(RunningHost host, string dueOn, string until)
    {
        var cases = new LivingCases(host);
        await cases.EnrolAsync("L-1", "2026-02-20T00:00:00Z", dueOn);
        await cases.UntilAsync("L-1", until);
        return cases;
    }

    private static Task<JsonElement> WhyAsync(RunningHost host, string query) => host.GetAsync(Role.Viewer, $"/api/cases/L-1/why?{query}").JsonAsync();
}

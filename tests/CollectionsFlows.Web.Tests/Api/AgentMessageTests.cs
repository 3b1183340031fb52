using System.Net;
using CollectionsFlows.Application.Borrowers;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Core.Contact;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Tests.House;
using CollectionsFlows.Web.Tests.Webhooks;

namespace CollectionsFlows.Web.Tests.Api;

/// <summary>What agents write to borrowers, through the API and the form.</summary>
public class AgentMessageTests
{
    private const string Path = "/api/cases/L-1/messages";
    // 500 and 0.50 of interest are 37 days late at 10 % a year: 5.07 of penalty.
    private const string Fine = "Example Lending: loan L-1, 505.57 is open. Pay: https://pay.example.test/loan/L-1 Help: 400-555-0100. Reply STOP to opt out.";

    private static string Body(string text, string more = "") => $$"""{"channel":"sms","text":"{{text}}","reason":"asked for the link"{{more}}}""";

    [Fact]
    public async Task a_sound_message_is_stored_with_the_borrower_and_who_wrote_it()
    {
        await using var host = await StartAsync();
        var receipt = await host.PostAsync(Role.Agent, Path, Body(Fine)).JsonAsync(HttpStatusCode.Accepted);
        var input = Assert.Single((await host.Store.LoadAsync("L-1")).Inbox).Input;
        Assert.Equal((receipt.Text("id"), "Agent One"), (input.Id, input.By));
        var composed = Assert.IsType<CaseEvent.MessageComposed>(input.Event);
        Assert.Equal((Channel.Sms, Purpose.Collect), (composed.Channel, composed.Purpose));
        var stored = Assert.Single(await host.Store.TextsAsync("B-1", "L-1"), text => text.EventId == input.Id);
        Assert.Contains(Fine, stored.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Example Lending", input.ToString(), StringComparison.Ordinal); // S25: the words are with the borrower only
    }

    [Fact]
    public async Task every_finding_is_named_and_nothing_is_stored()
    {
        await using var host = await StartAsync();
        var problem = await host.PostAsync(Role.Agent, Path, Body("You deadbeat, pay at bit.ly/x or you will be arrested.")).ProblemAsync(HttpStatusCode.UnprocessableEntity, "refused-content");
        var rules = problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("rule").GetString()).ToList();
        foreach (var rule in new[] { "CONTENT-FORBIDDEN", "CONTENT-SHORTENER", "CONTENT-SENDER", "CONTENT-AMOUNT", "CONTENT-PAY", "CONTENT-SERVICE", "OPT-OUT" })
            Assert.Contains(rule, rules);
        Assert.Equal(2, rules.Count(rule => rule == "CONTENT-FORBIDDEN"));
        Assert.Empty((await host.Store.LoadAsync("L-1")).Inbox);
        Assert.Empty(await host.Store.TextsAsync("B-1", "L-1"));
        Assert.DoesNotContain(host.Log, line => line.Contains("deadbeat, pay", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_check_judges_and_stores_nothing()
    {
        await using var host = await StartAsync();
        var good = await host.PostAsync(Role.Agent, $"{Path}?check=true", Body(Fine)).JsonAsync(HttpStatusCode.OK);
        Assert.Empty(good.GetProperty("findings").EnumerateArray());
        Assert.Equal((Fine, 1), (good.Text("text"), good.GetProperty("segments").GetInt32()));
        var bad = await host.PostAsync(Role.Agent, $"{Path}?check=true", Body("Pay up or else.")).JsonAsync(HttpStatusCode.OK);
        Assert.Contains(bad.GetProperty("findings").EnumerateArray(), finding => finding.Text("rule") == "CONTENT-FORBIDDEN" && finding.GetProperty("at").GetInt32() == 8);
        Assert.Empty((await host.Store.LoadAsync("L-1")).Inbox);
    }

    [Fact]
    public async Task a_retry_is_the_same_message_and_other_words_under_its_id_a_conflict()
    {
        await using var host = await StartAsync();
        var body = Body(Fine, ""","id":"own-1" """);
        var first = await host.PostAsync(Role.Agent, Path, body).JsonAsync(HttpStatusCode.Accepted);
        var again = await host.PostAsync(Role.Agent, Path, body).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(first.Text("id"), again.Text("id"));
        await host.PostAsync(Role.Agent, Path, body.Replace("L-1, ", "L-1: ", StringComparison.Ordinal)).ProblemAsync(HttpStatusCode.Conflict, "event-conflict");
        Assert.Single((await host.Store.LoadAsync("L-1")).Inbox);
    }

    [Theory]
    [InlineData("""{"channel":"phone","text":"x","reason":"r"}""", "$.channel")]
    [InlineData("""{"channel":"sms","text":" ","reason":"r"}""", "$.text")]
    [InlineData("""{"channel":"sms","text":"x"}""", "$.reason")]
    [InlineData("""{"channel":"sms","text":"x","reason":"r","subject":"s"}""", "$.subject")]
    [InlineData("""{"channel":"sms","text":"x","reason":"r","purpose":"notice"}""", "$.purpose")]
    [InlineData("""{"channel":"sms","text":7,"reason":"r"}""", "$.text")]
    [InlineData("""{"channel":"sms","text":"x","reason":"r","to":"y"}""", "$.to")]
    public async Task what_cannot_be_read_is_a_clear_400(string body, string field)
    {
        await using var host = await StartAsync();
        var problem = await host.PostAsync(Role.Agent, Path, body).ProblemAsync(HttpStatusCode.BadRequest, "invalid-message");
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error => error.Text("field") == field);
    }

    [Fact]
    public async Task agents_and_supervisors_write_nobody_else()
    {
        await using var host = await StartAsync();
        foreach (var role in new[] { Role.Viewer, Role.Auditor })
        {
            using var refused = await host.PostAsync(role, Path, Body(Fine));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        await host.PostAsync(Role.Agent, "/api/cases/L-9/messages", Body(Fine)).ProblemAsync(HttpStatusCode.NotFound, "unknown-loan");
        await host.PostAsync(Role.Supervisor, Path, Body(Fine)).JsonAsync(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task a_channel_without_an_address_is_told_at_once()
    {
        await using var host = await StartAsync();
        var problem = await host.PostAsync(Role.Agent, Path, Body(Fine).Replace("sms", "email", StringComparison.Ordinal)).ProblemAsync(HttpStatusCode.UnprocessableEntity, "refused-content");
        Assert.Equal("NO-ADDRESS", Assert.Single(problem.GetProperty("errors").EnumerateArray()).Text("rule"));
    }

    [Fact]
    public async Task the_form_shows_what_is_wrong_beside_the_text_and_sends_once()
    {
        await using var host = await StartAsync();
        using (var page = await host.GetAsync(Role.Agent, "/cases/L-1"))
            Assert.Contains("action=\"/cases/L-1/messages#write\"", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (var page = await host.GetAsync(Role.Viewer, "/cases/L-1"))
            Assert.DoesNotContain("Write to the borrower", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var wrong = await FormAsync(host, "send", "You <b>deadbeat</b>");
        var html = await wrong.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("CONTENT-FORBIDDEN", html, StringComparison.Ordinal);
        Assert.Contains("You &lt;b&gt;deadbeat&lt;/b&gt;", html, StringComparison.Ordinal);

        using var check = await FormAsync(host, "check", Fine);
        Assert.Contains("Nothing is wrong with this text; it takes 1 part", await check.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty((await host.Store.LoadAsync("L-1")).Inbox);
        for (var click = 0; click < 2; click++)
        {
            using var sent = await FormAsync(host, "send", Fine);
            Assert.Equal((HttpStatusCode.SeeOther, "/cases/L-1?message=taken#write"), (sent.StatusCode, sent.Headers.Location!.OriginalString));
        }

        Assert.Single((await host.Store.LoadAsync("L-1")).Inbox);
    }

    private static Task<HttpResponseMessage> FormAsync(RunningHost host, string action, string text) => host.SendAsync(
        Role.Agent, HttpMethod.Post, "/cases/L-1/messages",
        new FormUrlEncodedContent(new Dictionary<string, string> { ["id"] = "form-1", ["channel"] = "sms", ["purpose"] = "collect", ["subject"] = "", ["text"] = text, ["reason"] = "asked", ["action"] = action }));

    private static async Task<RunningHost> StartAsync()
    {
        var host = await RunningHost.StartAsync();
        await host.AddCaseAsync("L-1");
        Assert.True(await host.Store.SaveBorrowerAsync(new BorrowerChange
        {
            BorrowerId = "B-1", ExpectedVersion = 0,
            Details = new BorrowerDetails { Name = "Pat Example", Language = "en-US", Addresses = [new BorrowerAddress("k1", Channel.Sms, "+12025550101")] },
        }));
        return host;
    }
}

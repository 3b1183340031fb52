using System.Net;
using System.Security.Cryptography;
using System.Text;
using CollectionsFlows.Core.Cases;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Console;
using CollectionsFlows.Web.Tests.House;

namespace CollectionsFlows.Web.Tests.Console;

public class ConsoleTests
{
    [Fact]
    public async Task the_first_page_shows_where_cases_stand_and_why()
    {
        await using var host = await RunningHost.StartAsync(virtualClock: true);
        await host.AddCaseAsync("A/1", countedFrom: new(2026, 2, 1));
        await host.AddCaseAsync("L-2", countedFrom: new(2026, 3, 1));
        var html = await PageAsync(host, Role.Viewer, "/");
        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        foreach (var text in new[] { "virtual time: 2026-03-10 12:00 UTC", "<b>2</b>collecting", "<b>1</b>written off", "1,250.50 CNY", "/cases/A%2F1", "500.50 CNY", "the &lt;second&gt; reminder falls due" })
            Assert.Contains(text, html, StringComparison.Ordinal);
        Assert.True(html.IndexOf("A%2F1", StringComparison.Ordinal) < html.IndexOf("/cases/L-2", StringComparison.Ordinal), "the longest overdue comes first");
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<second>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_empty_house_says_what_to_do()
    {
        await using var host = await RunningHost.StartAsync();
        Assert.Contains("Import a loans file", await PageAsync(host, Role.Viewer, "/"), StringComparison.Ordinal);
        Assert.Contains("No case has this status", await PageAsync(host, Role.Viewer, "/?status=held"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_case_page_tells_its_story_in_plain_words_newest_first()
    {
        await using var host = await RunningHost.StartAsync();
        await host.AddCaseAsync("L-1");
        await host.AddMessageAsync();
        var html = await PageAsync(host, Role.Agent, "/cases/L-1");
        Assert.Contains("the instalment due on 2026-02-01 is 1 day past due", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf("The case went from", StringComparison.Ordinal) < html.IndexOf("is 1 day past due", StringComparison.Ordinal));
        Assert.Contains("Please pay &lt;500&gt;.", html, StringComparison.Ordinal);
        Assert.Contains("I will pay", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_case_page_answers_why_the_borrower_was_or_could_be_contacted()
    {
        await using var host = await RunningHost.StartAsync();
        await host.AddCaseAsync("L-1");
        var cases = new LivingCases(host);
        await cases.EnrolAsync("L-2", "2026-02-20T00:00:00Z", "2026-03-06");
        await cases.UntilAsync("L-2", "2026-03-08T00:00:00Z");
        host.Queries.Details["L-2"] = host.Queries.Details["L-1"] with { LoanId = "L-2" };

        // Nobody asked: the form, and no answer.
        var silent = await PageAsync(host, Role.Viewer, "/cases/L-2");
        Assert.Contains("action=\"/cases/L-2#why\"", silent, StringComparison.Ordinal);
        Assert.DoesNotContain("On record", silent, StringComparison.Ordinal);

        var past = await PageAsync(host, Role.Viewer, "/cases/L-2?at=2026-03-07&channel=sms");
        Assert.Contains("deferred until 2026-03-09 09:00 in Asia/Shanghai by HOUSE-HOURS", past, StringComparison.Ordinal);
        Assert.Contains("<option value=\"sms\" selected>SMS</option>", past, StringComparison.Ordinal);
        Assert.Contains("value=\"2026-03-07\"", past, StringComparison.Ordinal);

        var future = await PageAsync(host, Role.Viewer, "/cases/L-2?at=2026-03-10T22:00:00%2B08:00&channel=");
        Assert.Contains("nothing was reserved", future, StringComparison.Ordinal);
        Assert.Contains("CN-NIGHT: Nothing from 22:00 until 08:00", future, StringComparison.Ordinal);
        Assert.Contains("alone allows from 2026-03-11 08:00 &#x2B;08:00", future, StringComparison.Ordinal);
        Assert.DoesNotContain("555", future, StringComparison.Ordinal);

        var wrong = await PageAsync(host, Role.Viewer, "/cases/L-2?at=%3Cscript%3E&channel=fax");
        Assert.Contains("at: &#x27;&lt;script&gt;&#x27; is no time; expected", wrong, StringComparison.Ordinal);
        Assert.Contains("expected one of sms, email, phone, visit, letter", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", wrong, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task a_viewer_sees_the_case_but_no_message()
    {
        await using var host = await RunningHost.StartAsync();
        await host.AddCaseAsync("L-1");
        await host.AddMessageAsync();
        var html = await PageAsync(host, Role.Viewer, "/cases/L-1");
        Assert.Contains("What happened", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Please pay", html, StringComparison.Ordinal);
        Assert.DoesNotContain("+12025550101", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_comes_from_outside_is_never_markup()
    {
        await using var host = await RunningHost.StartAsync();
        await host.AddCaseAsync("<img src=x onerror=alert(1)>");
        foreach (var path in new[] { "/", $"/cases/{Uri.EscapeDataString("<img src=x onerror=alert(1)>")}" })
            Assert.DoesNotContain("<img", await PageAsync(host, Role.Viewer, path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task without_a_caller_pages_show_the_sign_in_form()
    {
        await using var host = await RunningHost.StartAsync();
        using var answer = await host.GetAsync(null, "/");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("action=\"/sign-in\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_unknown_case_is_a_page_too()
    {
        await using var host = await RunningHost.StartAsync();
        using var answer = await host.GetAsync(Role.Viewer, "/cases/L-9");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("No such case", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_stylesheet_in_the_page_is_the_one_the_content_policy_allows()
    {
        await using var host = await RunningHost.StartAsync();
        using var answer = await host.GetAsync(null, "/sign-in");
        var html = await answer.Content.ReadAsStringAsync();
        var start = html.IndexOf("<style>", StringComparison.Ordinal) + 7;
        var css = html[start..html.IndexOf("</style>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(css)));
        Assert.Contains($"style-src 'sha256-{hash}'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("style=\"", html, StringComparison.Ordinal);
    }

    private static async Task<string> PageAsync(RunningHost host, Role role, string path)
    {
        using var answer = await host.GetAsync(role, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        return await answer.Content.ReadAsStringAsync();
    }
}

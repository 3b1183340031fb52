using System.Net;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Tests.House;

namespace CollectionsFlows.Web.Tests.Access;

public class ConsoleSessionTests
{
    private static readonly Caller Ann = new("ann", Role.Supervisor);

    [Fact]
    public async Task a_link_signs_in_once_with_a_cookie_that_script_and_other_sites_cannot_use()
    {
        await using var host = await RunningHost.StartAsync();
        var path = $"/sign-in?token={host.Sessions.NewLinkToken(Ann, TimeSpan.FromMinutes(10))}";
        using var answer = await host.GetAsync(null, path);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location?.ToString());
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        foreach (var attribute in new[] { "httponly", "samesite=strict", "path=/", "max-age=43200" })
            Assert.Contains(attribute, cookie, StringComparison.OrdinalIgnoreCase);

        await host.GetAsync(null, "/api/cases", ("Cookie", Pair(cookie))).JsonAsync();
        using var again = await host.GetAsync(null, path);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.False(again.Headers.Contains("Set-Cookie"));
        lock (host.Log)
            Assert.DoesNotContain(host.Log, line => line.Contains(path[15..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_reusable_link_works_until_it_is_too_old()
    {
        await using var host = await RunningHost.StartAsync();
        var path = $"/sign-in?token={host.Sessions.NewLinkToken(Ann, TimeSpan.FromMinutes(10), reusable: true)}";
        for (var browser = 0; browser < 2; browser++)
            Assert.Equal(HttpStatusCode.SeeOther, (await host.GetAsync(null, path)).StatusCode);
        host.WallClock.Now += TimeSpan.FromMinutes(10);
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync(null, path)).StatusCode);
    }

    [Fact]
    public async Task an_access_token_is_typed_into_the_form_and_never_taken_from_a_link()
    {
        await using var host = await RunningHost.StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await host.GetAsync(null, $"/sign-in?token={RunningHost.TokenOf(Role.Agent)}")).StatusCode);
        using var form = await host.GetAsync(null, "/sign-in");
        Assert.Contains("<form method=\"post\" action=\"/sign-in\">", await form.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var wrong = await PostFormAsync(host, "/sign-in", "nobody-has-this", SameOrigin);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var right = await PostFormAsync(host, "/sign-in", RunningHost.TokenOf(Role.Agent), SameOrigin);
        Assert.Equal(HttpStatusCode.SeeOther, right.StatusCode);
    }

    [Fact]
    public async Task a_session_ends_after_twelve_hours_of_real_time_whatever_the_virtual_clock_does()
    {
        await using var host = await RunningHost.StartAsync(virtualClock: true);
        var cookie = await SignInAsync(host);
        host.CaseTime.Now += TimeSpan.FromDays(90);
        await host.GetAsync(null, "/api/clock", ("Cookie", cookie)).JsonAsync();
        host.WallClock.Now += TimeSpan.FromHours(12);
        await host.GetAsync(null, "/api/clock", ("Cookie", cookie)).ProblemAsync(HttpStatusCode.Unauthorized, "no-caller");
    }

    [Fact]
    public async Task signing_out_ends_the_session_at_once()
    {
        await using var host = await RunningHost.StartAsync();
        var cookie = await SignInAsync(host);
        using var signedOut = await PostFormAsync(host, "/sign-out", "", SameOrigin, ("Cookie", cookie));
        Assert.Equal(HttpStatusCode.SeeOther, signedOut.StatusCode);
        await host.GetAsync(null, "/api/cases", ("Cookie", cookie)).ProblemAsync(HttpStatusCode.Unauthorized, "no-caller");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "none", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Origin", "https://elsewhere.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("Origin", "(own)", true)]
    [InlineData("X-Nothing", "said", false)]
    public async Task a_change_in_a_session_must_come_from_this_site(string header, string value, bool allowed)
    {
        await using var host = await RunningHost.StartAsync(virtualClock: true);
        var cookie = await SignInAsync(host);
        var origin = value == "(own)" ? host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority) : value;
        var sending = host.PostAsync(null, "/api/clock", """{"advance":"P1D"}""", ("Cookie", cookie), (header, origin));
        if (allowed)
            await sending.JsonAsync();
        else
            await sending.ProblemAsync(HttpStatusCode.Forbidden, "cross-origin");
    }

    [Fact]
    public async Task another_site_cannot_sign_anybody_in_or_out()
    {
        await using var host = await RunningHost.StartAsync();
        foreach (var path in new[] { "/sign-in", "/sign-out" })
        {
            using var answer = await PostFormAsync(host, path, RunningHost.TokenOf(Role.Viewer), ("Origin", "https://elsewhere.example"));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task a_wrong_token_is_not_saved_by_a_good_cookie()
    {
        await using var host = await RunningHost.StartAsync();
        var cookie = await SignInAsync(host);
        await host.GetAsync(null, "/api/cases", ("Cookie", cookie), ("Authorization", "Bearer nobody-has-this")).ProblemAsync(HttpStatusCode.Unauthorized, "no-caller");
    }

    private static (string, string) SameOrigin => ("Sec-Fetch-Site", "same-origin");

    private static async Task<string> SignInAsync(RunningHost host)
    {
        using var answer = await host.GetAsync(null, $"/sign-in?token={host.Sessions.NewLinkToken(Ann, TimeSpan.FromMinutes(1))}");
        return Pair(answer.Headers.GetValues("Set-Cookie").Single());
    }

    private static Task<HttpResponseMessage> PostFormAsync(RunningHost host, string path, string token, params (string, string)[] headers) =>
        host.SendAsync(null, HttpMethod.Post, path, new FormUrlEncodedContent([new("token", token)]), headers);

    private static string Pair(string cookie) => cookie.Split(';')[0];
}

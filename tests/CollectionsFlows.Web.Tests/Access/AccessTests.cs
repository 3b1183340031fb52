using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using CollectionsFlows.Web.Access;
using CollectionsFlows.Web.Tests.House;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CollectionsFlows.Web.Tests.Access;

public class AccessTests
{
    /// <summary>Every route that needs a caller, and who may use it (V viewer, A agent, S supervisor, U auditor).</summary>
    public static readonly TheoryData<string, string, string> Routes = new()
    {
        { "GET", "/api/cases", "VASU" },
        { "GET", "/api/cases/L-1", "VASU" },
        { "GET", "/api/cases/L-1/journal", "VASU" },
        { "GET", "/api/cases/L-1/orchestration", "VASU" },
        { "GET", "/api/cases/L-9/why", "VASU" },
        { "GET", "/api/cases/L-1/messages", "ASU" },
        { "POST", "/api/cases/L-1/events", "AS" },
        { "GET", "/api/tasks", "ASU" },
        { "GET", "/api/approvals", "ASU" },
        { "GET", "/api/unmatched", "ASU" },
        { "GET", "/api/kpis", "VASU" },
        { "GET", "/api/clock", "VASU" },
        { "POST", "/api/clock", "S" },
        { "POST", "/api/loans", "S" },
        { "GET", "/openapi/v1.json", "VASU" },
        { "GET", "/", "VASU" },
        { "GET", "/cases/L-1", "VASU" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task each_route_takes_the_roles_it_is_for_and_no_others(string method, string path, string allowed)
    {
        await using var host = await RunningHost.StartAsync(virtualClock: true);
        await host.AddCaseAsync("L-1");
        foreach (var (role, letter) in new[] { (Role.Viewer, 'V'), (Role.Agent, 'A'), (Role.Supervisor, 'S'), (Role.Auditor, 'U') })
        {
            using var answer = await host.SendAsync(role, new HttpMethod(method), path, method == "POST" ? new StringContent("") : null);
            Assert.True(allowed.Contains(letter, StringComparison.Ordinal) == (answer.StatusCode != HttpStatusCode.Forbidden), $"{role}: {answer.StatusCode}");
            Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.True((int)answer.StatusCode < 500);
        }

        using var nobody = await host.SendAsync(null, new HttpMethod(method), path);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Equal("Bearer", nobody.Headers.WwwAuthenticate.Single().Scheme);
        using var stranger = await host.SendAsync(null, new HttpMethod(method), path, null, ("Authorization", "Bearer nobody-has-this"));
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Contains("invalid_token", stranger.Headers.WwwAuthenticate.Single().Parameter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_refusal_is_a_problem_that_names_the_role_needed()
    {
        await using var host = await RunningHost.StartAsync();
        await host.GetAsync(null, "/api/cases").ProblemAsync(HttpStatusCode.Unauthorized, "no-caller");
        var problem = await host.GetAsync(Role.Viewer, "/api/tasks").ProblemAsync(HttpStatusCode.Forbidden, "wrong-role");
        Assert.Contains("agent or supervisor or auditor", problem.Text("detail"), StringComparison.Ordinal);
        problem = await host.PostAsync(Role.Agent, "/api/loans", "").ProblemAsync(HttpStatusCode.Forbidden, "wrong-role");
        Assert.Contains("supervisor", problem.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Basic aW52ZW50ZWQ6aW52ZW50ZWQ=")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("invented-Viewer-token")]
    public async Task only_a_bearer_token_is_taken(string header)
    {
        await using var host = await RunningHost.StartAsync();
        await host.GetAsync(null, "/api/cases", ("Authorization", header)).ProblemAsync(HttpStatusCode.Unauthorized, "no-caller");
    }

    [Fact]
    public async Task health_needs_no_caller()
    {
        await using var host = await RunningHost.StartAsync();
        Assert.Equal("live", (await host.GetAsync(null, "/health/live").JsonAsync()).Text("status"));
        Assert.Equal("ready", (await host.GetAsync(null, "/health/ready").JsonAsync()).Text("status"));
    }

    [Fact]
    public async Task another_scheme_can_take_the_place_of_ours()
    {
        await using var host = await RunningHost.StartAsync(
            scheme: "platform", also: services => services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, PlatformIdentity>("platform", null));
        await host.GetAsync(null, "/api/cases", ("X-Platform-User", "ann")).JsonAsync();
        await host.GetAsync(null, "/api/cases").ProblemAsync(HttpStatusCode.Unauthorized, "no-caller");
        await host.GetAsync(Role.Supervisor, "/api/cases").ProblemAsync(HttpStatusCode.Unauthorized, "no-caller");
        await host.GetAsync(null, "/sign-in").ProblemAsync(HttpStatusCode.NotFound, "no-such-route");
        using var page = await host.GetAsync(null, "/");
        Assert.Equal(HttpStatusCode.Unauthorized, page.StatusCode);
        Assert.DoesNotContain("<form", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var home = await host.GetAsync(null, "/", ("X-Platform-User", "ann"));
        Assert.DoesNotContain("/sign-out", await home.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private sealed class PlatformIdentity(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-Platform-User"] is not [{ } user])
                return Task.FromResult(AuthenticateResult.NoResult());
            var identity = new ClaimsIdentity([new(ClaimTypes.Name, user), new(ClaimTypes.Role, "viewer")], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}
